package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// checkHeader refuses what is not an IP packet, or comes from where none can
// (RFC 1812 §5.2.2 and §5.3.7).
func (s *Stack) checkHeader(t *transit) verdict {
	if !t.packet.Valid() {
		return dropped(BadHeader)
	}
	t.packet = t.packet[:t.packet.TotalLen()] // what the link padded goes
	if !t.in.primary.IsValid() {
		return dropped(NoAddress)
	}
	if why := martian(t.in.addresses(), t.packet); why != NoReason {
		return dropped(why)
	}
	return passed(NoReason)
}

func (s *Stack) countHeader(t *transit, v verdict) {
	if v.reason == BadHeader {
		t.in.counters.InErrors++
	}
}

// martian returns what is wrong with addresses that no packet may come in with on an
// interface of these subnets.
func martian(at subnets, p packet.IPv4) Reason {
	if src := p.Src(); src.IsMulticast() || src.IsLoopback() || src == limitedBroadcast || at.broadcastOf(src) {
		return BadSource
	}
	if p.Dst().IsLoopback() {
		return BadDestination
	}
	return NoReason
}

var limitedBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

func (s *Stack) accessListIn(t *transit) verdict { return t.filter(t.in.AccessIn) }

func (s *Stack) countListIn(t *transit, v verdict) { s.countList(t.in.AccessIn, t, v) }

// filter asks an interface's list, nil where there is none.
func (t *transit) filter(f Filter) verdict {
	if f == nil {
		return passed(NoReason)
	}
	t.listed = t.assumed.lookup(f, t.packet)
	switch {
	case !t.listed.Passes():
		return dropped(Denied)
	case t.listed.Rule == nil:
		return passed(NoReason)
	}
	return passed(Permitted)
}

func (s *Stack) countList(f Filter, t *transit, v verdict) {
	if f != nil {
		f.Apply(t.packet, t.listed)
	}
	if v.reason == Denied {
		s.sendUnreachable(t, packet.UnreachAdminProhb)
	}
}

// refuseClear drops a packet that the other end should have encrypted.
func (s *Stack) refuseClear(t *transit) verdict {
	if !t.in.CryptoMap || s.Crypto == nil {
		return passed(NoReason)
	}
	if s.forSelf(t) && exempt(t.packet) {
		return passed(IPsecItself)
	}
	if s.Crypto.Refuses(t.in, t.packet) {
		return dropped(ShouldBeEncrypted)
	}
	return passed(NotSelected)
}

func (s *Stack) countClear(t *transit, v verdict) {
	if v.reason == ShouldBeEncrypted {
		s.Crypto.Refused(t.in, t.packet)
	}
}

// forSelf reports whether a packet ends in this router.
func (s *Stack) forSelf(t *transit) bool {
	var at subnets
	if t.in != nil {
		at = t.in.addresses()
	}
	return endsAt(s.Table(), at, t.packet.Dst())
}

// endsAt reports whether a packet to dst that came in on an interface of these subnets
// ends in the router of that table.
func endsAt(table *Table, at subnets, dst netip.Addr) bool {
	return table.Local(dst) != nil || dst == limitedBroadcast || at.broadcastOf(dst)
}

// reassemble holds back the fragments of a packet to this router until it is whole.
func (s *Stack) reassemble(t *transit) verdict {
	if !t.packet.IsFragment() || !s.forSelf(t) {
		return passed(NoReason)
	}
	consider := s.reassembly.consider
	if t.assumed != nil {
		consider = t.assumed.reassemble
	}
	why, whole := consider(t.packet)
	switch why {
	case FragmentHeld:
		return taken(why)
	case Reassembled:
		return replaced(why, whole)
	}
	return dropped(why)
}

// decrypt opens an IPsec packet to this router; what was in it goes on.
func (s *Stack) decrypt(t *transit) verdict {
	if t.in == nil || s.Crypto == nil || !s.forSelf(t) {
		return passed(NoReason)
	}
	switch carried(t.packet, s.udp[portNATT] != nil) {
	case nothing:
		return passed(NoReason)
	case keepalive:
		if s.isForInside(t) {
			return passed(ForInside)
		}
		return dropped(NATKeepalive)
	}
	var d Decryption
	if inner := t.assumed.inside(t.packet); inner != nil {
		d = s.Crypto.Presume(t.in, t.packet, inner)
	} else {
		d = s.Crypto.Open(t.in, t.packet)
	}
	if d.Why == NoSA && s.isForInside(t) {
		return passed(ForInside)
	}
	t.accept = d.Apply
	switch {
	case d.Why != NoReason:
		return dropped(d.Why)
	case !d.Inner.Valid():
		return dropped(BadIPsec)
	}
	t.opened, t.access = true, d.Access
	return replaced(Decrypted, d.Inner[:d.Inner.TotalLen()])
}

func (s *Stack) acceptDecrypted(t *transit, v verdict) {
	if t.accept == nil {
		return
	}
	if why := t.accept(); v.outcome == Taken {
		t.failed = why
	}
}

// reassembleInner is reassemble for what came out of a tunnel.
func (s *Stack) reassembleInner(t *transit) verdict {
	if !t.opened {
		return passed(NoReason)
	}
	return s.reassemble(t)
}

// cryptoAccessIn asks the crypto map's own list about what came out of a tunnel.
func (s *Stack) cryptoAccessIn(t *transit) verdict {
	if !t.opened {
		return passed(NoReason)
	}
	return t.filter(t.access)
}

// countCryptoAccess applies what a crypto map's list has decided. No sender is told.
func (s *Stack) countCryptoAccess(t *transit, v verdict) {
	if v.reason != NoReason {
		t.access.Apply(t.packet, t.listed)
	}
}

// ReceiveOpened takes a packet that the fast path has opened by an SA, and goes on with
// it where that stopped. The packet is the stack's from now on.
func (s *Stack) ReceiveOpened(in *Interface, sa FastInbound, inner packet.IPv4) {
	if s.closed || in.removed {
		return
	}
	s.walk(openedStages, &transit{in: in, packet: inner[:inner.TotalLen()], opened: true, access: sa.Access(in)}, nil)
}
