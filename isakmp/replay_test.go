package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestRecordedQuickMode: a stranger sends what R1 once sent, when the exchange
// is long purged. The message is R1's own work, but not news (RFC 2409 §5.5).
func TestRecordedQuickMode(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	var first []byte
	for _, d := range w.sent {
		if d.from == w.a && d.message[18] == wire.ExchangeQuick && first == nil {
			first = d.message
		}
	}
	w.a.engine.AreYouThere(1, 7)
	asked := w.sent[len(w.sent)-1].message
	w.run(5 * time.Minute)
	w.sent = nil
	for range 3 {
		w.b.engine.Input(w.b.addr, w.a.addr, first)
		w.b.engine.Input(w.b.addr, w.a.addr, asked)
		w.run(2 * time.Minute)
	}
	if len(w.sent) != 0 {
		t.Errorf("R3 answered with %d messages", len(w.sent))
	}
	if n := len(w.b.ipsec.pairs); n != 1 {
		t.Errorf("R3 has %d pairs", n)
	}
	if w.b.engine.SAs()[0].Deleted {
		t.Error("R3 gave up phase 1")
	}
}

// TestTwoQuestionsInOneMessage: each is answered, but the exchange ends once, and
// no timer of it is left behind when ISAKMP goes off.
func TestTwoQuestionsInOneMessage(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.b.events = nil
	ask := notification(isakmp.ProtoISAKMP, wire.NotifyAreYouThere, w.a.engine.Cookies(1), 0, 0, 0, 1)
	w.a.engine.Say(1, ask, ask)
	w.run(10 * time.Second)
	ended := 0
	for _, e := range w.b.events {
		if _, ok := e.(isakmp.NodeDeleting); ok {
			ended++
		}
	}
	if ended != 1 {
		t.Errorf("the exchange ended %d times", ended)
	}
	w.b.engine.Shutdown()
	w.b.events = nil
	w.run(2 * time.Minute)
	for _, e := range w.b.events {
		if _, ok := e.(isakmp.NodePurged); ok {
			t.Error("an exchange was purged that was gone")
		}
	}
}

// TestTruncatedNumbers: an attribute of more than 16 bits is not the number that
// its lower half would be.
func TestTruncatedNumbers(t *testing.T) {
	for _, kind := range []uint16{wire.AttrEncryption, wire.AttrHash, wire.AttrAuth} {
		w := newWorld(t)
		offer := []wire.Attribute{
			wire.Basic(wire.AttrEncryption, 1), wire.Basic(wire.AttrHash, 2), wire.Basic(wire.AttrGroup, 1),
			wire.Basic(wire.AttrAuth, 1), wire.Basic(wire.AttrLifeType, 1), wire.Number(wire.AttrLife, 86400),
		}
		for i, a := range offer {
			if a.Type == kind {
				offer[i] = wire.Number(kind, 0x10000|a.Uint())
			}
		}
		w.b.engine.Input(w.b.addr, w.a.addr, firstMessageWith(1, offer))
		for _, s := range w.b.engine.SAs() {
			if !s.Deleted {
				t.Errorf("attribute %d was taken for its lower half", kind)
			}
		}
	}
}
