package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// checkHeader refuses what is no packet, or comes from where none can
// (RFC 1812, 5.2.2 and 5.3.7).
func (s *Stack) checkHeader(t *transit) (Outcome, string) {
	if !t.packet.Valid() {
		t.in.counters.InErrors++
		return Dropped, "bad header"
	}
	t.packet = t.packet[:t.packet.TotalLen()] // what the link padded goes
	if !t.in.primary.IsValid() {
		return Dropped, "no IP on this interface"
	}
	if note := martian(t.in.addresses(), t.packet); note != "" {
		return Dropped, note
	}
	return Passed, ""
}

// martian says what is wrong with addresses that no packet may come in with on an
// interface of these subnets.
func martian(at subnets, p packet.IPv4) (note string) {
	if src := p.Src(); src.IsMulticast() || src.IsLoopback() || src == limitedBroadcast || at.broadcastOf(src) {
		return "bad source address"
	}
	if p.Dst().IsLoopback() {
		return "bad destination address"
	}
	return ""
}

var limitedBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

func (s *Stack) accessListIn(t *transit) (Outcome, string) {
	if permitted(t.in.AccessIn, t.packet) {
		return Passed, ""
	}
	s.sendUnreachable(t, packet.UnreachAdminProhb)
	return Dropped, "denied by the access list"
}

// permitted asks a list, which may be nil, and counts.
func permitted(f Filter, p packet.IPv4) bool {
	if f == nil {
		return true
	}
	r := f.Lookup(p)
	f.Apply(p, r)
	return r.Passes()
}

// refuseClear drops a packet that the other end should have encrypted.
func (s *Stack) refuseClear(t *transit) (Outcome, string) {
	if !t.in.CryptoMap || s.Crypto == nil || s.forSelf(t) && exempt(t.packet) {
		return Passed, ""
	}
	if s.Crypto.Refuses(t.in, t.packet) {
		s.Crypto.Refused(t.in, t.packet)
		return Dropped, "should have been encrypted"
	}
	return Passed, ""
}

// forSelf says whether a packet ends in this router.
func (s *Stack) forSelf(t *transit) bool {
	var at subnets
	if t.in != nil {
		at = t.in.addresses()
	}
	return endsAt(s.Table(), at, t.packet.Dst())
}

// endsAt says whether a packet to dst that came in on an interface of these subnets
// ends in the router of that table.
func endsAt(table *Table, at subnets, dst netip.Addr) bool {
	return table.Local(dst) != nil || dst == limitedBroadcast || at.broadcastOf(dst)
}

// reassemble holds back the fragments of a packet to this router until it is whole.
func (s *Stack) reassemble(t *transit) (Outcome, string) {
	if !s.forSelf(t) || !t.packet.IsFragment() {
		return Passed, ""
	}
	whole, ok := s.collect(t)
	if !ok {
		return Taken, "fragment"
	}
	t.packet = whole
	return Passed, "whole"
}

// decrypt opens an IPsec packet to this router; what was in it goes on.
func (s *Stack) decrypt(t *transit) (Outcome, string) {
	if t.in == nil || s.Crypto == nil || !s.forSelf(t) {
		return Passed, ""
	}
	switch carried(t.packet, s.udp[portNATT] != nil) {
	case nothing:
		return Passed, ""
	case keepalive:
		return Dropped, "NAT keepalive"
	}
	d := s.Crypto.Open(t.in, t.packet)
	if !d.Apply() || !d.Inner.Valid() {
		return Dropped, "no good"
	}
	return s.openedUp(t, d.Inner)
}

// openedUp puts what came out of a tunnel in the place of what it came in.
func (s *Stack) openedUp(t *transit, inner packet.IPv4) (Outcome, string) {
	t.packet, t.opened = inner[:inner.TotalLen()], true
	if t.packet.IsFragment() && s.forSelf(t) {
		return s.reassemble(t)
	}
	return Passed, "opened"
}

// ReceiveOpened takes a packet that the fast path has opened, and goes on with it
// where that stopped. The packet is the stack's from now on.
func (s *Stack) ReceiveOpened(in *Interface, inner packet.IPv4) {
	if s.closed || in.removed {
		return
	}
	t := &transit{in: in}
	if outcome, _ := s.openedUp(t, inner); outcome == Passed {
		s.walk(openedStages, t)
	}
}

// deliver hands a packet to this router to whom it is for.
func (s *Stack) deliver(t *transit) (Outcome, string) {
	if !s.forSelf(t) {
		return Passed, ""
	}
	s.env.Spend(costDeliver)
	switch p := t.packet; p.Protocol() {
	case packet.ProtoICMP:
		return s.receiveICMP(t)
	case packet.ProtoUDP:
		return s.receiveUDP(t)
	default:
		if handler := s.protocols[p.Protocol()]; handler != nil {
			handler(t.in, p)
			return Taken, "delivered"
		}
		if p.Protocol() == packet.ProtoTCP {
			return s.refuseTCP(t)
		}
		s.limitedUnreachable(t, packet.UnreachProtocol, 0)
		return Dropped, "no such protocol"
	}
}

// Handle sets who receives the packets of an IP protocol that are for this
// router; nil is nobody. ICMP and UDP have their own ways. The interface is nil
// where the packet came from this router itself.
func (s *Stack) Handle(protocol uint8, handler func(in *Interface, p packet.IPv4)) {
	if handler == nil {
		delete(s.protocols, protocol)
		return
	}
	s.protocols[protocol] = handler
}
