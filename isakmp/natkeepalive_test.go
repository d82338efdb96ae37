package isakmp_test

import (
	"bytes"
	"testing"
	"time"
)

// keepalives counts those that a router has sent since it was last asked, and
// forgets what was sent.
func (w *world) keepalives(r *router) int {
	n := 0
	for _, d := range w.sent {
		if d.from == r && bytes.Equal(d.message, []byte{0xff}) {
			n++
		}
	}
	w.sent = nil
	return n
}

// keepingMapping has both ends keep the way through the NAT every 20 s, with the
// tunnel up: R1 is inside.
func keepingMapping(t *testing.T) *world {
	t.Helper()
	w := natWorld(t)
	for _, r := range w.all {
		r.config.NATKeepalive = 20 * time.Second
	}
	w.throughNAT(t)
	w.sent = nil
	return w
}

// TestNATKeepalives: who is inside speaks when it has sent nothing for the
// interval, give or take a fifth; who is outside never does.
func TestNATKeepalives(t *testing.T) {
	w := keepingMapping(t)
	w.run(15 * time.Second)
	if n := w.keepalives(w.a); n != 0 {
		t.Errorf("%d keepalives before the interval is over", n)
	}
	w.run(10 * time.Second)
	if n := w.keepalives(w.a); n != 1 {
		t.Errorf("%d keepalives in the first 25 s", n)
	}
	for range 10 {
		w.run(20 * time.Second)
		if n := w.keepalives(w.a); n != 1 {
			t.Errorf("%d keepalives in 20 s", n)
		}
	}
	w.run(200 * time.Second)
	if n := w.keepalives(w.b); n != 0 {
		t.Errorf("%d keepalives from outside", n)
	}
}

// TestNATKeepalivesAreForSilence: packets in the tunnel, and IKE messages, do as
// well.
func TestNATKeepalivesAreForSilence(t *testing.T) {
	for name, speak := range map[string]func(*world){
		"packets":  func(w *world) { w.a.ipsec.sentPackets += 7 },
		"messages": func(w *world) { w.a.engine.AreYouThere(1, uint32(w.Now())) },
	} {
		w := keepingMapping(t)
		for range 20 {
			speak(w)
			w.run(5 * time.Second)
		}
		if n := w.keepalives(w.a); n != 0 {
			t.Errorf("%s: %d keepalives", name, n)
		}
		w.run(12 * time.Second)
		if n := w.keepalives(w.a); n != 0 {
			t.Errorf("%s: %d keepalives 17 s after the last", name, n)
		}
		w.run(9 * time.Second)
		if n := w.keepalives(w.a); n != 1 {
			t.Errorf("%s: %d keepalives 26 s after the last", name, n)
		}
	}
	// What comes in keeps no mapping.
	w := keepingMapping(t)
	for range 5 {
		w.a.ipsec.receivedPackets++
		w.run(5 * time.Second)
	}
	if n := w.keepalives(w.a); n != 1 {
		t.Errorf("received packets alone: %d keepalives", n)
	}
}

// TestNATKeepaliveIntervalChanges: another interval holds at once, and none ends it.
func TestNATKeepaliveIntervalChanges(t *testing.T) {
	w := keepingMapping(t)
	set := func(d time.Duration) {
		w.a.config.NATKeepalive = d
		w.a.engine.NATKeepaliveChanged()
	}
	set(5 * time.Second)
	w.run(31 * time.Second)
	if n := w.keepalives(w.a); n < 5 || n > 6 {
		t.Errorf("every 5 s: %d in 31 s", n)
	}
	set(0)
	w.run(5 * time.Minute)
	if n := w.keepalives(w.a); n != 0 {
		t.Errorf("never: %d", n)
	}
	set(20 * time.Second)
	w.run(25 * time.Second)
	if n := w.keepalives(w.a); n != 1 {
		t.Errorf("again every 20 s: %d in 25 s", n)
	}
	// An interval that goes without a word ends the watch when it is next looked at.
	w.a.config.NATKeepalive = 0
	w.run(5 * time.Minute)
	if n := w.keepalives(w.a); n != 0 {
		t.Errorf("never, without being told: %d", n)
	}
}

// TestNATKeepalivesEnd: with the last SA the peer is forgotten, and its mapping
// too; without a NAT there is none.
func TestNATKeepalivesEnd(t *testing.T) {
	w := keepingMapping(t)
	w.a.ipsec.expire(w.a.ipsec.order[0])
	w.a.engine.ClearAll()
	w.run(2 * time.Minute)
	w.sent = nil
	w.run(5 * time.Minute)
	if n := w.keepalives(w.a); n != 0 || len(w.a.engine.Peers()) != 0 {
		t.Errorf("%d keepalives to nobody, %d peers", n, len(w.a.engine.Peers()))
	}
	w = newWorld(t)
	for _, r := range w.all {
		r.config.NATKeepalive = 20 * time.Second
	}
	w.a.want()
	w.run(5 * time.Minute)
	if n := w.keepalives(w.a); n != 0 {
		t.Errorf("%d keepalives without a NAT", n)
	}
}

// TestNATKeepalivesOfTwoSAs: a second SA of phase 1 with the peer keeps the mapping no
// more often.
func TestNATKeepalivesOfTwoSAs(t *testing.T) {
	w := keepingMapping(t)
	w.a.engine.ClearAll()
	w.run(time.Second)
	w.a.want()
	w.run(3 * time.Second)
	w.sent = nil
	w.run(100 * time.Second)
	if n := w.keepalives(w.a); n < 4 || n > 5 {
		t.Errorf("%d keepalives in 100 s", n)
	}
}

// TestNoWatchOverAMapping: where no keepalives are configured, or we are outside, what
// the pairs carry is not looked at.
func TestNoWatchOverAMapping(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	w.run(time.Minute)
	if n := w.a.ipsec.looks; n != 0 {
		t.Errorf("%d looks without keepalives", n)
	}
	w = keepingMapping(t)
	w.run(time.Minute)
	if inside, outside := w.a.ipsec.looks, w.b.ipsec.looks; inside == 0 || outside != 0 {
		t.Errorf("%d looks inside, %d outside", inside, outside)
	}
}
