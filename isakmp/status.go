package isakmp

import (
	"net/netip"
	"time"
)

// SAStatus is a phase 1 SA as `show crypto isakmp sa` lists it.
type SAStatus struct {
	ConnID        int // 0 before the crypto engine has given one
	Slot          int
	Local, Remote netip.AddrPort
	Initiator     bool
	State         string // MM_NO_STATE ... QM_IDLE
	Deleted       bool   // still listed until it is purged
	Policy        Policy // chosen; zero before
	Remaining     time.Duration
	Capabilities  string // letters of `detail`: D, N, ...
	PeerID        string // phase 1 identity, empty before it is known
}

// Dst is the responder's address, which IOS lists first.
func (s SAStatus) Dst() netip.Addr {
	if s.Initiator {
		return s.Remote.Addr()
	}
	return s.Local.Addr()
}

// Src is the initiator's address.
func (s SAStatus) Src() netip.Addr {
	if s.Initiator {
		return s.Local.Addr()
	}
	return s.Remote.Addr()
}

// Established reports whether phase 1 is done and the SA not deleted.
func (s SAStatus) Established() bool {
	return !s.Deleted && s.State == string(LabelQMIdle)
}

// PeerStatus is a peer as `show crypto isakmp peers` lists it.
type PeerStatus struct {
	Local, Remote netip.AddrPort
	Phase1ID      string
}

// SAs lists the phase 1 SAs, the newest first.
func (e *Engine) SAs() []SAStatus {
	list := make([]SAStatus, 0, len(e.sas))
	for i := len(e.sas) - 1; i >= 0; i-- {
		list = append(list, e.sas[i].status())
	}
	return list
}

func (s *sa) status() SAStatus {
	st := SAStatus{
		ConnID: s.conn,
		Local:  s.local, Remote: s.remote,
		Initiator: s.role == Initiator,
		State:     string(s.label),
		Deleted:   s.deleted,
		Policy:    s.policy,
	}
	if s.proved {
		st.PeerID = s.peerID
	}
	if s.dpd != nil {
		st.Capabilities += "D"
	}
	if s.behindNAT() {
		st.Capabilities += "N"
	}
	if s.complete() {
		st.Remaining = max(0, s.expires-s.e.env.Clock.Now())
	}
	return st
}

// Peers lists the peers in the order in which they came.
func (e *Engine) Peers() []PeerStatus {
	list := make([]PeerStatus, 0, len(e.peers))
	for _, p := range e.peers {
		list = append(list, PeerStatus{Local: p.local, Remote: p.remote, Phase1ID: p.id})
	}
	return list
}
