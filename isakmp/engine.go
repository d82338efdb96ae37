package isakmp

import "net/netip"

// Engine is one router's IKE daemon.
type Engine struct{ env Env }

// New makes an engine. It is silent until it is asked or spoken to.
func New(env Env) *Engine { return &Engine{env: env} }

// Input takes a datagram that came to UDP 500.
func (e *Engine) Input(local, remote netip.AddrPort, message []byte) {}

// RequestSA is key-engine message 1: the key engine wants a pair of SAs.
func (e *Engine) RequestSA(r SARequest) {}

// DeleteNotify is key-engine message 3: inbound SAs are gone, the peer is to
// be told.
func (e *Engine) DeleteNotify(r DeleteRequest) {}

// PairReleased must be called once for every pair that InstallSAs made, when
// its SAs are gone for whatever reason: the peer struct's count falls.
func (e *Engine) PairReleased(local, remote netip.Addr) {}

// Clear deletes the phase 1 SA of that connection id, telling the peer, and
// says whether there was one.
func (e *Engine) Clear(conn int) bool { return false }

// ClearAll deletes every phase 1 SA, telling the peers.
func (e *Engine) ClearAll() {}

// Shutdown forgets everything: ISAKMP goes off. Peers are told.
func (e *Engine) Shutdown() {}

// SAs lists the phase 1 SAs, the newest first.
func (e *Engine) SAs() []SAStatus { return nil }

// Peers lists the peers in the order in which they came.
func (e *Engine) Peers() []PeerStatus { return nil }
