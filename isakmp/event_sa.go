package isakmp

import (
	"net/netip"
)

// RefKind is one of the two reference counts of a peer struct.
type RefKind int

// Reference counts of a peer struct.
const (
	RefIKE RefKind = iota + 1
	RefIPsec
)

// Key-engine message types.
const (
	KMSARequest = 1
	KMSPIReply  = 2
	KMDelete    = 3
)

// Key-engine side, peers and SAs.
type (
	// KeyMessage: a key-engine message came.
	KeyMessage struct{ Type, Count int }
	// RequestProfile: the request names no ISAKMP profile.
	RequestProfile struct{ SA SARef }
	// PeerCreated: there was no peer struct for that address.
	PeerCreated struct{ Remote netip.AddrPort }
	// PeerFound: there was one.
	PeerFound struct{ Remote netip.AddrPort }
	// PeerNew bears the new struct's address and handle.
	PeerNew struct{ Ptr, Handle uint32 }
	// PeerLocked: a count of references rose.
	PeerLocked struct {
		Ptr   uint32
		Kind  RefKind
		Count int
		For   PeerUse
	}
	// PeerUnlocked: a count of references fell.
	PeerUnlocked struct {
		Ptr   uint32
		Kind  RefKind
		Count int
		For   PeerUse
	}
	// PeerReaped: nothing refers to the peer any more.
	PeerReaped struct {
		Remote netip.AddrPort
		Ptr    uint32
	}
	// PeerInserted: an authenticated peer entered the table of peers, or was found
	// there; in that case the struct Freed goes.
	PeerInserted struct {
		Local, Remote netip.AddrPort
		Ptr, Freed    uint32
	}
	// PeerSought: the responder's peer has gone to another port; is it in the table?
	PeerSought struct {
		SA         SARef
		Ptr, Freed uint32 // zero where it is not
	}
	// Ports of a new SA.
	Ports struct{ Local, Remote uint16 }
	// SAInserted: an SA entered the table; Duplicate when another SA of the
	// same pair of addresses is there.
	SAInserted struct {
		Ptr       uint32
		Duplicate bool
	}
	// RequestAttached: phase 1 is still going on, the request waits for it.
	RequestAttached struct{ SA SARef }
	// RequestOnSA: phase 1 is done, quick mode starts at once.
	RequestOnSA struct{ SA SARef }
	// RequestError: no SA could be begun for a request.
	RequestError struct{}
	// DeleteIgnored: there is no authenticated peer to send a delete notification to.
	DeleteIgnored struct {
		Local, Remote netip.Addr
		SPI           uint32
		NoSA          bool // else: SA not authenticated
	}
)
