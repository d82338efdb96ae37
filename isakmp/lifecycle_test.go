package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

func lose(int, []byte) bool { return true }

// losing drops the messages for which lost holds; they are counted from 1.
func (w *world) losing(lost func(n int, message []byte) bool) {
	n := 0
	w.filter = func(_ *router, m []byte) [][]byte {
		if n++; lost(n, m) {
			return nil
		}
		return [][]byte{m}
	}
}

func TestLifecycle(t *testing.T) {
	scenarios := []scenario{
		{
			// The key engine asks again after 30 s and gives up after 60.
			name: "unreachable",
			run: func(w *world) {
				w.losing(lose)
				spi := w.a.want()
				w.run(30 * time.Second)
				w.a.want()
				w.run(30 * time.Second)
				w.a.engine.DeleteNotify(isakmp.DeleteRequest{
					Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), Protocol: isakmp.ProtoESP, SPIs: []uint32{spi},
				})
				w.run(2 * time.Minute)
				if len(w.a.ipsec.failed) != 2 {
					w.t.Errorf("%d requests failed", len(w.a.ipsec.failed))
				}
				if n := len(w.a.engine.SAs()) + len(w.a.engine.Peers()); n != 0 {
					w.t.Errorf("%d things left", n)
				}
			},
		},
		{
			name: "delete-phase2",
			run: afterUp(func(w *world) {
				w.a.ipsec.expire(w.a.ipsec.order[0])
				w.run(time.Second)
				if len(w.b.ipsec.pairs) != 0 {
					w.t.Error("the responder still has its pair")
				}
			}),
			initiator: []string{"received ke message (3/1)", "Input = IKE_MESG_FROM_IPSEC, IKE_PHASE2_DEL"},
			responder: []string{"processing DELETE payload", "peer does not do paranoid keepalives.", "Informational (in) state 1"},
		},
		{
			name: "clear-all", up: true,
			run: afterUp(func(w *world) { w.a.engine.ClearAll(); w.run(time.Second) }),
			initiator: []string{
				`deleting SA reason "Death by tree-walk md5" state (I) QM_IDLE       (peer 23.23.23.3)`,
				"Old State = IKE_P1_COMPLETE  New State = IKE_DEST_SA",
				"Unlocking IKE struct",
			},
			responder: []string{`deleting SA reason "No reason" state (R) QM_IDLE       (peer 12.12.12.1)`},
		},
		{
			name: "clear by id", up: true, bare: true,
			run: afterUp(func(w *world) {
				if w.a.engine.Clear(7) || w.a.engine.Clear(0) || !w.a.engine.Clear(1) || w.a.engine.Clear(1) {
					w.t.Error("Clear finds the wrong SAs")
				}
				w.run(time.Second)
			}),
			initiator: []string{`deleting SA reason "By user command" state (I) QM_IDLE`},
		},
		{
			name: "phase1-expiry", up: true,
			setup: onBoth(func(p *isakmp.Policy) { p.Lifetime = time.Hour }),
			run: afterUp(func(w *world) {
				w.run(time.Hour)
				for _, r := range []*router{w.a, w.b} {
					for _, s := range r.engine.SAs() {
						if !s.Deleted {
							w.t.Errorf("%s still has %+v", r.name, s)
						}
					}
				}
				w.run(2 * time.Minute)
				w.a.want()
				w.run(3 * time.Second)
			}),
			initiator: []string{
				`deleting SA reason "No reason"`, "purging SA.",
				"Found a peer struct for 23.23.23.3, peer port 500", "IKE refcount 1 for isakmp_initiator",
				"insert sa successfully", "(0:2:SW:1)", "IPSEC refcount 2 for for stuff_ke",
			},
			responder: []string{`deleting SA reason "IKE SA Lifetime Exceeded" state (R) QM_IDLE`, "insert sa successfully"},
		},
		{
			name: "initial-contact", up: true,
			run: afterUp(func(w *world) {
				// The initiator has been switched off and on: it knows of nothing.
				w.a.boot("R1 again")
				w.a.ipsec.pairs = map[uint32]isakmp.SAPair{}
				w.a.want()
				w.run(3 * time.Second)
				if w.b.ipsec.contact != 2 || len(w.b.ipsec.pairs) != 1 {
					w.t.Errorf("%d contacts, %d pairs", w.b.ipsec.contact, len(w.b.ipsec.pairs))
				}
			}),
			initiator: []string{"Send initial contact", "processing DELETE payload"},
			responder: []string{
				"Find a dup sa in the avl tree during calling isadb_insert", " Process initial contact,",
				`deleting SA reason "Receive initial contact" state (R) QM_IDLE`, "received ke message (3/1)",
				"Old State = IKE_R_MM5  New State = IKE_P1_COMPLETE", "IKE_MESG_FROM_IPSEC, IKE_PHASE2_DEL",
			},
		},
		{
			name: "quick mode unanswered", bare: true,
			run: afterUp(func(w *world) {
				w.b.boot("R3 again")
				w.b.ipsec.pairs = map[uint32]isakmp.SAPair{}
				spi := w.a.want()
				w.run(70 * time.Second)
				if len(w.a.ipsec.failed) != 1 || w.a.ipsec.failed[0] != spi {
					w.t.Errorf("failed %x, want %x", w.a.ipsec.failed, spi)
				}
			}),
			initiator: []string{
				" retransmitting phase 2 QM_IDLE       ", "incrementing error counter on node, attempt 1 of 5: retransmit phase 2",
				"incrementing error counter on sa, attempt 1 of 5: retransmit phase 2", " retransmitting phase 2 ",
				"attempt 5 of 5", `error TRUE reason "Phase 2 err count exceeded"`,
				`deleting SA reason "Death by retransmission P2" state (I) QM_IDLE`,
			},
			responder: []string{"%CRYPTO-4-IKMP_NO_SA: IKE message from 12.12.12.1 has no SA and is not an initialization offer"},
		},
		{
			name: "both begin", bare: true, up: true,
			run: func(w *world) {
				w.a.want()
				w.b.want()
				w.run(time.Minute)
				for _, r := range []*router{w.a, w.b} {
					if len(r.ipsec.failed) != 0 || r.ipsec.contact == 0 {
						w.t.Errorf("%s: failed %v, contacts %d", r.name, r.ipsec.failed, r.ipsec.contact)
					}
					for _, s := range r.engine.SAs() {
						if s.State != "QM_IDLE" {
							w.t.Errorf("%s has %+v", r.name, s)
						}
					}
				}
			},
		},
		{
			name: "both begin, not quite at once", bare: true, up: true,
			run: func(w *world) {
				w.a.want()
				w.run(150 * time.Millisecond)
				w.b.want()
				w.run(time.Minute)
				if n := len(w.a.ipsec.failed) + len(w.b.ipsec.failed); n != 0 {
					w.t.Errorf("%d requests failed", n)
				}
			},
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, s.test)
	}
}

