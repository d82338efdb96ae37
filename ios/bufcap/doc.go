// Package bufcap is IOS's embedded packet capture: buffers that packets are copied
// into, and the points in a router at which they are seen (`monitor capture`).
//
//	packet -> Point (switching path, interface, direction) -> Buffer (filter, limits) -> dump, pcap
//
// It knows no router: who has one tells Seen of each packet and where it was.
package bufcap
