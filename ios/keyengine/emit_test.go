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
