package forwarding

import (
	"cmp"
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// defaultTTL is the time to live of what a router makes.
const defaultTTL = 255

// quoted is how much of a packet's payload an ICMP error gives back (RFC 792).
const quoted = 8

// sendUnreachable tells the sender that its packet cannot go further. No errors are
// sent about packets of the router itself.
func (s *Stack) sendUnreachable(t *transit, code uint8) {
	if !t.made() && !t.sealed {
		s.limitedUnreachable(t, code, 0)
	}
}

// sendTooBig tells the sender that its packet may not be fragmented, but must be
// (RFC 1191). For a tunnel the router tells itself too: ping shows an M then.
func (s *Stack) sendTooBig(t *transit, mtu int) {
	s.limitedUnreachable(t, packet.UnreachNeedFrag, uint32(mtu))
}

func (s *Stack) limitedUnreachable(t *transit, code uint8, rest uint32) {
	if at := cmp.Or(t.in, t.out); at != nil && !at.Unreachables {
		return
	}
	last := &s.unreachable[0]
	if code == packet.UnreachNeedFrag {
		last = &s.unreachable[1]
	}
	now := s.env.Clock.Now()
	if *last != never && now-*last < s.UnreachableInterval || !s.errorAllowed(t) {
		return
	}
	*last = now
	s.sendError(t, packet.ICMPUnreachable, code, rest)
}

// sendTimeExceeded tells the sender that its packet's time is over, on its way or while it was
// put together.
func (s *Stack) sendTimeExceeded(t *transit, code uint8) {
	s.sendWithin(&s.expired, t, packet.ICMPTimeExceeded, code, 0)
}

// sendWithin sends an ICMP error within a limit.
func (s *Stack) sendWithin(limit *burstLimit, t *transit, typ, code uint8, rest uint32) {
	if s.errorAllowed(t) && limit.allow(s.env.Clock.Now(), s.UnreachableInterval) {
		s.sendError(t, typ, code, rest)
	}
}

// sendError sends an ICMP error about t's packet, where one may be sent.
func (s *Stack) sendError(t *transit, typ, code uint8, rest uint32) {
	if p, ok := s.errorAbout(t, typ, code, rest); ok {
		s.sendMade(p)
	}
}

// errorAbout makes an ICMP error about t's packet, where one may be sent.
func (s *Stack) errorAbout(t *transit, typ, code uint8, rest uint32) (about packet.IPv4, ok bool) {
	if !s.errorAllowed(t) {
		return nil, false
	}
	from, ok := s.errorSource(t)
	if !ok {
		return nil, false
	}
	p := t.known()
	quote := p[:min(len(p), p.HeaderLen()+quoted)]
	return s.icmp(from, p.Src(), 0, packet.BuildICMP(typ, code, rest, quote)), true
}

// errorAllowed keeps ICMP from answering broadcasts, later fragments and its own
// errors (RFC 1122 §3.2.2).
func (s *Stack) errorAllowed(t *transit) bool {
	p := t.known()
	src, dst := p.Src(), p.Dst()
	if t.group || t.packet.FragmentOffset() != 0 || src.IsUnspecified() || dst.IsMulticast() || dst == limitedBroadcast ||
		t.in != nil && t.in.broadcastOf(dst) {
		return false
	}
	if p.Protocol() == packet.ProtoICMP {
		m := packet.ICMP(p.Payload())
		return len(m) >= packet.ICMPHeader && (m.Type() == packet.ICMPEcho || m.Type() == packet.ICMPEchoReply)
	}
	return true
}

// errorSource is the address that an error comes from: that of the interface on
// which its cause came in.
func (s *Stack) errorSource(t *transit) (netip.Addr, bool) {
	p := t.known()
	if t.in == nil {
		return p.Src(), true
	}
	if t.opened && s.Table().Local(p.Dst()) != nil {
		return p.Dst(), true // an address outside the tunnel would not get back through it
	}
	if a, ok := t.in.sourceOn(p.Src()); ok {
		return a, true
	}
	return s.SourceFor(p.Src())
}

// SourceFor is the address that the router would send from to dst; false where it
// knows no way there.
func (s *Stack) SourceFor(dst netip.Addr) (netip.Addr, bool) {
	if s.Table().Local(dst) != nil {
		return dst, true
	}
	path, ok := s.pathTo(dst)
	if !ok {
		return netip.Addr{}, false
	}
	return path.Out.sourceOn(path.NextHop)
}

// someAddress is the address of the first interface that is up and has one.
func (s *Stack) someAddress() (netip.Addr, bool) {
	for _, i := range s.interfaces {
		if i.primary.IsValid() && i.ProtocolUp() {
			return i.primary.Addr(), true
		}
	}
	return netip.Addr{}, false
}

// MTUTowards is the largest packet to dst that leaves in one piece, in bytes; of the
// router's own addresses, and where it knows no way there, that of an Ethernet.
func (s *Stack) MTUTowards(dst netip.Addr) int {
	if path, ok := s.pathTo(dst); ok && s.Table().Local(dst) == nil {
		return path.Out.IPMTU()
	}
	return kinds[Ethernet].mtu
}

// pathTo is the way of the router's own packets to dst, with its next hop.
func (s *Stack) pathTo(dst netip.Addr) (Path, bool) {
	r := s.Table().Lookup(dst)
	if r == nil {
		return Path{}, false
	}
	path := r.path(netip.IPv4Unspecified(), dst)
	if !path.NextHop.IsValid() {
		path.NextHop = dst
	}
	return path, true
}

// icmp makes a packet with an ICMP message.
func (s *Stack) icmp(src, dst netip.Addr, tos uint8, m packet.ICMP) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{
		TOS: tos, TTL: s.TTL, Protocol: packet.ProtoICMP, Src: src, Dst: dst,
	}, m)
}

// sendMade sends a packet that has been made without an identification.
func (s *Stack) sendMade(p packet.IPv4) {
	p.SetID(s.nextID())
	s.send(p)
}

// nextID counts the packets that the router makes.
func (s *Stack) nextID() uint16 {
	s.packetID++
	return s.packetID
}
