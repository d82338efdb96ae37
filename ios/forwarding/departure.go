package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// encrypt sends what the crypto map of the interface selects through its tunnel.
// A packet that would not fit once sealed is cut before, so that the other end
// need not put it together to open it.
func (s *Stack) encrypt(t *transit) (Outcome, string) {
	if !t.out.CryptoMap || s.Crypto == nil || t.made() && exempt(t.packet) {
		return Passed, ""
	}
	selected := s.Crypto.Select(t.out, t.packet)
	if selected.Apply != nil {
		selected.Apply()
	}
	tunnel := selected.Tunnel
	switch selected.Verdict {
	case Pass:
		return Passed, ""
	case Drop:
		return Dropped, "no tunnel for it"
	}
	fits := tunnel.ClearMTU(t.out.IPMTU())
	if len(t.packet) > fits && t.packet.DF() {
		s.sendTooBig(t, fits)
		return Dropped, "too big for the tunnel"
	}
	rest := t.rest
	for _, piece := range s.cut(t.packet, fits) {
		outer := tunnel.Outline(piece)
		if !tunnel.Seal(outer, piece) {
			return Dropped, "the tunnel is used up"
		}
		s.sendSealed(t, outer, rest)
	}
	return Taken, "encrypted"
}

// sendSealed takes the packet that carries t on the way to the tunnel's end.
func (s *Stack) sendSealed(t *transit, outer packet.IPv4, rest []stage) {
	sealed := *t
	sealed.packet, sealed.sealed = outer, true
	if outcome, _ := s.route(&sealed); outcome == Passed {
		s.walk(rest, &sealed)
	}
}

// accessListOut does not see what the router itself makes, as on IOS.
func (s *Stack) accessListOut(t *transit) (Outcome, string) {
	if t.made() || permitted(t.out.AccessOut, t.packet) {
		return Passed, ""
	}
	s.sendUnreachable(t, packet.UnreachAdminProhb)
	return Dropped, "denied by the access list"
}

// fragment cuts what is too big for the link.
func (s *Stack) fragment(t *transit) (Outcome, string) {
	mtu := t.out.IPMTU()
	if len(t.packet) <= mtu {
		return Passed, ""
	}
	if t.packet.DF() {
		t.out.counters.OutDrops++
		if !t.made() && !t.sealed {
			s.sendTooBig(t, mtu)
		}
		return Dropped, "too big, and not to be fragmented"
	}
	rest := t.rest
	for _, p := range s.cut(t.packet, mtu) {
		piece := *t
		piece.packet = p
		s.walk(rest, &piece)
	}
	return Taken, "fragmented"
}

// sendOut puts a packet on the wire.
func (s *Stack) sendOut(t *transit) (Outcome, string) {
	out := t.out
	switch {
	case !out.ProtocolUp():
		out.counters.OutDrops++
		return Dropped, "line protocol is down"
	case out.name.Kind.Ethernet():
		mac := packet.Broadcast
		if t.nextHop != limitedBroadcast && !out.broadcastOf(t.nextHop) {
			var known bool
			if mac, known = s.resolve(out, t.nextHop); !known {
				if s.hold(t) {
					return Taken, "waits for the neighbour's hardware address"
				}
				return Dropped, "the neighbour's hardware address is asked for"
			}
		}
		out.sendEthernet(mac, packet.EtherTypeIPv4, t.packet)
		return Taken, "sent"
	case out.name.Kind == Serial:
		out.transmit(packet.BuildHDLC(packet.EtherTypeIPv4, t.packet))
		return Taken, "sent"
	}
	// Nobody lives behind a loopback but its own addresses.
	out.countOut(len(t.packet))
	return Dropped, "no such host on this loopback"
}

// send starts a packet that the router itself has made.
func (s *Stack) send(p packet.IPv4) {
	if s.closed {
		return
	}
	s.env.Spend(costMake)
	t := &transit{packet: p}
	if s.Table().Local(p.Dst()) == nil {
		s.walk(s.fromSelf, t)
		return
	}
	// To itself: on its own turn, so that an answer never overtakes its cause.
	t.packet = slices.Clone(p)
	s.after(0, func() { s.walk(s.toSelf, t) })
}
