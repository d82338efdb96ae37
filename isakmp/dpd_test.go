package isakmp_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// watching has both ends watch each other.
func watching(k isakmp.Keepalive) func(*world) {
	return func(w *world) { w.a.config.Keepalive, w.b.config.Keepalive = k, k }
}

var (
	periodic = isakmp.Keepalive{Interval: 10 * time.Second, Retry: 3 * time.Second, Periodic: true}
	onDemand = isakmp.Keepalive{Interval: 10 * time.Second, Retry: 2 * time.Second}
)

// only has one end watch.
func only(k isakmp.Keepalive) func(*world) { return func(w *world) { w.a.config.Keepalive = k } }

// said counts the records with that text since the last take.
func (r *router) said(text string) int {
	n := 0
	for _, s := range r.texts {
		if strings.Contains(s, text) {
			n++
		}
	}
	return n
}

const (
	asks    = "Sending NOTIFY DPD/R_U_THERE protocol 1"
	answers = "Sending NOTIFY DPD/R_U_THERE_ACK protocol 1"
)

func expect(w *world, r *router, text string, n int) {
	w.t.Helper()
	if got := r.said(text); got != n {
		w.t.Errorf("%s said %q %d times, not %d", r.name, text, got, n)
	}
}

func TestDPD(t *testing.T) {
	scenarios := []scenario{
		{
			name: "dpd-periodic", up: true, setup: only(periodic),
			run: afterUp(func(w *world) { w.run(11 * time.Second) }),
			initiator: []string{
				asks, " seq. no 0x", " sending packet", "purging node", "Input = IKE_MESG_FROM_TIMER, IKE_TIMER_IM_ALIVE",
				"processing NOTIFY DPD/R_U_THERE_ACK protocol 1", " DPD/R_U_THERE_ACK received from peer 23.23.23.3, sequence 0x",
				`error FALSE reason "Informational (in) state 1"`, "IKE_INFO_NOTIFY",
			},
			responder: []string{" DPD/R_U_THERE received from peer 12.12.12.1, sequence 0x", answers, "IKE_MESG_KEEP_ALIVE"},
		},
		{
			name: "dpd-dead", setup: only(periodic),
			run: afterUp(func(w *world) {
				w.losing(lose)
				w.run(24 * time.Second)
				if w.a.ipsec.dead != 0 {
					t.Error("given up too early")
				}
				w.run(time.Minute + 8*time.Second)
				if w.a.ipsec.dead != 1 || len(w.a.ipsec.pairs) != 0 {
					t.Errorf("%d deaths, %d pairs", w.a.ipsec.dead, len(w.a.ipsec.pairs))
				}
				if n := len(w.a.engine.SAs()) + len(w.a.engine.Peers()); n != 0 {
					t.Errorf("%d SAs and peers left", n)
				}
			}),
			initiator: []string{
				"IKE_TIMER_IM_ALIVE", "DPD incrementing error counter (1/5)", asks, "IKE_TIMER_PEERS_ALIVE",
				"DPD incrementing error counter (5/5)", asks, "IKE_TIMER_PEERS_ALIVE",
				"peer 23.23.23.3 not responding!", "peer does not do paranoid keepalives.",
				`deleting SA reason "P1 errcounter exceeded (PEERS_ALIVE_TIMER)" state (I) QM_IDLE       (peer 23.23.23.3)`,
				"set new node", " sending packet", "purging node", "IKE_MESG_FROM_TIMER, IKE_TIMER_PEERS_ALIVE",
				"Old State = IKE_P1_COMPLETE  New State = IKE_DEST_SA ",
				`deleting SA reason "P1 errcounter exceeded (PEERS_ALIVE_TIMER)" state (I) QM_IDLE       (peer 23.23.23.3) `,
				"Unlocking IKE struct", "Deleting peer node by peer_reap for 23.23.23.3",
			},
		},
		{
			name: "every ten seconds", bare: true, up: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.run(time.Hour)
				if n := w.a.said(asks); n < 325 || n > 360 { // an answer takes its time, too
					t.Errorf("asked %d times in an hour", n)
				}
				expect(w, w.b, asks, 0)
				expect(w, w.b, answers, w.a.said(asks))
				expect(w, w.a, "error counter", 0)
			}),
		},
		{
			name: "both ends ask", bare: true, up: true, setup: watching(periodic),
			run: afterUp(func(w *world) {
				w.run(10 * time.Minute)
				// Their questions may cross.
				if n := w.a.said(asks) + w.b.said(asks); n < 50 || n > 125 {
					t.Errorf("%d questions in ten minutes", n)
				}
			}),
		},
		{
			name: "traffic answers", bare: true, up: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				for range 300 {
					w.a.ipsec.receivedPackets++
					w.run(time.Second)
				}
				expect(w, w.a, asks, 0)
				w.run(12 * time.Second)
				expect(w, w.a, asks, 1)
			}),
		},
		{
			name: "on demand: nothing sent, nothing asked", bare: true, up: true, setup: watching(onDemand),
			run: afterUp(func(w *world) {
				w.losing(lose)
				w.run(50 * time.Minute)
				expect(w, w.a, asks, 0)
				expect(w, w.b, asks, 0)
			}),
		},
		{
			name: "dpd-on-demand", up: true, setup: watching(onDemand),
			run: afterUp(func(w *world) {
				w.run(time.Minute)
				w.a.ipsec.sentPackets++
				w.run(1100 * time.Millisecond)
				expect(w, w.a, asks, 1)
				w.run(time.Minute) // answered: not again for what was sent before
				expect(w, w.a, asks, 1)
			}),
		},
		{
			name: "on demand: dead", bare: true, setup: watching(onDemand),
			run: afterUp(func(w *world) {
				w.losing(lose)
				for range 25 { // 10 s of silence, 6 times 2 s
					w.a.ipsec.sentPackets++
					w.run(time.Second)
				}
				if w.a.ipsec.dead != 1 || w.b.ipsec.dead != 0 {
					t.Errorf("%d and %d deaths", w.a.ipsec.dead, w.b.ipsec.dead)
				}
			}),
			initiator: []string{"not responding!"},
		},
		{
			name: "the answer is late", bare: true, up: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.losing(func(n int, _ []byte) bool { return n <= 4 })
				w.run(time.Minute)
				if w.a.ipsec.dead != 0 {
					t.Error("given up")
				}
				expect(w, w.a, "error counter", 4)
			}),
			initiator: []string{"error counter (4/5)", "R_U_THERE_ACK received"},
		},
		{
			name: "the peer knows no DPD", bare: true, up: true,
			run: func(w *world) {
				watching(periodic)(w)
				w.filter = func(_ *router, m []byte) [][]byte {
					return [][]byte{bytes.Replace(m, []byte("\xaf\xca\xd7\x13"), []byte("\xaf\xca\xd7\x14"), 1)}
				}
				afterUp(func(w *world) {
					w.run(time.Hour)
					expect(w, w.a, asks, 0)
				})(w)
			},
		},
		{
			name: "wrong answers", bare: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.losing(func(int, []byte) bool { return true })
				for range 9 {
					w.run(3 * time.Second)
					w.filter = nil
					w.b.engine.Answer(1, 77) // authentic, but to no question
					w.run(100 * time.Millisecond)
					w.losing(lose)
				}
				w.run(10 * time.Second)
				if w.a.ipsec.dead != 1 {
					t.Error("believed")
				}
			}),
		},
		{
			name: "its own words come back", bare: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.filter = func(from *router, m []byte) [][]byte {
					w.At(w.Now()+5*time.Millisecond, func() { from.Post(func() { from.engine.Input(from.addr, from.other().addr, m) }) })
					return nil
				}
				w.run(40 * time.Second)
				if w.a.ipsec.dead != 1 {
					t.Error("believed")
				}
			}),
		},
		{
			name: "old questions", bare: true, up: true,
			run: afterUp(func(w *world) {
				for _, n := range []uint32{100, 99, 100, 101, 5, 1<<31 + 90, 102} {
					w.a.engine.AreYouThere(1, n)
					w.run(100 * time.Millisecond)
				}
				// 100, 100 again, 101, 2147483738 (ahead); then 102 is old.
				expect(w, w.b, answers, 4)
			}),
		},
		{
			name: "overflow", bare: true, up: true,
			run: afterUp(func(w *world) {
				for _, n := range []uint32{0xfffffffe, 0xffffffff, 0, 1} {
					w.a.engine.AreYouThere(1, n)
					w.run(100 * time.Millisecond)
				}
				expect(w, w.b, answers, 4)
			}),
		},
		{
			name: "other SAs with the dead peer", bare: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.b.engine.Forget()
				w.b.want() // a second SA of phase 1, from the other side
				w.run(3 * time.Second)
				w.losing(lose)
				w.run(40 * time.Second)
				for _, s := range w.a.engine.SAs() {
					if !s.Deleted {
						t.Errorf("left: %+v", s)
					}
				}
			}),
		},
		{
			name: "what waits fails", bare: true, setup: only(periodic),
			run: afterUp(func(w *world) {
				w.losing(lose)
				w.run(15 * time.Second)
				spi := w.a.want()
				w.run(20 * time.Second)
				if len(w.a.ipsec.failed) != 1 || w.a.ipsec.failed[0] != spi {
					t.Errorf("failed %x, not %x", w.a.ipsec.failed, spi)
				}
			}),
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, s.test)
	}
}

