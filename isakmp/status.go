package isakmp

import (
	"net/netip"
	"time"
)

// SAStatus is a phase 1 SA as `show crypto isakmp sa` tells it.
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

// Text is the status column: ACTIVE or ACTIVE (deleted).
func (s SAStatus) Text() string {
	if s.Deleted {
		return "ACTIVE (deleted)"
	}
	return "ACTIVE"
}

// Established reports whether phase 1 is done and the SA not deleted.
func (s SAStatus) Established() bool {
	return !s.Deleted && s.State == string(LabelQMIdle)
}

// PeerStatus is a peer as `show crypto isakmp peers` tells it.
type PeerStatus struct {
	Local, Remote netip.AddrPort
	Phase1ID      string
}
