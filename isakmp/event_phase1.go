package isakmp

import (
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Main mode.
type (
	// NoAggressive: main mode it is.
	NoAggressive struct{ SA SARef }
	// KeyFound: there is a pre-shared key for the peer.
	KeyFound struct{ SA SARef }
	// KeyMissing: there is none.
	KeyMissing struct{ SA SARef }
	// CannotStart: no way to authenticate, main mode does not begin.
	CannotStart struct{ SA SARef }
	// LocalKeyFound precedes the comparison of policies.
	LocalKeyFound struct{ SA SARef }
	// ProfilesScanned: for Xauth, of which there are none.
	ProfilesScanned struct{}
	// VendorSent: a vendor ID was put into a message.
	VendorSent struct {
		SA   SARef
		Kind VendorKind
	}
	// VendorRead: a vendor ID was found in a message.
	VendorRead struct {
		SA    SARef
		Kind  VendorKind
		Major byte // byte 14, which IOS reads as Unity's major version
	}
	// MainModeBegun: the first message is about to go.
	MainModeBegun struct{ SA SARef }
	// PolicyCheck: a transform is held against a policy.
	PolicyCheck struct {
		SA                  SARef
		Transform, Priority int
	}
	// AttributeRead: one attribute of a phase 1 transform.
	AttributeRead struct{ Attribute wire.Attribute }
	// PolicyMismatch: why a transform does not match.
	PolicyMismatch struct {
		SA     SARef
		Reason Mismatch
	}
	// PolicyVerdict closes a comparison.
	PolicyVerdict struct {
		SA          SARef
		Acceptable  bool
		NextPayload uint8
	}
	// LifetimeChosen: the lifetime of phase 1 that follows from the policy. Not every
	// release tells of it.
	LifetimeChosen struct {
		SA                          SARef
		Offered, Configured, Chosen time.Duration
	}
	// NoOffers: nothing offered was acceptable.
	NoOffers struct{ SA SARef }
	// PolicyRefused: phase 1 or 2 ends there.
	PolicyRefused struct {
		SA    SARef
		Phase int
	}
	// SKEYIDGenerated: the keys of phase 1 are there.
	SKEYIDGenerated struct{ SA SARef }
	// NATVerdict: what is known of NATs after a NAT-D payload: which of the two
	// hashes, of our address and of the peer's, was as we see it.
	NATVerdict struct {
		SA        SARef
		Payload   uint8
		Mine, His bool
	}
	// PortFloated: the peer's messages come from the port in SA now.
	PortFloated struct{ SA SARef }
	// UDPEncapsulated: everything with this peer goes in UDP.
	UDPEncapsulated struct {
		SA  SARef
		Ptr uint32 // of the peer
	}
	// InitialContactSent: we know of no SAs with that peer, and say so.
	InitialContactSent struct{ SA SARef }
	// InitialContactRead: the peer knows of none.
	InitialContactRead struct{ SA SARef }
	// Authenticating: how we are going to prove who we are.
	Authenticating struct {
		SA SARef
		ID uint8 // its type
	}
	// Identity: an ID payload of phase 1, sent or received.
	Identity struct {
		SA          SARef
		NextPayload uint8
		Type        uint8
		Data        []byte
		Protocol    uint8
		Port        uint16
		Length      int
	}
	// IdentityLength closes the building of an ID payload.
	IdentityLength struct {
		SA     SARef
		Length int
	}
	// NoProfile: the peer matches none of the ISAKMP profiles.
	NoProfile struct{ SA SARef }
	// AuthStatus: the peer is authenticated.
	AuthStatus struct{ SA SARef }
	// Authenticated: with whom.
	Authenticated struct{ SA SARef }
	// HashMismatch: the peer's hash is not what it must be.
	HashMismatch struct {
		SA    SARef
		Phase int
	}
)

// Mismatch is the first thing in which a transform differs from a policy.
type Mismatch int

// Mismatches, in the order of comparison.
const (
	MismatchEncryption Mismatch = iota + 1
	MismatchKeyLength
	MismatchHash
	MismatchGroup
	MismatchAuth
	MismatchNoKey
)
