package isakmp

import (
	"net/netip"
	"slices"
	"time"
)

// peer is what SAs of both phases with one peer share. It lives as long as one
// of them refers to it.
type peer struct {
	local, remote netip.AddrPort
	ptr           uint32
	ike, ipsec    int
	id            string
	mapped        bool // it stands behind a NAT, which knows our way back to it
	inside        bool // we do
	refresh       *refresh
	sentAt        time.Duration // our last message
}

// lockPeer finds or makes the peer struct and refers to it from a phase 1 SA.
func (e *Engine) lockPeer(local, remote netip.AddrPort, why PeerUse) *peer {
	p := e.findPeer(local, remote)
	if p == nil {
		e.emit(PeerCreated{Remote: remote})
		e.handle++
		p = &peer{local: local, remote: remote, ptr: e.pointer()}
		e.peers = append(e.peers, p)
		e.emit(PeerNew{Ptr: p.ptr, Handle: e.handle})
	} else {
		e.emit(PeerFound{Remote: remote})
	}
	p.ike++
	e.emit(PeerLocked{Ptr: p.ptr, Kind: RefIKE, Count: p.ike, For: why})
	return p
}

func (e *Engine) findPeer(local, remote netip.AddrPort) *peer {
	for _, p := range e.peers {
		if p.local == local && p.remote == remote {
			return p
		}
	}
	return nil
}

// endpoints are those of a new phase 1. A peer behind a NAT can be reached only at
// the port that the NAT has given it (RFC 3947 §4).
func (e *Engine) endpoints(local, remote netip.Addr, port uint16) (from, to netip.AddrPort) {
	for i := len(e.peers) - 1; i >= 0; i-- {
		p := e.peers[i]
		if p.mapped && p.local.Addr() == local && p.remote.Addr() == remote &&
			(port == 0 || p.remote.Port() == port) {
			return p.local, p.remote
		}
	}
	if port != 0 && port != nattPort { // the way that its stray packets came
		return netip.AddrPortFrom(local, nattPort), netip.AddrPortFrom(remote, port)
	}
	return netip.AddrPortFrom(local, ikePort), netip.AddrPortFrom(remote, ikePort)
}

// movePeer gives an SA whose ports have changed the peer struct of the new ones. say
// is told of the one that is kept and, where there was one for those ports already,
// of the one that goes; it speaks before that.
func (s *sa) movePeer(say func(kept, freed uint32)) {
	e, old := s.e, s.peer
	switch found := e.findPeer(s.local, s.remote); {
	case found == old:
		say(old.ptr, 0)
	case found != nil:
		say(found.ptr, old.ptr)
		s.peer = found
		e.unlockIKE(old, UseReuse)
		found.ike++
		e.emit(PeerLocked{Ptr: found.ptr, Kind: RefIKE, Count: found.ike, For: UseReuse})
	case old.ike > 1 || old.ipsec > 0: // others stay there
		s.peer = e.lockPeer(s.local, s.remote, UseFloat)
		say(s.peer.ptr, 0)
		e.unlockIKE(old, UseFloat)
	default:
		old.local, old.remote = s.local, s.remote
		say(old.ptr, 0)
	}
}

// followPort is the responder's, whose initiator has just gone to another port. It has
// seen a NAT, though we may not have.
func (s *sa) followPort() {
	if s.role == Initiator || s.peer.local == s.local && s.peer.remote == s.remote {
		return
	}
	s.peerInside = s.peerInside || !s.inside
	s.e.emit(PortFloated{SA: s.ref()})
	s.movePeer(func(kept, freed uint32) {
		s.e.emit(PeerSought{SA: s.ref(), Ptr: kept, Freed: freed})
	})
}

// insertPeer ends the authentication.
func (s *sa) insertPeer() {
	if s.inUDP() {
		s.e.emit(UDPEncapsulated{SA: s.ref(), Ptr: s.peer.ptr})
	}
	s.movePeer(func(kept, freed uint32) {
		s.e.emit(PeerInserted{Local: s.local, Remote: s.remote, Ptr: kept, Freed: freed})
	})
	s.peer.id = s.peerID
	s.peer.mapped, s.peer.inside = s.inUDP() && s.peerInside, s.inUDP() && s.inside
	s.e.keepMapping(s.peer)
}

func (e *Engine) unlockIKE(p *peer, why PeerUse) {
	p.ike--
	e.emit(PeerUnlocked{Ptr: p.ptr, Kind: RefIKE, Count: p.ike, For: why})
	e.reap(p)
}

func (e *Engine) lockIPsec(p *peer, why PeerUse) {
	p.ipsec++
	e.emit(PeerLocked{Ptr: p.ptr, Kind: RefIPsec, Count: p.ipsec, For: why})
}

func (e *Engine) unlockIPsec(p *peer, why PeerUse) {
	p.ipsec--
	e.emit(PeerUnlocked{Ptr: p.ptr, Kind: RefIPsec, Count: p.ipsec, For: why})
	e.reap(p)
}

func (e *Engine) reap(p *peer) {
	if p.ike > 0 || p.ipsec > 0 {
		return
	}
	if p.refresh != nil {
		p.refresh.stop()
	}
	e.peers = slices.DeleteFunc(e.peers, func(x *peer) bool { return x == p })
	e.emit(PeerReaped{Remote: p.remote, Ptr: p.ptr})
}

// PairReleased must be called once for every pair that InstallSAs made, when
// its SAs are gone for whatever reason: the peer struct's count falls.
func (e *Engine) PairReleased(local, remote netip.AddrPort) {
	for _, p := range e.peers {
		if p.local == local && p.remote == remote && p.ipsec > 0 {
			e.unlockIPsec(p, UsePairReleased)
			return
		}
	}
}
