package isakmp

import (
	"slices"
	"testing"
	"time"
)

// watching has an SA that is up watch its peer, which was heard just now.
func watching(t *testing.T, k Keepalive) (*scene, *sa) {
	t.Helper()
	n := newScene()
	s := n.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	s.state, s.peerDPD, s.expires = StateP1Complete, true, n.clock.now+24*time.Hour
	s.keys = somePhase1(t)
	n.config.Keepalive = k
	n.events = nil
	s.startDPD()
	return n, s
}

var every10 = Keepalive{Interval: 10 * time.Second, Retry: 3 * time.Second, Periodic: true}

// dueIn lists when timers are due, from now on.
func (n *scene) dueIn() (list []time.Duration) {
	for _, at := range n.clock.due {
		list = append(list, at-n.clock.now)
	}
	slices.Sort(list)
	return list
}

// TestWatchBegins where it is configured and the peer understands it. Its numbers are
// random and far from their overflow (RFC 3706 §5.4).
func TestWatchBegins(t *testing.T) {
	n, s := watching(t, every10)
	if s.dpd == nil || s.dpd.sequence != 0x7fffffff || s.dpd.heard != n.clock.now {
		t.Errorf("%+v", s.dpd)
	}
	if got := n.dueIn(); !slices.Equal(got, []time.Duration{time.Second, 24*time.Hour - 40*time.Second}) {
		t.Errorf("timers in %v", got)
	}
	s.stopDPD()
	if len(n.clock.due) != 0 {
		t.Errorf("timers are left: %v", n.clock.due)
	}
	if _, s := watching(t, Keepalive{}); s.dpd != nil {
		t.Error("a watch that nothing asked for")
	}
	s = n.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 3, 4)
	if s.startDPD(); s.dpd != nil {
		t.Error("a watch over a peer that knows no R_U_THERE")
	}
	for interval, want := range map[time.Duration]time.Duration{1: 1, 10: 1, 11: 1100, 60: 6, 3600: 360} {
		unit := time.Second
		if want > 1000 {
			unit = time.Millisecond
		}
		if got := (&dpd{Keepalive: Keepalive{Interval: interval * time.Second}}).granularity(); got != want*unit {
			t.Errorf("interval %d s: a look every %v", interval, got)
		}
	}
}

// TestWhenAPeerIsAsked: by how long it was silent, and by what was sent to it.
func TestWhenAPeerIsAsked(t *testing.T) {
	onDemand := every10
	onDemand.Periodic = false
	for _, tt := range []struct {
		name           string
		keepalive      Keepalive
		silent         time.Duration
		then           [2]uint64 // sent and received when the peer was heard,
		now            [2]uint64 // and now
		fall           bool      // an SA went in between
		asked, heard   bool
		unanswered     int
		dead           bool
		olderThanOther bool
	}{
		{name: "just heard", keepalive: every10, silent: 10*time.Second - 1},
		{name: "silent", keepalive: every10, silent: 10 * time.Second, asked: true},
		{name: "on demand, nothing sent", keepalive: onDemand, silent: time.Minute},
		{name: "on demand, sent", keepalive: onDemand, silent: 10 * time.Second, now: [2]uint64{1, 0}, asked: true},
		{name: "on demand, sent too early", keepalive: onDemand, silent: 9 * time.Second, now: [2]uint64{1, 0}},
		{name: "on demand, sent before", keepalive: onDemand, silent: time.Minute, then: [2]uint64{5, 0}, now: [2]uint64{5, 0}},
		{name: "received", keepalive: every10, silent: time.Minute, then: [2]uint64{0, 4}, now: [2]uint64{0, 5}, heard: true},
		{name: "received before", keepalive: every10, silent: time.Minute, then: [2]uint64{0, 5}, now: [2]uint64{0, 5}, asked: true},
		{name: "sent after an SA went", keepalive: onDemand, silent: time.Minute, then: [2]uint64{9, 0}, now: [2]uint64{3, 0}, fall: true, asked: true},
		{name: "received after an SA went", keepalive: every10, silent: time.Minute, then: [2]uint64{0, 9}, now: [2]uint64{0, 3}, fall: true, heard: true},
		{name: "unanswered once", keepalive: every10, silent: time.Minute, unanswered: 1, asked: true},
		{name: "unanswered five times", keepalive: every10, silent: time.Minute, unanswered: 5, asked: true},
		{name: "unanswered six times", keepalive: every10, silent: time.Minute, unanswered: 6, dead: true},
		{name: "another SA is newer", keepalive: every10, silent: time.Minute, olderThanOther: true},
	} {
		n, s := watching(t, tt.keepalive)
		s.dpd.heard, s.dpd.sentThen, s.dpd.receivedThen = n.clock.now-tt.silent, tt.then[0], tt.then[1]
		s.dpd.unanswered = tt.unanswered
		if tt.olderThanOther {
			n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 3, 4).state = StateP1Complete
		}
		if tt.fall {
			s.dpdTick() // which sees that no packets are counted
			s.dpd.heard = n.clock.now - tt.silent
			n.events, n.sent, s.dpd.unanswered = nil, nil, 0
		}
		n.ipsec.sent, n.ipsec.received = tt.now[0], tt.now[1]
		s.dpdTick()
		if asked := times[AliveSent](n) == 1; asked != tt.asked || s.deleted != tt.dead {
			t.Errorf("%s: asked %v, dead %v", tt.name, asked, s.deleted)
		}
		if heard := s.dpd.heard == n.clock.now; heard != tt.heard {
			t.Errorf("%s: heard %v", tt.name, heard)
		}
		next := time.Second
		if tt.asked {
			next = 3 * time.Second
		}
		if got := n.dueIn(); !tt.dead && (len(got) != 2 || got[0] != next) {
			t.Errorf("%s: timers in %v", tt.name, got)
		}
		for _, e := range n.events {
			if overdue, is := e.(AliveOverdue); is && (overdue.Attempt != tt.unanswered || overdue.Of != 5 || !tt.asked) {
				t.Errorf("%s: told %+v", tt.name, overdue)
			}
		}
		if told := times[AliveOverdue](n) == 1; told != (tt.unanswered > 0 && !tt.dead) {
			t.Errorf("%s: told of a missing answer: %v", tt.name, told)
		}
	}
}

