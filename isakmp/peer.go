package isakmp

import (
	"net/netip"
	"slices"
)

// peer is what SAs of both phases with one peer share. It lives as long as one
// of them refers to it.
type peer struct {
	local, remote netip.AddrPort
	ptr           uint32
	ike, ipsec    int
	id            string
	reaped        bool
}

// lockPeer finds or makes the peer struct and refers to it from a phase 1 SA.
func (e *Engine) lockPeer(local, remote netip.AddrPort, why string) *peer {
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

func (e *Engine) unlockIKE(p *peer, why string) {
	p.ike--
	e.emit(PeerUnlocked{Ptr: p.ptr, Kind: RefIKE, Count: p.ike, For: why})
	e.reap(p)
}

func (e *Engine) lockIPsec(p *peer, why string) {
	p.ipsec++
	e.emit(PeerLocked{Ptr: p.ptr, Kind: RefIPsec, Count: p.ipsec, For: why})
}

func (e *Engine) unlockIPsec(p *peer, why string) {
	p.ipsec--
	e.emit(PeerUnlocked{Ptr: p.ptr, Kind: RefIPsec, Count: p.ipsec, For: why})
	e.reap(p)
}

func (e *Engine) reap(p *peer) {
	if p.ike > 0 || p.ipsec > 0 || p.reaped {
		return
	}
	p.reaped = true
	e.peers = slices.DeleteFunc(e.peers, func(x *peer) bool { return x == p })
	e.emit(PeerReaped{Remote: p.remote, Ptr: p.ptr})
}

// PairReleased must be called once for every pair that InstallSAs made, when
// its SAs are gone for whatever reason: the peer struct's count falls.
func (e *Engine) PairReleased(local, remote netip.Addr) {
	for _, p := range e.peers {
		if p.local.Addr() == local && p.remote.Addr() == remote && p.ipsec > 0 {
			e.unlockIPsec(p, "delete_siblings")
			return
		}
	}
}
