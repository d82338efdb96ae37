package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// A negotiation that fails leaves nothing behind, however often it is tried:
// neither SAs nor peers nor timers.
func TestRepeatedFailureLeavesNothing(t *testing.T) {
	const times = 1000
	for name, setup := range map[string]func(*world){
		"encryption": onB(func(p *isakmp.Policy) { p.Encryption = isakmp.TripleDES }),
		"wrong key": func(w *world) {
			w.b.config.Keys = []isakmp.PresharedKey{hostKey("other", "12.12.12.1")}
		},
		"no key on the initiator": func(w *world) { w.a.config.Keys = nil },
		"no key on the responder": func(w *world) { w.b.config.Keys = nil },
		"silence":                 func(w *world) { w.losing(lose) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			setup(w)
			w.a.quiet, w.b.quiet = true, true
			for range times {
				w.a.want()
				w.run(2 * time.Minute) // SAs die after one, and are purged after two
				if n, _ := w.b.engine.Tables(); n > 2 {
					t.Fatalf("the responder holds %d SAs", n)
				}
				w.a.events, w.b.events, w.sent = nil, nil, nil
			}
			w.run(5 * time.Minute)
			for _, r := range []*router{w.a, w.b} {
				sas, names := r.engine.Tables()
				if sas+names+len(r.engine.Peers()) != 0 {
					t.Errorf("%s: %d SAs, %d names, %d peers left", r.name, sas, names, len(r.engine.Peers()))
				}
			}
			if at, left := w.Next(); left {
				t.Fatalf("a timer is left, due at %v", at)
			}
			if failed := len(w.a.ipsec.failed); failed != times {
				t.Errorf("%d requests given back, want %d", failed, times)
			}
		})
	}
}
