// Package nat translates addresses, ports and identifiers of packets between the
// inside and the outside of a router, as `ip nat` of IOS 12.4 does.
//
//	inside local (IL)  --- router ---  inside global (IG)     what the host is, what the outside sees
//	outside local (OL) --- router ---  outside global (OG)    what the inside sees, what the host is
//
//	Outbound: IL -> IG, OL -> OG   after the packet is routed
//	Inbound:  IG -> IL, OG -> OL   before it is routed
//
// Lists and route-maps are asked only to make an entry: once there is one it is used,
// whatever the configuration says now. Both directions first decide and change
// nothing; what a decision changes is applied apart.
//
// A NAT belongs to its router's loop. Code beside the loop reads a View.
package nat
