package isakmp

import (
	"testing"
	"time"
)

// TestMappingIsKept: a router behind a NAT looks five times in an interval at what the
// pairs have carried. What was sent since the last look may have been sent just after
// that; a keepalive goes when that was an interval ago, or our last message was.
func TestMappingIsKept(t *testing.T) {
	const interval = 20 * time.Second
	for _, tt := range []struct {
		name          string
		sent          uint64 // packets since the last look
		since, sentAt time.Duration
		goes          bool
		then          time.Duration // nothing was sent since then
	}{
		{"nothing for less", 0, interval - 1, time.Hour, false, interval - 1},
		{"nothing for an interval", 0, interval, time.Hour, true, 0},
		{"a packet", 1, interval, time.Hour, false, 4 * time.Second},
		{"a message", 0, interval, 3 * time.Second, false, 3 * time.Second},
		{"a message for an interval", 0, time.Hour, interval, true, 0},
		{"a message before a packet", 1, interval, 5 * time.Second, false, 4 * time.Second},
		{"a message after a packet", 1, interval, 3 * time.Second, false, 3 * time.Second},
	} {
		n := newScene()
		n.config.NATKeepalive = interval
		p := n.lockPeer(at("1.1.1.1:4500"), at("2.2.2.2:4500"), UseInitiator)
		p.inside, n.ipsec.sent = true, 7
		n.keepMapping(p)
		if got := n.dueIn(); len(got) != 1 || got[0] != 4*time.Second || p.refresh.sent != 7 || p.refresh.since != n.clock.now {
			t.Errorf("%s: timers in %v, %+v", tt.name, got, p.refresh)
		}
		clear(n.clock.due) // it has run
		p.refresh.since, p.sentAt, n.ipsec.sent = n.clock.now-tt.since, n.clock.now-tt.sentAt, 7+tt.sent
		n.renewMapping(p)
		if goes := len(n.sent) == 1; goes != tt.goes || goes && string(n.sent[0]) != "\xff" {
			t.Errorf("%s: sent %x", tt.name, n.sent)
		}
		if since := n.clock.now - p.refresh.since; since != tt.then || p.refresh.sent != 7+tt.sent {
			t.Errorf("%s: %d packets, nothing since %v", tt.name, p.refresh.sent, since)
		}
		if got := n.dueIn(); len(got) != 1 || got[0] != 4*time.Second {
			t.Errorf("%s: timers in %v", tt.name, got)
		}
		n.unlockIKE(p, UseSADeleted)
		if len(n.clock.due) != 0 {
			t.Errorf("%s: a timer is left of a peer that is gone", tt.name)
		}
	}
}

// TestMappingIsWatchedOnce: where we are behind a NAT and it is configured, from the next
// SA on where the interval came without a word.
func TestMappingIsWatchedOnce(t *testing.T) {
	n := newScene()
	p := n.lockPeer(at("1.1.1.1:4500"), at("2.2.2.2:4500"), UseInitiator)
	for _, tt := range []struct {
		inside   bool
		interval time.Duration
		want     int
	}{{false, 0, 0}, {true, 0, 0}, {false, time.Minute, 0}, {true, time.Minute, 1}, {true, time.Minute, 1}} {
		p.inside, n.config.NATKeepalive = tt.inside, tt.interval
		if n.keepMapping(p); len(n.clock.due) != tt.want || (p.refresh != nil) != (tt.want == 1) {
			t.Errorf("%+v: %d timers", tt, len(n.clock.due))
		}
	}
	n.NATKeepaliveChanged()
	if len(n.clock.due) != 1 {
		t.Errorf("%d timers after another interval", len(n.clock.due))
	}
	clear(n.clock.due) // it has run
	n.config.NATKeepalive = 0
	if n.renewMapping(p); len(n.clock.due) != 0 || p.refresh != nil {
		t.Error("the watch goes on without an interval")
	}
	n.config.NATKeepalive = time.Minute
	if n.keepMapping(p); len(n.clock.due) != 1 {
		t.Error("it does not begin again")
	}
}
