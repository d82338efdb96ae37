package isakmp_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestWhatATunnelCosts: what each end's processor is charged, in order, for main
// mode in group 1 and a quick mode with PFS in group 2.
func TestWhatATunnelCosts(t *testing.T) {
	w := newWorld(t)
	charged := map[*router][]int{} // ms
	for _, r := range w.all {
		r.quiet = true
		r.ipsec.flows[0].pfs = 2
		r.engine = isakmp.New(isakmp.Env{
			Clock: r, Rand: &stream{seed: r.name}, Send: r.send, IPsec: r.ipsec, Config: r.config,
			Spend: func(d time.Duration) { charged[r] = append(charged[r], int(d/time.Millisecond)); r.Spend(d) },
		})
	}
	w.a.want()
	w.run(5 * time.Second)
	if !w.up() {
		t.Fatal("not up")
	}
	for r, want := range map[*router][][]int{ // a list for each step
		w.a: {{2}, {3, 6, 66, 7, 2}, {3, 66, 3, 6, 1, 3, 3, 1, 1}, {5, 5, 130, 1, 3}, {3, 1, 1, 130, 6, 1, 3}},
		w.b: {{3, 6, 66, 2}, {3, 66, 3, 7, 2}, {3, 1, 1, 1, 3}, {3, 1, 1, 130, 130, 6, 1, 3}, {3, 1, 1}},
	} {
		if all := slices.Concat(want...); !slices.Equal(charged[r], all) {
			t.Errorf("%s: charged %v, want %v", r.name, charged[r], all)
		}
	}
}
