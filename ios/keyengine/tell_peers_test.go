package keyengine

import (
	"net/netip"
	"slices"
	"testing"
)

// TestOneDeletePerPeer: SAs that go are named in one message to each peer, address of
// this router and port.
func TestOneDeletePerPeer(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	var gone []*pair
	for i, at := range []struct{ local, remote string }{
		{"12.12.12.1", "23.23.23.3"}, {"12.12.12.1", "23.23.23.3"}, {"13.13.13.1", "23.23.23.3"}, {"12.12.12.1", "34.34.34.4"},
	} {
		p := *w.a.bindings[0].flows[0].pairs[0]
		p.agreed.Local, p.agreed.Remote = netip.AddrPortFrom(netip.MustParseAddr(at.local), 500), netip.AddrPortFrom(netip.MustParseAddr(at.remote), 500)
		p.agreed.InboundSPI = uint32(i + 1)
		gone = append(gone, &p)
	}
	w.a.deleted = nil
	w.a.tellPeers(gone)
	var spis [][]uint32
	for _, m := range w.a.deleted {
		spis = append(spis, m.SPIs)
	}
	if !slices.EqualFunc(spis, [][]uint32{{1, 2}, {3}, {4}}, slices.Equal[[]uint32]) {
		t.Errorf("%v", w.a.deleted)
	}
}
