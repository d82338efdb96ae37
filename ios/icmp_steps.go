package ios

import (
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// icmpSent is what the router says by an ICMP message of its own; nil for what debug does
// not show, as the echoes of a ping.
func icmpSent(p packet.IPv4) forwarding.Event {
	m := packet.ICMP(p.Payload())
	if len(m) < packet.ICMPHeader {
		return nil
	}
	if m.Type() == packet.ICMPEchoReply {
		return forwarding.EchoReplySent{Src: p.Src(), Dst: p.Dst()}
	}
	about, ok := quotedDestination(m)
	if !ok {
		return nil
	}
	switch m.Type() {
	case packet.ICMPUnreachable:
		return forwarding.UnreachableSent{About: about, To: p.Dst(), Code: m.Code()}
	case packet.ICMPTimeExceeded:
		return forwarding.TimeExceededSent{About: about, To: p.Dst(), Reassembly: m.Code() == 1}
	case packet.ICMPRedirect:
		return forwarding.RedirectSent{About: about, To: p.Dst(), Gateway: gatewayOf(m)}
	}
	return nil
}

// icmpHeard is what the router hears by an ICMP message; nil for an echo, of which debug
// shows the answer. The table knows which addresses are the router's own.
func icmpHeard(p packet.IPv4, table *forwarding.Table) forwarding.Event {
	m, from := packet.ICMP(p.Payload()), p.Src()
	switch m.Type() {
	case packet.ICMPEcho:
		return nil
	case packet.ICMPEchoReply:
		return forwarding.EchoReplyHeard{Src: from, Dst: p.Dst()}
	case packet.ICMPTimeExceeded:
		return forwarding.TimeExceededHeard{From: from, Reassembly: m.Code() == 1}
	}
	about, ok := quotedDestination(m)
	switch {
	case ok && m.Type() == packet.ICMPUnreachable:
		return forwarding.UnreachableHeard{About: about, From: from, Code: m.Code()}
	case ok && m.Type() == packet.ICMPRedirect && table.Local(gatewayOf(m)) != nil:
		return forwarding.RedirectBogus{About: about, From: from, Gateway: gatewayOf(m)}
	case ok && m.Type() == packet.ICMPRedirect:
		return forwarding.RedirectHeard{About: about, From: from, Gateway: gatewayOf(m)}
	}
	return forwarding.ICMPHeard{From: from, Type: m.Type(), Code: m.Code()}
}

// quotedDestination is where the packet was to go that an ICMP error is about.
func quotedDestination(m packet.ICMP) (netip.Addr, bool) {
	quote := packet.IPv4(m.Payload())
	if len(quote) < packet.MinIPv4Header {
		return netip.Addr{}, false
	}
	return quote.Dst(), true
}

// gatewayOf is the gateway that a redirect names (RFC 792).
func gatewayOf(m packet.ICMP) netip.Addr {
	var a [4]byte
	binary.BigEndian.PutUint16(a[:], m.ID())
	binary.BigEndian.PutUint16(a[2:], m.Seq())
	return netip.AddrFrom4(a)
}

// udpEnds are the ends of a datagram, and its length with its header, in bytes.
func udpEnds(p packet.IPv4) (src, dst netip.AddrPort, length int, ok bool) {
	u := packet.UDP(p.Payload())
	if p.FragmentOffset() != 0 || !u.Valid() {
		return src, dst, 0, false
	}
	return netip.AddrPortFrom(p.Src(), u.SrcPort()), netip.AddrPortFrom(p.Dst(), u.DstPort()), packet.UDPHeader + len(u.Payload()), true
}
