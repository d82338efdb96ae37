package keyengine

import (
	"testing"

	"github.com/ioslab/ioslab/esp"
)

// TestRequestIsToldForEachTransformSet: there is an event for each transform set,
// in the order of preference, with the SPI that any of them would have.
func TestRequestIsToldForEachTransformSet(t *testing.T) {
	w := newWorld(t)
	strong := esp.Transform{Cipher: esp.AES, KeyBits: 256, Auth: esp.SHA1}
	w.a.SetTransformSet(TransformSet{"STRONG", strong})
	w.a.Config.Maps[0].Entries[0].TransformSets = []string{"STRONG", "TS"}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	want := []esp.Transform{strong, desMD5}
	if len(w.a.events) != len(want) {
		t.Fatalf("%d events: %+v", len(w.a.events), w.a.events)
	}
	first := w.a.events[0].(SARequested)
	for i, e := range w.a.events {
		r, ok := e.(SARequested)
		if !ok || r.Proposal != proposal(want[i]) || r.SPI != first.SPI || r.Flow != first.Flow {
			t.Errorf("event %d: %+v", i, e)
		}
	}
}

// TestProxyIsMatchedTwice: either end looks the flow of a quick mode up for the
// offer, and again for the pair; an offer for another flow finds none.
func TestProxyIsMatchedTwice(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	for name, d := range map[string]*end{"a": w.a, "b": w.b} {
		n := 0
		for _, e := range d.events {
			if m, ok := e.(ProxyMatched); ok {
				n++
				if m.Flow.Local != d.addr || m.Flow.LocalProxy.Addr == m.Flow.RemoteProxy.Addr {
					t.Errorf("%s: %+v", name, m)
				}
			}
		}
		if n != 2 {
			t.Errorf("%s: %d times", name, n)
		}
	}
}