// TestPhase1IsRenewed: who watches has an SA to watch under as long as there are
// IPsec SAs, and no more of them than needed.
func TestPhase1IsRenewed(t *testing.T) {
	for _, setup := range []struct {
		name string
		f    func(*world)
		min  int // SAs of phase 1 that live, on either end
		more int // main modes
	}{
		{"both", watching(periodic), 1, 20},
		{"one", only(periodic), 1, 20},
		{"responder", func(w *world) { w.b.config.Keepalive = periodic }, 1, 20},
		{"nobody", func(*world) {}, 0, 1},
	} {
		t.Run(setup.name, func(t *testing.T) {
			w := newWorld(t)
			w.a.policy(func(p *isakmp.Policy) { p.Lifetime = 3 * time.Minute })
			setup.f(w)
			w.a.want()
			w.run(3 * time.Second)
			for range 60 {
				w.run(time.Minute)
				for _, r := range w.all {
					live := 0
					for _, s := range r.engine.SAs() {
						if s.Established() {
							live++
						}
					}
					if live < setup.min || live > 2 || len(r.ipsec.pairs) != 1 || r.ipsec.dead != 0 || r.ipsec.contact > 1 {
						t.Fatalf("%s at %s: %d SAs of phase 1, %d pairs, %d contacts", r.name, w.Now(), live, len(r.ipsec.pairs), r.ipsec.contact)
					}
				}
			}
			modes := w.a.said(" beginning Main Mode exchange") + w.b.said(" beginning Main Mode exchange")
			if modes < setup.more || modes > setup.more*3/2 {
				t.Errorf("%d main modes in an hour", modes)
			}
			// Without IPsec SAs there is nothing to watch.
			for _, r := range w.all {
				for in := range r.ipsec.pairs {
					r.ipsec.drop(in)
				}
			}
			w.run(10 * time.Minute)
			for _, r := range w.all {
				if n := len(r.engine.SAs()) + len(r.engine.Peers()); n != 0 {
					t.Errorf("%s: %d SAs and peers left", r.name, n)
				}
			}
		})
	}
}

