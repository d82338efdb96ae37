package isakmp

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// NAT traversal as RFC 3947 and its drafts have it: the ends find a NAT between
// them by NAT-D (natd.go), go to port 4500 (here, and nonesp.go), put ESP into
// UDP (the encapsulation modes below), and keep the NAT's mapping alive
// (natkeepalive.go).

// nattDialect is what the drafts and the RFC have numbered differently.
type nattDialect struct {
	kind           VendorKind
	natd           uint8
	tunnel, transp uint16 // encapsulation modes
}

var nattDialects = []nattDialect{
	{VendorNATT02, wire.NATD02, 61443, 61444},
	{VendorNATT03, wire.NATD02, 61443, 61444},
	// Drafts 04 to 07 number NAT-D 15, which RFC 3547 gave to another payload: to
	// today's analysers such a message is malformed. What is sent has the RFC's
	// number, unless the peer has used the drafts'.
	{VendorNATT07, wire.NATD, EncapsUDPTunnel, EncapsUDPTransport},
	{VendorNATTRFC, wire.NATD, EncapsUDPTunnel, EncapsUDPTransport},
}

// dialect is that of the SA; false where NAT traversal was not agreed on.
func (s *sa) dialect() (nattDialect, bool) {
	i := slices.IndexFunc(nattDialects, func(d nattDialect) bool { return d.kind == s.natt })
	if i < 0 {
		return nattDialect{}, false
	}
	return nattDialects[i], true
}

// nattOffers are the vendor IDs to send.
func (e *Engine) nattOffers() []VendorKind {
	if e.env.Config.NoNATT {
		return nil
	}
	return e.release.NATT
}

// chooseNATT notes the best dialect that the peer has announced. An initiator
// takes only what it offered itself.
func (s *sa) chooseNATT(kind VendorKind) {
	known := slices.ContainsFunc(nattDialects, func(d nattDialect) bool { return d.kind == kind })
	if !known || s.e.env.Config.NoNATT || s.role == Initiator && !slices.Contains(s.e.release.NATT, kind) {
		return
	}
	s.natt = max(s.natt, kind)
}

// behindNAT reports whether one of the two ends is.
func (s *sa) behindNAT() bool { return s.inside || s.peerInside }

// inUDP reports whether the SA's quick modes make SAs whose packets go in UDP: a
// NAT was found, and the ends have gone to the port for it.
func (s *sa) inUDP() bool { return s.behindNAT() && s.local.Port() == nattPort }

// encapsulate is an encapsulation mode as it stands on the wire.
func (s *sa) encapsulate(mode uint16) uint16 {
	d, ok := s.dialect()
	switch {
	case ok && mode == EncapsUDPTunnel:
		return d.tunnel
	case ok && mode == EncapsUDPTransport:
		return d.transp
	}
	return mode
}

// encapsulation parses what encapsulate writes. The numbers of the other dialects are
// understood as well: peers are known to mix them.
func encapsulation(mode uint16) uint16 {
	for _, d := range nattDialects {
		switch mode {
		case d.tunnel:
			return EncapsUDPTunnel
		case d.transp:
			return EncapsUDPTransport
		}
	}
	return mode
}

// inUDP are the proposals for a way through a NAT.
func inUDP(list []Proposal) []Proposal {
	list = slices.Clone(list)
	for i := range list {
		list[i] = list[i].InUDP()
	}
	return list
}

// float takes the initiator to port 4500 (RFC 3947 §4); one that began there, or
// that found no NAT, stays.
func (s *sa) float() {
	if !s.behindNAT() || s.local.Port() == nattPort {
		return
	}
	s.local = netip.AddrPortFrom(s.local.Addr(), nattPort)
	s.remote = netip.AddrPortFrom(s.remote.Addr(), nattPort)
}

// reaches reports whether the SA is with the peer at that port, or may be: an
// initiator that has not met a NAT yet is on its way.
func (s *sa) reaches(port uint16) bool {
	return s.remote.Port() == port || s.budding() && s.role == Initiator && s.remote.Port() == ikePort && port == nattPort
}

// accepts reports whether a message of the SA, by its cookies, may come from there.
// Until it is authenticated nothing follows from where it came.
func (s *sa) accepts(local, remote netip.AddrPort) bool {
	if local == s.local && remote == s.remote {
		return true
	}
	_, ok := s.dialect()
	return ok && s.keys != nil && local.Addr() == s.local.Addr() && local.Port() == nattPort &&
		(local == s.local || !s.complete()) && s.e.mayMove(s.remote.Addr(), remote.Addr())
}

// mayMove reports whether a peer that proved to be the one of an address can be found
// at another by now. It must not pass for a peer that has another key.
func (e *Engine) mayMove(from, to netip.Addr) bool {
	if from == to {
		return true
	}
	was, ok := e.env.Config.KeyFor(from)
	is, found := e.env.Config.KeyFor(to)
	return ok && found && was.Key == is.Key
}

// reachable is accepts, plus late messages to the port that the SA has left.
func (s *sa) reachable(local, remote netip.AddrPort) bool {
	return s.accepts(local, remote) || s.left(local) && remote.Addr() == s.origin.Addr()
}

// left reports whether a message comes late, to the port that the SA has left.
func (s *sa) left(local netip.AddrPort) bool {
	return local.Addr() == s.local.Addr() && local.Port() != nattPort && s.local.Port() == nattPort
}

// authentic is told that the message being worked on was the peer's own: where it
// came from, the peer is (RFC 3947 §4). An end behind a NAT must not
// believe that once the ports are settled.
func (s *sa) authentic() {
	to := s.from
	if to == s.remote && s.at == s.local || s.inside && s.complete() {
		return
	}
	if s.complete() {
		s.e.PeerMoved(s.local, s.remote, to)
		return
	}
	s.local, s.remote = s.at, to
}

// PeerMoved takes everything that there is with a peer to the port and address
// that a NAT has given it now: an authenticated message or packet came from
// there.
func (e *Engine) PeerMoved(local, from, to netip.AddrPort) {
	if !e.mayMove(from.Addr(), to.Addr()) {
		return
	}
	moved := false
	for _, s := range e.sas {
		if s.local == local && s.remote == from {
			s.remote = to
			if s.complete() && !moved {
				moved = true
				e.emit(PortFloated{SA: s.ref()})
			}
		}
	}
	for _, p := range e.peers {
		if p.local == local && p.remote == from {
			p.remote = to
		}
	}
	e.env.IPsec.PeerMoved(local, from, to)
}
