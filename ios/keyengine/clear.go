package keyengine

import (
	"net/netip"
	"slices"
)

// ClearAll deletes every SA: `clear crypto sa`.
func (e *Engine) ClearAll() { e.delete(e.all()) }

// ClearPeer deletes the SAs with a peer.
func (e *Engine) ClearPeer(peer netip.Addr) { e.delete(e.withAddress(peer)) }

// ClearSessions deletes the SAs between the addresses that are meant.
func (e *Engine) ClearSessions(meant func(local, remote netip.Addr) bool) {
	e.delete(slices.DeleteFunc(e.all(), func(p *pair) bool { return !meant(p.agreed.Local.Addr(), p.agreed.Remote.Addr()) }))
}

// ClearEntry deletes the pair with that SA, by the address that it is to and its
// SPI.
func (e *Engine) ClearEntry(dst netip.Addr, spi uint32) {
	e.delete(slices.DeleteFunc(e.all(), func(p *pair) bool {
		in := p.agreed.Local.Addr() == dst && p.agreed.InboundSPI == spi
		out := p.agreed.Remote.Addr() == dst && p.agreed.OutboundSPI == spi
		return !in && !out
	}))
}

// ClearMap deletes the SAs of a crypto map.
func (e *Engine) ClearMap(name string) {
	e.delete(slices.DeleteFunc(e.all(), func(p *pair) bool { return p.flow.binding.Map != name }))
}

// ClearCounters sets the counters of every flow to zero.
func (e *Engine) ClearCounters() {
	for _, b := range e.bindings {
		for _, f := range b.flows {
			f.counters.Clear()
		}
	}
}
