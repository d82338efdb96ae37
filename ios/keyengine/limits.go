package keyengine

import (
	"cmp"
	"net/netip"
	"slices"
)

// A peer that has proved who it is may still ask for pairs without end.
const (
	maxPairsOfFlow = 8
	maxPairsOfPeer = 512
)

// makeRoom ends the oldest pair where the newest is one too many.
func (e *Engine) makeRoom(f *flow, peer netip.Addr) {
	if len(f.pairs) > maxPairsOfFlow {
		e.expire(f.pairs[0])
	}
	if all := e.withAddress(peer); len(all) > maxPairsOfPeer {
		e.expire(slices.MinFunc(all, func(a, b *pair) int { return cmp.Compare(a.inConn, b.inConn) }))
	}
}
