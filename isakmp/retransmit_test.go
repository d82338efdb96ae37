package isakmp

import (
	"testing"
	"time"
)

// TestErrorsOfAnSA: the fifth is the last; one more ends an SA that is not up, and no
// other.
func TestErrorsOfAnSA(t *testing.T) {
	for _, tt := range []struct {
		state       State
		errors      int
		counts, end bool
	}{
		{StateIMM1, 0, true, false}, {StateIMM1, 4, true, false}, {StateIMM1, 5, false, true}, {StateIMM1, 6, false, true},
		{StateP1Complete, 4, true, false}, {StateP1Complete, 5, false, false},
	} {
		n := newScene()
		s := n.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		s.state, s.errors = tt.state, tt.errors
		if got := s.countError(ErrorUnanswered1); got != tt.counts || s.deleted != tt.end {
			t.Errorf("%s, %d errors: counted %v, deleted %v", tt.state, tt.errors, got, s.deleted)
		}
		told := times[ErrorCount](n)
		if want := tt.errors + 1; tt.counts && (told != 1 || s.errors != want) || !tt.counts && told != 0 {
			t.Errorf("%s, %d errors: told of %d, %d are counted", tt.state, tt.errors, told, s.errors)
		}
	}
}

// TestRepetitionsOfAQuickMode: what is counted on it counts on its SA, which may have
// more; after the fifth it neither repeats itself nor answers repetitions.
func TestRepetitionsOfAQuickMode(t *testing.T) {
	for _, tt := range []struct{ errors, of, want int }{{0, 0, 1}, {1, 0, 2}, {1, 3, 3}, {4, 0, 5}, {5, 5, 0}} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		q := s.newQuick(7, Responder)
		q.enter()
		q.errors, s.errors, q.spi = tt.errors, tt.of, 0x1000
		if q.repeats() != (tt.errors < 5) {
			t.Errorf("%d errors: a repetition is answered: %v", tt.errors, q.repeats())
		}
		if counted := q.countRetry(); counted != (tt.want > 0) || q.deleted == counted {
			t.Errorf("%d errors: counted %v, deleted %v", tt.errors, counted, q.deleted)
		}
		if tt.want > 0 && (q.errors != tt.errors+1 || s.errors != tt.want) {
			t.Errorf("%d errors, %d of the SA: become %d and %d", tt.errors, tt.of, q.errors, s.errors)
		}
		if failed := len(n.ipsec.failed) == 1 && n.ipsec.failed[0] == 0x1000; failed != (tt.want == 0) || s.deleted {
			t.Errorf("%d errors: failed %x, the SA is deleted: %v", tt.errors, n.ipsec.failed, s.deleted)
		}
	}
}

