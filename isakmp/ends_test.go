package isakmp_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestShortenedLifetime: of what a responder tells, only what is shorter is believed; the
// SA ends then, once, and is renewed before that where its peer is watched.
func TestShortenedLifetime(t *testing.T) {
	w := tunnel(t)
	for _, tt := range []struct{ kind, told, want time.Duration }{
		{1, 2 * time.Hour, 2 * time.Hour}, {1, 3 * time.Hour, 2 * time.Hour}, {1, time.Hour, time.Hour}, {1, 2 * time.Hour, time.Hour}, {2, time.Minute, time.Hour},
	} {
		data := wire.AppendAttributes(nil, []wire.Attribute{
			wire.Basic(wire.AttrLifeType, uint16(tt.kind)), wire.Number(wire.AttrLife, uint32(tt.told/time.Second)),
		})
		w.b.engine.Notify(1, wire.NotifyResponderLifetime, isakmp.ProtoISAKMP, w.b.engine.Cookies(1), data)
		w.run(time.Second)
		s := w.a.engine.SAs()[0]
		if s.Policy.Lifetime != tt.want || s.Remaining > tt.want || s.Remaining < tt.want-time.Minute {
			t.Errorf("told %v: a lifetime of %v, %v remain", tt.told, s.Policy.Lifetime, s.Remaining)
		}
	}
	if n := told[isakmp.ResponderLifetime](w.a); n != 4 {
		t.Errorf("told of %d lifetimes", n)
	}
	w.run(70 * time.Minute)
	if n := told[isakmp.SAPurged](w.a); n != 1 || len(w.a.engine.SAs()) != 0 {
		t.Errorf("purged %d times", n)
	}
	w.run(5 * time.Minute)
	for at, left := w.Next(); left; at, left = w.Next() {
		t.Fatalf("a timer is left, due at %v", at)
	}
}

// TestRenewalBeforeAShortenedEnd: the end that watches renews phase 1 in time.
func TestRenewalBeforeAShortenedEnd(t *testing.T) {
	w := tunnel(t, only(periodic), func(w *world) { w.b.policy(func(p *isakmp.Policy) { p.Lifetime = 10 * time.Minute }) })
	w.run(9 * time.Minute)
	if n := told[isakmp.MainModeBegun](w.a); n != 0 {
		t.Errorf("begun %d times", n)
	}
	w.run(30 * time.Second)
	if n := told[isakmp.MainModeBegun](w.a); n != 1 {
		t.Errorf("begun %d times", n)
	}
}

// TestDeletedSAIsWatchedNoMore, though it is listed for a minute, and nothing is left of
// the watch then.
func TestDeletedSAIsWatchedNoMore(t *testing.T) {
	w := tunnel(t, only(periodic))
	w.run(time.Minute)
	w.a.ipsec.drop(w.a.ipsec.order[0])
	w.b.ipsec.drop(w.b.ipsec.order[0])
	w.a.engine.ClearAll()
	w.a.ipsec.looks = 0
	w.run(50 * time.Second)
	if n := w.a.ipsec.looks; n != 0 {
		t.Errorf("%d looks", n)
	}
	w.run(2 * time.Minute)
	if at, left := w.Next(); left {
		t.Errorf("a timer is left, due at %v", at)
	}
}

// TestLooksOfAWatch: the counts are looked at every second, whatever was heard in between
// and however many questions were answered.
func TestLooksOfAWatch(t *testing.T) {
	w := tunnel(t, only(periodic))
	w.a.quiet, w.b.quiet = true, true
	w.a.ipsec.looks = 0
	w.run(100 * time.Second)
	if n := w.a.ipsec.looks; n < 100 || n > 115 { // one more for each answer
		t.Errorf("%d looks in 100 s", n)
	}
	w.a.ipsec.looks = 0
	for i := range uint32(20) {
		w.b.engine.AreYouThere(1, i+1)
		w.run(500 * time.Millisecond)
	}
	if n := w.a.ipsec.looks; n < 28 || n > 31 { // one more for each question
		t.Errorf("%d looks in ten seconds with 20 questions", n)
	}
}

