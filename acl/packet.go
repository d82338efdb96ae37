package acl

import (
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// Packet is what a list looks at in an IPv4 packet. It is a small value, read
// once however many lists the packet passes.
type Packet struct {
	Src, Dst      netip.Addr
	Protocol, TOS uint8
	Options       string // of the IP header, mostly none

	// Fragment says that this is a fragment other than the first. It has no
	// transport header; nor has a packet that is too short for one.
	Fragment  bool
	Transport bool

	SrcPort, DstPort uint16 // TCP, UDP
	Type, Code       uint8  // ICMP; IGMP has a type alone
	TCPFlags         uint8
}

// Examine reads a packet that packet.IPv4.Valid has accepted.
func Examine(ip packet.IPv4) Packet {
	p := Packet{
		Src: ip.Src(), Dst: ip.Dst(), Protocol: ip.Protocol(), TOS: ip.TOS(),
		Options: string(ip.Options()), Fragment: ip.FragmentOffset() != 0,
	}
	b := ip.Payload()
	if p.Fragment {
		return p
	}
	switch p.Protocol {
	case protoTCP:
		if p.Transport = len(b) >= 14; p.Transport {
			p.TCPFlags = b[13]
			p.SrcPort, p.DstPort = binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
		}
	case protoUDP:
		if p.Transport = len(b) >= 4; p.Transport {
			p.SrcPort, p.DstPort = binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
		}
	case protoICMP, protoIGMP:
		if p.Transport = len(b) >= 2; p.Transport {
			p.Type, p.Code = b[0], b[1]
		}
	}
	return p
}

// Reversed is the packet seen from the other end: an inbound packet asks a
// crypto list for the entry that would have selected its answer.
func (p Packet) Reversed() Packet {
	p.Src, p.Dst = p.Dst, p.Src
	p.SrcPort, p.DstPort = p.DstPort, p.SrcPort
	return p
}
