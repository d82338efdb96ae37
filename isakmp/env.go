package isakmp

import (
	"io"
	"net/netip"
	"time"
)

// Clock is the router's view of time.
type Clock interface {
	// Now is the time since the lab's start, never earlier than the moment
	// until which the router's processor is busy.
	Now() time.Duration
	// After runs f on the loop when d has passed. stop is idempotent, and keeps f from
	// running also where it is due and only waits for the router's processor.
	After(d time.Duration, f func()) (stop func())
}

// Env is the world an Engine is handed.
type Env struct {
	Clock Clock
	// Rand gives cookies, nonces, message IDs, DH secrets, struct addresses.
	Rand io.Reader
	// Spend charges modelled processor time; nil costs nothing.
	Spend func(time.Duration)
	// Send takes one UDP payload.
	Send func(local, remote netip.AddrPort, message []byte)
	// Emit is told of everything IOS would speak of; nil is deaf.
	Emit func(Event)
	// Watched reports whether Sending and Received are to bear what messages say;
	// nil is never.
	Watched func() bool
	// Keyed is told of each SA that has got its keys; nil does not want to know.
	Keyed func(Keying)
	// IPsec is the key engine on the other side of the key-engine messages.
	IPsec KeyEngine
	// Hostname is what HostIdentity goes by.
	Hostname func() string
	// Release is how the router's IOS release behaves; nil is 12.4.
	Release *Release
	// Config is live: the command line edits it, the engine reads it when it
	// needs it.
	Config *Config
}

// KeyEngine is the IPsec side: the owner of crypto maps and IPsec SAs. Its
// methods are called on the loop and may call back into the Engine.
type KeyEngine interface {
	// AllocateSPI reserves an inbound SPI (a larval SA) towards remote.
	AllocateSPI(local, remote netip.Addr, protocol uint8) uint32
	// ValidateProposal is asked by the responder for each offer whose
	// attributes ISAKMP understands, and by the initiator for the answer. The
	// errors are ErrProxyIdentities, ErrTransformProposal (wrong PFS too) and
	// ErrLocalAddress. The lifetime is what is configured here for that flow;
	// zero fields do not limit. The smaller of it and the offer is used.
	ValidateProposal(r ProposalRequest) (Lifetime, error)
	// InitializeSAs announces a pair just before it is made (IOS's
	// `IPSEC(initialize_sas)`); nothing has to be done.
	InitializeSAs(p SAPair)
	// InstallSAs makes both SAs, or calls PairReleased at once if it cannot. The
	// pair's keys are the key engine's from then on: it clears them at their end. A
	// responder must not send on the outbound one before EnableOutbound; the
	// initiator may at once.
	InstallSAs(p SAPair)
	// EnableOutbound: quick mode's third message came; spi is the outbound SPI
	// of the pair.
	EnableOutbound(remote netip.AddrPort, spi uint32)
	// PeerDeleted passes on a delete payload: the SPIs are those the peer
	// receives on, our outbound ones. Peers behind one NAT differ in their ports.
	PeerDeleted(remote netip.AddrPort, protocol uint8, spis []uint32)
	// InitialContact: the peer says that it knows of no SAs between us. All
	// pairs with it are to go; DeleteNotify may be called for them at once.
	InitialContact(local, remote netip.AddrPort) (hadSAs bool)
	// PeerDead: the peer does not answer any more. All pairs with it are to go,
	// and it need not be told; where there is another peer, that is the next.
	PeerDead(local, remote netip.AddrPort)
	// Traffic counts the packets that the live pairs with the peer have carried.
	Traffic(local, remote netip.AddrPort) (sent, received uint64)
	// PeerMoved: a NAT has given the peer another port or address; its pairs go
	// there.
	PeerMoved(local, from, to netip.AddrPort)
	// RequestFailed: what this inbound SPI was reserved for came to nothing. It
	// is that of a request, or one of AllocateSPI; in the latter case InstallSAs
	// may have been called already, and the pair is to go, which the peer is to be
	// told of, unless it has already been used by the peer.
	RequestFailed(local, remote netip.Addr, spi uint32)
}
