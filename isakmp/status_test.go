package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

func TestStatus(t *testing.T) {
	w := newWorld(t)
	w.losing(func(n int, _ []byte) bool { return n == 1 })
	w.a.want()
	s := w.a.engine.SAs()[0]
	if s.ConnID != 0 || s.State != "MM_NO_STATE" || s.Established() || s.Deleted || s.PeerID != "" {
		t.Errorf("before the answer: %+v", s)
	}
	if p := w.a.engine.Peers(); len(p) != 1 || p[0].Phase1ID != "" {
		t.Errorf("peers %+v", p)
	}
	w.run(15 * time.Second)
	for _, r := range []*router{w.a, w.b} {
		s := r.engine.SAs()[0]
		if s.Dst().String() != "23.23.23.3" || s.Src().String() != "12.12.12.1" || s.ConnID != 1 || !s.Established() {
			t.Errorf("%s: %+v", r.name, s)
		}
		if s.Initiator != (r == w.a) || s.Policy.Encryption != isakmp.DES || s.Policy.Priority != 10 {
			t.Errorf("%s: %+v", r.name, s)
		}
		if s.Remaining > 86400*time.Second || s.Remaining < 86380*time.Second {
			t.Errorf("%s: %v remain", r.name, s.Remaining)
		}
		if s.PeerID != r.other().addr.Addr().String() || r.engine.Peers()[0].Phase1ID != s.PeerID {
			t.Errorf("%s: peer %q", r.name, s.PeerID)
		}
	}
	w.a.engine.ClearAll()
	s = w.a.engine.SAs()[0]
	if !s.Deleted || s.State != "MM_NO_STATE" || s.ConnID != 1 || s.Remaining != 0 {
		t.Errorf("cleared: %+v", s)
	}
	w.a.want()
	if list := w.a.engine.SAs(); len(list) != 2 || list[0].Deleted || !list[1].Deleted {
		t.Errorf("the newest is not first: %+v", list)
	}
}

// TestCosts: one exponentiation of group 1 costs what it cost in the reference
// trace, and no cost is beyond two seconds.
func TestCosts(t *testing.T) {
	dearest := map[int]time.Duration{}
	for _, group := range []int{1, 2, 5, 14, 15, 16} {
		w := newWorld(t)
		w.a.quiet, w.b.quiet = true, true
		onBoth(func(p *isakmp.Policy) { p.Group = group })(w)
		w.a.engine = isakmp.New(isakmp.Env{
			Clock: w.a, Rand: &stream{}, Send: w.a.send, IPsec: w.a.ipsec, Config: w.a.config,
			Spend: func(d time.Duration) { dearest[group] = max(dearest[group], d); w.a.Spend(d) },
		})
		w.a.want()
		w.run(20 * time.Second)
		if !w.up() {
			t.Errorf("group %d: not up", group)
		}
		if d := dearest[group]; d > 2*time.Second || group > 1 && d < dearest[1] {
			t.Errorf("group %d: %v", group, d)
		}
	}
	if d := dearest[1]; d < 60*time.Millisecond || d > 72*time.Millisecond {
		t.Errorf("group 1: %v", d)
	}
}