// TestCapability: `show crypto isakmp sa detail` has a D where this end watches.
func TestCapability(t *testing.T) {
	w := newWorld(t)
	only(periodic)(w)
	w.a.want()
	w.run(3 * time.Second)
	if a, b := w.a.engine.SAs()[0].Capabilities, w.b.engine.SAs()[0].Capabilities; a != "D" || b != "" {
		t.Errorf("capabilities %q and %q", a, b)
	}
}

// FuzzInformed: whatever an authenticated peer says, this end lives on and
// remembers a bounded amount of it.
func FuzzInformed(f *testing.F) {
	f.Add(wire.Notification, []byte("\x00\x00\x00\x01\x01\x10\x8d\x280123456789abcdef\x00\x00\x00\x01"))
	f.Add(wire.Notification, []byte("\x00\x00\x00\x01\x03\x00\x00\x0e"))
	f.Add(wire.Notification, []byte("\x00\x00\x00\x01\x03\x04\x00\x0babcd"))
	f.Add(wire.DeletePay, []byte("\x00\x00\x00\x01\x03\x04\x00\x02abcdefgh"))
	f.Add(wire.DeletePay, []byte("\x00\x00\x00\x01\x01\x10\x00\x010123456789abcdef"))
	f.Fuzz(func(t *testing.T, kind uint8, body []byte) {
		if len(body) > 2000 {
			return
		}
		w := newWorld(t)
		w.a.quiet, w.b.quiet = true, true
		watching(periodic)(w)
		w.a.want()
		w.run(3 * time.Second)
		w.a.want()
		for range 3 {
			w.b.engine.Inform(1, kind, body)
		}
		w.run(20 * time.Second)
		if n := w.a.engine.Nodes(1); n > 20 {
			t.Errorf("%d message IDs", n)
		}
	})
}