// TestShutdown: nothing is left, and no timer does anything any more.
func TestShutdown(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.filter = func(*router, []byte) [][]byte { return nil } // UDP 500 is closed
	w.a.engine.Shutdown()
	if n := len(w.a.engine.SAs()); n != 0 {
		t.Errorf("%d SAs left", n)
	}
	w.a.take()
	w.run(25 * time.Hour)
	for _, line := range w.a.take() {
		t.Errorf("after the end: %s", line)
	}
}

// TestDay: with SAs wanted every hour for 26 hours, phase 1 is built twice, and
// nothing accumulates.
func TestDay(t *testing.T) {
	w := newWorld(t)
	w.a.quiet, w.b.quiet = true, true
	for range 26 {
		w.a.want()
		w.run(time.Hour)
		for _, r := range []*router{w.a, w.b} {
			for len(r.ipsec.pairs) > 1 {
				r.ipsec.drop(r.ipsec.order[0])
				r.ipsec.order = r.ipsec.order[1:]
			}
		}
	}
	if got := w.a.engine.SAs(); len(got) != 1 || got[0].ConnID != 2 {
		t.Errorf("SAs %+v", got)
	}
	if len(w.a.ipsec.order)+len(w.a.ipsec.failed) != 1 || !w.up() {
		t.Errorf("pairs %v failed %v", w.a.ipsec.order, w.a.ipsec.failed)
	}
}
