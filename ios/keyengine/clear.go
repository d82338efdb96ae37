package keyengine

import (
	"net/netip"
	"slices"
)

// ClearAll deletes every SA: `clear crypto sa`.
func (e *Engine) ClearAll() { e.delete(e.all()) }

// ClearPeer deletes the SAs with a peer.
func (e *Engine) ClearPeer(peer netip.Addr) { e.delete(e.withAddress(peer)) }

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