// TestAnswersThatCount: those to questions that are open.
func TestAnswersThatCount(t *testing.T) {
	for _, tt := range []struct {
		unanswered int
		sequence   uint32 // of the answer; the latest question has 100
		want       bool
	}{
		{0, 100, false}, {1, 100, true}, {1, 99, false}, {1, 101, false}, {2, 99, true}, {2, 98, false}, {3, 98, true}, {3, 97, false},
	} {
		n, s := watching(t, every10)
		s.dpd.sequence, s.dpd.unanswered, s.dpd.heard = 100, tt.unanswered, 0
		s.dpdAnswered(tt.sequence)
		if heard := s.dpd.heard == n.clock.now; heard != tt.want || heard && s.dpd.unanswered != 0 || times[AliveRead](n) != 1 {
			t.Errorf("%+v: heard %v, %d are open", tt, heard, s.dpd.unanswered)
		}
	}
}

// TestWhenPhase1IsRenewed: before its end, by its initiator first, but not before half of
// its life.
func TestWhenPhase1IsRenewed(t *testing.T) {
	for _, tt := range []struct {
		role       Role
		left, want time.Duration
	}{
		{Initiator, 24 * time.Hour, 24*time.Hour - 40*time.Second}, {Responder, 24 * time.Hour, 24*time.Hour - 20*time.Second},
		{Initiator, time.Minute, 30 * time.Second}, {Responder, time.Minute, 40 * time.Second}, {Responder, 30 * time.Second, 15 * time.Second},
	} {
		n, s := watching(t, every10)
		s.stopDPD()
		s.role, s.expires = tt.role, n.clock.now+tt.left
		s.renewInTime()
		s.renewInTime() // as where the lifetime is told to be shorter
		if got := n.dueIn(); !slices.Equal(got, []time.Duration{tt.want}) {
			t.Errorf("%c, %v: renewed after %v, want %v", tt.role, tt.left, got, tt.want)
		}
	}
	// One that is told to be shorter is renewed in time, too.
	n, s := watching(t, every10)
	s.setLifetime(time.Hour)
	if got := n.dueIn(); !slices.Equal(got, []time.Duration{time.Second, time.Hour - 40*time.Second, time.Hour}) {
		t.Errorf("timers in %v", got)
	}
}

// TestWhetherPhase1IsRenewed: where there are IPsec SAs, and no newer SA that lives.
func TestWhetherPhase1IsRenewed(t *testing.T) {
	for _, tt := range []struct {
		name           string
		pairs          int
		newer, deleted bool
		want           bool
	}{
		{"no pairs", 0, false, false, false}, {"a pair", 1, false, false, true}, {"two", 2, false, false, true},
		{"a newer SA", 1, true, false, false}, {"one that is deleted", 1, true, true, true},
	} {
		n, s := watching(t, every10)
		if s.peer.ipsec = tt.pairs; tt.newer {
			n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 3, 4).deleted = tt.deleted
		}
		n.events = nil
		s.renew()
		if begun := times[MainModeBegun](n) == 1; begun != tt.want {
			t.Errorf("%s: main mode begun: %v", tt.name, begun)
		}
	}
}
