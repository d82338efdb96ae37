package keyengine

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/esp"
)

// refuse has ISAKMP give the latest request up.
func (d *end) refuse() {
	r := d.requests[len(d.requests)-1]
	d.RequestFailed(r.Local, r.Remote, r.SPI)
}

// wants sends a packet of the flow, and returns how many requests it has made.
func (w *world) wants() int {
	before := len(w.a.requests)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(0)
	return len(w.a.requests) - before
}

// TestRefusedRequestIsHeld: packets of its flow make no other for 30 s; then it is
// repeated, under another SPI, once. After that a packet makes a new one.
func TestRefusedRequestIsHeld(t *testing.T) {
	w := newWorld(t)
	if w.wants() != 1 {
		t.Fatal("no request")
	}
	w.a.refuse()
	for range 29 {
		if w.wants() != 0 {
			t.Fatalf("a request after %v", w.Now())
		}
		w.Pass(time.Second)
	}
	w.Pass(time.Second)
	if len(w.a.requests) != 2 || w.a.requests[0].SPI == w.a.requests[1].SPI {
		t.Fatalf("%d requests after %v", len(w.a.requests), w.Now())
	}
	w.a.refuse()
	w.Pass(29 * time.Second)
	if w.wants() != 0 {
		t.Error("a request while the second is held")
	}
	w.Pass(time.Second)
	if len(w.a.requests) != 2 || len(w.a.deleted) != 0 {
		t.Errorf("%d requests, %d deletes after %v", len(w.a.requests), len(w.a.deleted), w.Now())
	}
	if w.wants() != 1 {
		t.Error("no request when none is held")
	}
}

// TestRepeatedRequestIsOfToday: it is made of the configuration as it is then, and
// not at all where that does not want it any more.
func TestRepeatedRequestIsOfToday(t *testing.T) {
	w := newWorld(t)
	w.wants()
	w.a.refuse()
	w.a.Config.Maps[0].Entries[0].PFS = 5
	w.Pass(requestTimeout)
	if n := len(w.a.requests); n != 2 || w.a.requests[1].PFS != 5 {
		t.Fatalf("%d requests, the last %+v", n, w.a.requests[n-1])
	}
	w.a.refuse()
	w.Pass(requestTimeout)
	for _, spoil := range []func(*Entry){
		func(e *Entry) { e.Peers = nil },
		func(e *Entry) { e.ACL = "102" },
		func(e *Entry) { e.TransformSets = nil },
	} {
		w := newWorld(t)
		w.wants()
		w.a.refuse()
		entry := w.a.Config.Maps[0].Entries[0]
		was := *entry
		spoil(entry)
		w.Pass(time.Minute)
		if len(w.a.requests) != 1 {
			t.Errorf("%d requests", len(w.a.requests))
		}
		if *entry = was; w.wants() != 1 {
			t.Error("no request when the entry is whole again")
		}
	}
}

// TestRefusedWithoutPeers: the peers of an entry may be gone when an answer comes.
func TestRefusedWithoutPeers(t *testing.T) {
	w := newWorld(t)
	w.wants()
	w.a.Config.Maps[0].Entries[0].Peers = nil
	w.a.refuse()
	w.Pass(time.Minute)
	if len(w.a.requests) != 1 {
		t.Errorf("%d requests", len(w.a.requests))
	}
}

// TestDropHeld: when something has changed the next packet asks, whether the
// request had come to nothing before or does so afterwards.
func TestDropHeld(t *testing.T) {
	w := newWorld(t)
	w.wants()
	w.a.refuse()
	w.a.DropHeld()
	if w.wants() != 1 {
		t.Fatal("no request after the change")
	}
	w.a.DropHeld()
	if w.wants() != 0 {
		t.Error("a request beside the one that is under way")
	}
	w.a.refuse()
	if w.wants() != 1 {
		t.Error("no request after the old one came to nothing")
	}
	w.a.refuse()
	if w.wants() != 0 {
		t.Error("a request of the new configuration is not held")
	}
}

// TestChangedRequestIsReplaced: a packet does not wait for the answer of a peer that
// the configuration has given up meanwhile, or to an offer that it makes no more.
func TestChangedRequestIsReplaced(t *testing.T) {
	other := netip.MustParseAddr("24.24.24.4")
	for name, change := range map[string]func(*end, *Entry){
		"peer": func(_ *end, e *Entry) { e.Peers = []netip.Addr{other} },
		"PFS":  func(_ *end, e *Entry) { e.PFS = 5 },
		"transform set": func(d *end, _ *Entry) {
			d.SetTransformSet(TransformSet{"TS", esp.Transform{Cipher: esp.AES, KeyBits: 128, Auth: esp.SHA1}})
		},
		"lifetime": func(_ *end, e *Entry) { e.Lifetime.Seconds = 900 },
	} {
		w := newWorld(t)
		w.wants()
		change(w.a, w.a.Config.Maps[0].Entries[0])
		w.a.DropHeld()
		w.Pass(time.Second)
		if w.wants() != 1 {
			t.Errorf("%s: the next packet does not ask", name)
			continue
		}
		if w.wants() != 0 || len(w.a.asking) != 1 {
			t.Errorf("%s: two requests at once", name)
		}
		w.a.RequestFailed(left, right, w.a.requests[0].SPI) // of which no one waits any more
		if w.a.bindings[0].flows[0].request.held {
			t.Errorf("%s: the old request's failure is taken for the new one's", name)
		}
	}
}

// TestEveryPeerIsTriedBeforeHolding: the next packet turns to the next peer.
func TestEveryPeerIsTriedBeforeHolding(t *testing.T) {
	w := newWorld(t)
	other := netip.MustParseAddr("24.24.24.4")
	w.a.Config.Maps[0].Entries[0].Peers = []netip.Addr{right, other}
	for round := range 2 {
		for _, peer := range []netip.Addr{right, other} {
			if n := w.wants(); n > 1 || n == 0 && len(w.a.requests) != 2*round+1 {
				t.Fatalf("round %d: %d requests to %v", round, n, peer)
			}
			if r := w.a.requests[len(w.a.requests)-1]; r.Remote != peer {
				t.Errorf("round %d: asked %v, want %v", round, r.Remote, peer)
			}
			w.a.refuse()
		}
		if w.wants() != 0 {
			t.Errorf("round %d: a request after all have refused", round)
		}
		w.Pass(requestTimeout)
	}
}

// TestPeersPairEndsTheHold: a pair that the peer has asked for answers the request.
func TestPeersPairEndsTheHold(t *testing.T) {
	w := newWorld(t)
	w.wants()
	w.a.refuse()
	w.b.Select(w.ifc, ipPacket("20.1.1.1", "10.1.1.1"))
	w.Pass(0)
	negotiate(t, w.b, w.a)
	w.Pass(2 * requestTimeout)
	if len(w.a.requests) != 1 || len(w.a.deleted) != 0 {
		t.Errorf("%d requests, %d deletes", len(w.a.requests), len(w.a.deleted))
	}
}