// TestDuplicates: when our latest message goes again because the one before came again.
func TestDuplicates(t *testing.T) {
	answer := packet{raw: []byte("answer"), number: 2}
	for _, tt := range []struct {
		name      string
		role      Role
		state     State
		sent      packet
		since     time.Duration
		latest    bool
		resending bool
		due       bool // it would go, if we had not just sent it
		again     bool
	}{
		{"an answer", Responder, StateRMM2, answer, time.Second, true, false, true, true},
		{"an answer just now", Responder, StateRMM2, answer, 500*time.Millisecond - 1, true, false, true, false},
		{"an answer half a second ago", Responder, StateRMM2, answer, 500 * time.Millisecond, true, false, true, true},
		{"an older message", Responder, StateRMM4, answer, time.Second, false, false, false, false},
		{"nothing to say", Responder, StateRMM2, packet{}, time.Second, true, false, false, false},
		{"a second duplicate", Responder, StateRMM2, answer, time.Second, true, true, true, false},
		{"an initiator that is not done", Initiator, StateIMM3, answer, time.Second, true, false, true, true},
		{"an initiator that is", Initiator, StateP1Complete, answer, time.Second, true, false, false, false},
		{"a responder that is", Responder, StateP1Complete, answer, time.Second, true, false, true, true},
	} {
		n := newScene()
		s := n.enter(tt.role, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		s.state, s.sent, s.sentAt, s.resending = tt.state, tt.sent, n.clock.now-tt.since, tt.resending
		n.events = nil
		s.duplicate(tt.latest)
		if times[Duplicate](n) != 1 || (times[RetransmitDue](n) == 1) != tt.due {
			t.Errorf("%s: told %+v", tt.name, n.events)
		}
		if again := times[RetransmitTimer](n) == 1; again != tt.again || again != (len(n.clock.due) == 1) || s.resending != (again || tt.resending) {
			t.Errorf("%s: it goes again: %v, timers %v", tt.name, again, n.clock.due)
		}
		for _, due := range n.clock.due {
			if due != n.clock.now+500*time.Millisecond {
				t.Errorf("%s: after %v", tt.name, due-n.clock.now)
			}
		}
		for _, e := range n.events {
			if skipped, is := e.(RetransmitSkipped); is && (tt.again || skipped.SinceMS != 499) {
				t.Errorf("%s: told %+v", tt.name, skipped)
			}
		}
	}
}

// TestOneTimerOfAnExchange: each planned repetition takes the place of the one before,
// and none is left of an exchange that goes on, or of an SA that comes to nothing.
func TestOneTimerOfAnExchange(t *testing.T) {
	n := newScene()
	s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	s.send(packet{raw: []byte("answer"), number: 2}, true)
	n.clock.now += time.Second
	s.duplicate(true)
	if len(n.clock.due) != 1 || len(n.sent) != 1 {
		t.Errorf("%d timers, %d messages", len(n.clock.due), len(n.sent))
	}
	s.accept(&message{raw: []byte("third")})
	if len(n.clock.due) != 0 || s.awaiting || s.resending || s.errors != 0 || s.count != 1 {
		t.Errorf("%d timers, %+v", len(n.clock.due), s.exchange)
	}
	s.send(packet{raw: []byte("answer"), number: 4}, true)
	s.abandon()
	if len(n.clock.due) != 0 || len(n.peers) != 0 || len(n.sas) != 0 {
		t.Errorf("%d timers, %d peers, %d SAs are left", len(n.clock.due), len(n.peers), len(n.sas))
	}
	// A message that is not to be answered is not repeated.
	s = n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	s.send(packet{raw: []byte("last"), number: 6}, false)
	if len(n.clock.due) != 0 {
		t.Errorf("%d timers", len(n.clock.due))
	}
}

// TestPurgedExchangesLeaveNoTimer: neither those that make room nor those of an SA that is
// purged.
func TestPurgedExchangesLeaveNoTimer(t *testing.T) {
	n := newScene()
	s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	for id := range uint32(3) {
		q := s.newQuick(id+1, Responder)
		q.enter()
		q.finish(false, NodeDone)
	}
	n.clock.now++ // their timers are as old as they are
	if !s.roomFor(Responder, 3) || s.find(1) != nil || len(s.exchanges) != 2 || !s.idRetired(1) {
		t.Error("not the oldest makes room")
	}
	if len(n.clock.due) != 2 {
		t.Errorf("%d timers of two exchanges", len(n.clock.due))
	}
	s.setLifetime(time.Hour)
	s.setLifetime(time.Minute)
	if len(n.clock.due) != 3 || s.policy.Lifetime != time.Minute || s.expires != n.clock.now+time.Minute {
		t.Errorf("%d timers, a lifetime of %v", len(n.clock.due), s.policy.Lifetime)
	}
	s.state, s.keys = StateP1Complete, somePhase1(t)
	s.closeSA(SACleared, false)
	s.purgeNow()
	if len(n.clock.due) != 0 {
		t.Errorf("%d timers of nothing", len(n.clock.due))
	}
	if key := s.keys.CipherKey(); string(key) != string(make([]byte, len(key))) {
		t.Errorf("the key %x is left", key)
	}
}
