// Package wire joins a lab to the host that it runs on: TUN and TAP devices,
// existing interfaces, and Ethernet in UDP as GNS3 and Dynamips have it.
//
//	router <- labs -> Wire -> Device -> the host
//	                   |        tun:  IP packets to and from the host's stack
//	                   |        tap:  Ethernet frames to and from it
//	                   |        eth:  the frames of an interface that is there already
//	                   |        udp:  one frame a datagram
//	                   opens it, reads and writes it in batches, watches it,
//	                   and opens it again when it was gone
//
// A Spec is what a person writes, a Device what it is opened as. Both sides of a
// Device work in batches, with room before each frame for the headers of the
// device's own (Headroom).
//
// Frames leave the host's stack unfinished where it counts on the hardware: with a
// checksum begun, or as one packet of 64 KB that is to be cut. What comes out of
// Read is finished and cut.
//
// This package has goroutines and looks at the machine's clock: it is not part of
// the loop. Open and Close may be called from any goroutine, Read by one at a
// time, Write by several.
package wire
