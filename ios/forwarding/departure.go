package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// cryptoMap decides whether the crypto map of the interface sends a packet through a
// tunnel.
func (s *Stack) cryptoMap(t *transit) verdict {
	if !t.out.CryptoMap || s.Crypto == nil {
		return passed(NoReason)
	}
	if t.made() && exempt(t.packet) {
		return passed(IPsecItself)
	}
	selected := s.Crypto.Select(t.out, t.packet)
	t.tunnel, t.settle, t.access, t.mapped = selected.Tunnel, selected.Apply, selected.Access, selected.Map
	switch selected.Verdict {
	case Pass:
		return passed(NotSelected)
	case Drop:
		return dropped(NoTunnel)
	}
	return passed(Selected)
}

func (s *Stack) applySelection(t *transit, _ verdict) {
	if t.settle != nil {
		t.settle()
	}
}

// cryptoAccessOut asks the crypto map's own list about what goes into a tunnel.
func (s *Stack) cryptoAccessOut(t *transit) verdict {
	if t.tunnel == nil {
		return passed(NoReason)
	}
	return t.filter(t.access)
}

// fragmentBefore cuts a packet that would not fit once encrypted, so that the other
// end need not put it together to open it.
func (s *Stack) fragmentBefore(t *transit) verdict {
	if t.tunnel == nil {
		return passed(NoReason)
	}
	return t.cut(t.clearMTU(), TooBigForTunnel)
}

func (s *Stack) countFragmentsBefore(t *transit, v verdict) {
	s.spendFragments(v)
	if v.reason == TooBigForTunnel {
		s.sendTooBig(t, t.clearMTU())
	}
}

// clearMTU is the largest packet that fits the link once it is in its tunnel.
func (t *transit) clearMTU() int { return t.tunnel.ClearMTU(t.out.IPMTU()) }

// encrypt makes the packet that carries another to the end of its tunnel.
func (s *Stack) encrypt(t *transit) verdict {
	if t.tunnel == nil {
		return passed(NoReason)
	}
	outer := t.tunnel.Outline(t.packet)
	if outer == nil {
		return dropped(SAExhausted)
	}
	t.sealed = true
	t.assumed.seal(outer, t.packet)
	return replaced(Encrypted, outer)
}

func (s *Stack) seal(t *transit, v verdict) {
	switch v.outcome {
	case Taken:
		if !t.tunnel.Seal(v.next[0], t.packet) {
			t.failed = SAExhausted
		}
	case Dropped:
		t.tunnel.Seal(nil, t.packet) // counts that it cannot
	}
}

// accessListOut does not see what the router itself makes, as on IOS.
func (s *Stack) accessListOut(t *transit) verdict {
	if t.made() {
		return passed(NoReason)
	}
	return t.filter(t.out.AccessOut)
}

func (s *Stack) countListOut(t *transit, v verdict) {
	if !t.made() {
		s.countList(t.out.AccessOut, t, v)
	}
}

// fragment cuts what is too big for the link.
func (s *Stack) fragment(t *transit) verdict { return t.cut(t.out.IPMTU(), TooBig) }

func (s *Stack) countFragments(t *transit, v verdict) {
	s.spendFragments(v)
	if v.reason == TooBig {
		t.out.counters.OutDrops++
		if !t.made() && !t.sealed {
			s.sendTooBig(t, t.out.IPMTU())
		}
	}
}

// cut decides what becomes of a packet where no more than mtu bytes fit.
func (t *transit) cut(mtu int, tooBig Reason) verdict {
	switch {
	case len(t.packet) <= mtu:
		return passed(Fits)
	case t.packet.DF():
		return dropped(tooBig)
	}
	return replaced(Fragmented, fragments(t.packet, mtu)...)
}

// spendFragments spends what it takes to make fragments of a packet.
func (s *Stack) spendFragments(v verdict) {
	for range len(v.next) - 1 {
		s.env.Spend(costPiece)
	}
}

// transmit decides whether a packet can go on the wire.
func (s *Stack) transmit(t *transit) verdict {
	if !t.out.ProtocolUp() {
		return dropped(ProtocolDown)
	}
	return t.out.link.transmit(s, t)
}

// sendOut puts a packet on the wire.
func (s *Stack) sendOut(t *transit, v verdict) {
	if v.reason == ProtocolDown {
		t.out.counters.OutDrops++
		return
	}
	t.out.link.send(s, t, v)
}

// send starts a packet that the router itself has made.
func (s *Stack) send(p packet.IPv4) {
	if s.closed {
		return
	}
	s.env.Spend(costMake)
	t := &transit{Identity: Identity{Parent: s.cause}, packet: p}
	if !s.owns(p.Dst()) {
		s.walk(s.fromSelf, t, nil)
		return
	}
	// To itself: on its own turn, so that an answer never overtakes its cause.
	t.packet = slices.Clone(p)
	s.after(0, func() { s.walk(s.toSelf, t, nil) })
}

// stagesOfOwn are those that a packet of the router itself goes through.
func (s *Stack) stagesOfOwn(p packet.IPv4) []stage {
	if s.owns(p.Dst()) {
		return s.toSelf
	}
	return s.fromSelf
}
