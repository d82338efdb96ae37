package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/isakmp"
)

// Event is one point at which IOS's key engine would speak: one of the structs of
// this file. What it says of it is a table of package ios/debugtext.
type Event any

// FlowRef is a pair of proxy identities and the two ends that protect what passes
// between them.
type FlowRef struct {
	Local, Remote           netip.Addr
	LocalProxy, RemoteProxy isakmp.Proxy
}

// SARef names one SA of a pair.
type SARef struct {
	Dest     netip.Addr
	Protocol uint8 // of IP: 50
	SPI      uint32
	Proposal isakmp.Proposal
	Conn     int
}

// Requests and what peers ask for.
type (
	// SARequested: SAs are wanted for a flow, with this proposal or another one of
	// the same request.
	SARequested struct {
		Flow     FlowRef
		Proposal isakmp.Proposal
		Lifetime isakmp.Lifetime
		PFS      int
		SPI      uint32
	}
	// RequestTimedOut: no SAs came of a request, for the Count-th time.
	RequestTimedOut struct {
		Flow  FlowRef
		Count int
	}
	// ProposalOffered: ISAKMP asks whether a proposal will do.
	ProposalOffered struct {
		Flow     FlowRef
		Number   int
		Proposal isakmp.Proposal
		PFS      int
	}
	// ProposalRefused: it will not.
	ProposalRefused struct {
		Flow     FlowRef
		Proposal isakmp.Proposal
		Reason   Refusal
	}
	// SPIReserved: ISAKMP is given an SPI for an SA to come.
	SPIReserved struct {
		Local, Remote netip.Addr
		Protocol      uint8 // of ISAKMP's domain of interpretation
		SPI           uint32
	}
)

// Refusal is why a proposal will not do.
type Refusal int

// Refusals.
const (
	UnknownAddress   Refusal = iota // no crypto map on an interface with that address
	UnknownProxies                  // no entry of the crypto map protects that flow
	UnknownTransform                // the entry has no such transform set, or wants PFS
)

// SAs.
type (
	// MessagesQueued: there are messages from ISAKMP.
	MessagesQueued struct{ Count int }
	// PairAgreed: a pair of SAs is about to be made.
	PairAgreed struct {
		Flow                    FlowRef
		Proposal                isakmp.Proposal
		Lifetime                isakmp.Lifetime
		PFS                     int
		InboundSPI, OutboundSPI uint32
		InConn, OutConn         int
	}
	// ProxyMatched: an entry of the crypto map protects that flow. It is looked up for
	// an offer, and again for the pair.
	ProxyMatched struct{ Flow FlowRef }
	// FlowFound: the flow of the new pair is known.
	FlowFound struct{ Flow FlowRef }
	// IdentityAdded: the flow is in the policy database.
	IdentityAdded struct{ Flow FlowRef }
	// SACreated: one SA has been made.
	SACreated struct{ SA SARef }
	// EnableReceived: quick mode's third message came.
	EnableReceived struct{}
	// SAEnabled: an outbound SA may be used.
	SAEnabled struct{ SA SARef }
	// DeleteReceived: ISAKMP has passed on a delete payload.
	DeleteReceived struct{}
	// DeleteNamed: which SA, outbound here, the payload names.
	DeleteNamed struct {
		Peer     netip.Addr
		Protocol uint8 // of IP
		SPI      uint32
	}
	// PeerForgotten: all SAs with a peer go, as it knows of none or does not answer.
	PeerForgotten struct{ Peer netip.Addr }
	// SADeleted: one SA goes.
	SADeleted struct {
		SA   SARef
		Flow FlowRef
	}
	// SessionUp: the first pair with a peer can be used.
	SessionUp struct {
		Peer netip.AddrPort
		ID   string // of its phase 1
	}
	// SessionDown: the last one has gone.
	SessionDown struct {
		Peer netip.AddrPort
		ID   string
	}
)

// Packets that are lost.
type (
	// ClearRefused: a packet that came in clear should have come encrypted.
	ClearRefused struct {
		Source, Dest netip.Addr
		Protocol     uint8
	}
	// SPIUnknown: a packet for an SA that does not exist.
	SPIUnknown struct {
		Source, Dest netip.Addr
		Protocol     uint8
		SPI          uint32
	}
	// Replayed: a packet came twice, or too late.
	Replayed struct {
		Conn     int
		Sequence uint32
	}
	// MACMismatch: a packet's authenticator is wrong.
	MACMismatch struct {
		Conn     int
		Sequence uint32
	}
)