// TestSilenceSinceTheBeginning: a watch begins with a peer that was heard just now, however
// late that is.
func TestSilenceSinceTheBeginning(t *testing.T) {
	w := newWorld(t)
	only(periodic)(w)
	w.run(time.Hour)
	w.a.want()
	w.run(10 * time.Second)
	if n := told[isakmp.AliveSent](w.a); n != 0 {
		t.Errorf("asked %d times within ten seconds", n)
	}
	w.run(4 * time.Second)
	if n := told[isakmp.AliveSent](w.a); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestWhatProvesThatAPeerLives: everything that it has signed, but for answers to no
// question and questions that are old (RFC 3706 §5.4).
func TestWhatProvesThatAPeerLives(t *testing.T) {
	for _, tt := range []struct {
		name  string
		say   func(w *world)
		lives bool
	}{
		{"nothing", func(*world) {}, false},
		{"a question", func(w *world) { w.b.engine.AreYouThere(1, uint32(w.Now()/time.Second)) }, true},
		{"an old question", func(w *world) { w.b.engine.AreYouThere(1, 1) }, false},
		{"an answer", func(w *world) { w.b.engine.Answer(1, 77) }, false},
		{"a notification", func(w *world) { w.b.engine.Notify(1, 30000, isakmp.ProtoESP, nil, nil) }, true},
		{"a delete", func(w *world) { w.b.engine.Say(1, deletion(isakmp.ProtoESP, []byte{1, 2, 3, 4})) }, true},
		{"a quick mode", func(w *world) { w.b.want() }, true},
	} {
		w := tunnel(t, only(periodic))
		w.b.engine.AreYouThere(1, 2)
		w.run(time.Second)
		for range 20 {
			w.filter = nil
			tt.say(w)
			w.run(900 * time.Millisecond)
			w.losing(lose)
			w.run(4100 * time.Millisecond)
		}
		if dead := w.a.ipsec.dead > 0; dead == tt.lives {
			t.Errorf("%s: dead %v", tt.name, dead)
		}
	}
}

// TestWatchUnderAnOlderSA: where the newest SA with a peer goes, the one before is asked
// under.
func TestWatchUnderAnOlderSA(t *testing.T) {
	w := tunnel(t, only(periodic))
	w.b.engine.Forget()
	w.b.want() // a second SA, from the other side
	w.run(3 * time.Second)
	w.run(time.Minute)
	for _, e := range w.a.events {
		if asked, is := e.(isakmp.AliveSent); is && asked.SA.Conn != 2 {
			t.Errorf("asked under SA %d", asked.SA.Conn)
		}
	}
	w.losing(lose)
	w.a.engine.Clear(2)
	w.a.events = nil
	w.run(15 * time.Second)
	if asked, is := find[isakmp.AliveSent](w.a); !is || asked.SA.Conn != 1 {
		t.Errorf("asked %v under SA %d", is, asked.SA.Conn)
	}
}

// TestExchangesThatMadeRoomAreNotPurged again.
func TestExchangesThatMadeRoomAreNotPurged(t *testing.T) {
	w := tunnel(t)
	w.a.quiet, w.b.quiet = true, true
	for i := range uint32(2 * isakmp.MaxNodes) {
		w.a.engine.Notify(1, uint16(30000+i), isakmp.ProtoESP, nil, nil)
		w.run(50 * time.Millisecond)
	}
	w.b.events = nil
	w.run(2 * time.Minute)
	if n := told[isakmp.NodePurged](w.b); n != isakmp.MaxNodes {
		t.Errorf("told of %d", n)
	}
}

// TestLateOnOldPortIsIgnored: what comes again at the port that an SA has left is told of
// as received, and no more (RFC 3947 §4).
func TestLateOnOldPortIsIgnored(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	sent := len(w.sent)
	for i, d := range w.sent[:sent] {
		if [4]byte(d.message) == [4]byte{} || i == 0 {
			continue // of port 4500, or a first message, which begins an SA from a port that is not known
		}
		to := d.from.other()
		from := d.from.addr
		if d.from == w.a {
			from = netip.AddrPortFrom(w.nat.public, 40001)
		}
		to.events = nil
		to.engine.Input(to.addr, from, d.message)
		if _, is := find[isakmp.Received](to); !is || len(to.events) != 1 {
			t.Errorf("message %d: told %+v", i, to.events)
		}
	}
	if len(w.sent) != sent {
		t.Errorf("%d messages are answered", len(w.sent)-sent)
	}
}
