package isakmp

import (
	"errors"
	"net/netip"
	"time"
)

// What a key engine can hold against a proposal.
var (
	ErrProxyIdentities   = errors.New("proxy identities not supported")
	ErrTransformProposal = errors.New("transform proposal not supported")
	ErrLocalAddress      = errors.New("invalid local address")
)

// IPsec protocol identifiers (RFC 2407 §4.4.1).
const (
	ProtoISAKMP uint8 = 1
	ProtoAH     uint8 = 2
	ProtoESP    uint8 = 3
)

// ESP transform identifiers (RFC 2407 §4.4.4, RFC 3602).
const (
	ESPDES  uint8 = 2
	ESP3DES uint8 = 3
	ESPNull uint8 = 11
	ESPAES  uint8 = 12
)

// Authentication algorithm attribute values (RFC 2407 §4.5, RFC 4868).
const (
	AuthNone       uint16 = 0
	AuthHMACMD5    uint16 = 1
	AuthHMACSHA    uint16 = 2
	AuthHMACSHA256 uint16 = 5
	AuthHMACSHA384 uint16 = 6
	AuthHMACSHA512 uint16 = 7
)

// Encapsulation mode attribute values (RFC 2407 §4.5, RFC 3947 §5.1).
const (
	EncapsTunnel       uint16 = 1
	EncapsTransport    uint16 = 2
	EncapsUDPTunnel    uint16 = 3
	EncapsUDPTransport uint16 = 4
)

// Proxy is one side of a protected flow. A mask of 255.255.255.255 makes a host
// (ID_IPV4_ADDR), any other a subnet. Protocol and Port 0 mean any.
type Proxy struct {
	Addr, Mask netip.Addr
	Protocol   uint8
	Port       uint16
}

// Proposal is one way to protect a flow, in IANA's numbers.
type Proposal struct {
	Protocol      uint8  // ProtoESP
	Transform     uint8  // ESPDES ...
	KeyBits       int    // AES only
	Auth          uint16 // AuthHMACMD5 ...; AuthNone without authenticator
	Encapsulation uint16
}

// InUDP is the same protection with its packets in UDP (RFC 3948).
func (p Proposal) InUDP() Proposal {
	switch p.Encapsulation {
	case EncapsTunnel:
		p.Encapsulation = EncapsUDPTunnel
	case EncapsTransport:
		p.Encapsulation = EncapsUDPTransport
	}
	return p
}

// IsInUDP reports whether its packets are in UDP.
func (p Proposal) IsInUDP() bool {
	return p.Encapsulation == EncapsUDPTunnel || p.Encapsulation == EncapsUDPTransport
}

// Lifetime bounds an SA. Zero fields do not limit.
type Lifetime struct {
	Seconds   uint32
	Kilobytes uint32
}

// Min is the smaller of both, field by field, where 0 is no limit.
func (l Lifetime) Min(m Lifetime) Lifetime {
	return Lifetime{minLimit(l.Seconds, m.Seconds), minLimit(l.Kilobytes, m.Kilobytes)}
}

// minLimit is the smaller of two limits, of which 0 is none.
func minLimit[T uint32 | time.Duration](a, b T) T {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// SARequest is key-engine message 1: a pair of SAs is wanted.
type SARequest struct {
	Local, Remote           netip.Addr
	LocalProxy, RemoteProxy Proxy
	Proposals               []Proposal // in the order of preference
	Seconds, Kilobytes      uint32
	PFS                     int    // 0, or the group
	SPI                     uint32 // the inbound SPI, already allocated
	RemotePort              uint16 // of a peer behind a NAT, 0 where that is not known
}

// ProposalRequest asks whether a proposal suits the configuration. Local and
// Remote are seen from this router, whichever end started.
type ProposalRequest struct {
	Local, Remote           netip.Addr
	LocalProxy, RemoteProxy Proxy
	Number                  int // of the proposal, as offered
	Proposal                Proposal
	PFS                     int // group offered with a KE payload, or 0
	Seconds, Kilobytes      uint32
	Initiator               bool
	SPI                     uint32 // initiator: the request's inbound SPI
	NAT                     bool   // there is one in between: packets are to go in UDP
}

// SAKeys are the keys of one direction.
type SAKeys struct {
	Encryption     []byte
	Authentication []byte
}

// Zero overwrites the keys.
func (k SAKeys) Zero() {
	clear(k.Encryption)
	clear(k.Authentication)
}

// SAPair is a negotiated pair of SAs.
type SAPair struct {
	Local, Remote           netip.AddrPort
	LocalProxy, RemoteProxy Proxy
	Proposal                Proposal
	PFS                     int
	InboundSPI, OutboundSPI uint32 // an initiator's InboundSPI is its SARequest.SPI
	Inbound, Outbound       SAKeys
	Seconds, Kilobytes      uint32 // negotiated; 0 = no limit
	Initiator               bool
	Mobile                  bool   // the peer's port or address may change: a NAT is before it
	ConnID                  int    // of the phase 1 SA
	PeerID                  string // its peer's identity
}

// withoutKeys is the pair as events name it.
func (p SAPair) withoutKeys() SAPair {
	p.Inbound, p.Outbound = SAKeys{}, SAKeys{}
	return p
}

// DeleteRequest is key-engine message 3: these inbound SAs are gone, tell the
// peer.
type DeleteRequest struct {
	Local, Remote netip.Addr
	RemotePort    uint16 // of a peer behind a NAT, 0 where that is not known
	Protocol      uint8
	SPIs          []uint32
	// Stray: they are not ours, and came in the packets of a peer that does not
	// know better.
	Stray bool
}

// IsHost reports whether the proxy is a single address, not a subnet.
func (p Proxy) IsHost() bool { return p.Mask == hostMask }
