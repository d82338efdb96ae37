package isakmp_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// messages of a tunnel: six of main mode and three of quick mode.
const messages = 9

// TestEachMessageLost: whichever message is lost, once or thrice in a row, the
// tunnel comes up by retransmission, with one pair on each side.
func TestEachMessageLost(t *testing.T) {
	for n := 1; n <= messages; n++ {
		for _, times := range []int{1, 3} {
			t.Run(fmt.Sprintf("message %d, %d times", n, times), func(t *testing.T) {
				w := newWorld(t)
				w.losing(func(i int, _ []byte) bool { return i >= n && i < n+times })
				w.a.want()
				w.run(55 * time.Second)
				settled(t, w)
			})
		}
	}
}

func settled(t *testing.T, w *world) {
	t.Helper()
	if !w.up() {
		t.Errorf("not up; R1 said:\n%s\nR3 said:\n%s", w.a.log.String(), w.b.log.String())
		return
	}
	for _, r := range []*router{w.a, w.b} {
		if len(r.ipsec.pairs) != 1 || len(r.ipsec.failed) != 0 {
			t.Errorf("%s: %d pairs, failed %v", r.name, len(r.ipsec.pairs), r.ipsec.failed)
		}
		if sas := r.engine.SAs(); len(sas) != 1 || sas[0].State != "QM_IDLE" || sas[0].Deleted {
			t.Errorf("%s: %+v", r.name, sas)
		}
	}
}

// TestEachMessageDoubled: duplicates are recognised, and nothing is sent twice
// because of one that follows on its original's heels.
func TestEachMessageDoubled(t *testing.T) {
	for n := 1; n <= messages; n++ {
		t.Run(fmt.Sprint("message ", n), func(t *testing.T) {
			w := newWorld(t)
			i := 0
			w.filter = func(_ *router, m []byte) [][]byte {
				if i++; i == n {
					return [][]byte{m, m}
				}
				return [][]byte{m}
			}
			w.a.want()
			w.run(15 * time.Second)
			settled(t, w)
			if i != messages {
				t.Errorf("%d messages", i)
			}
			phase := 1
			if n > 6 {
				phase = 2
			}
			receiver := w.b
			if n%2 == 0 && n <= 6 || n == 8 {
				receiver = w.a
			}
			inOrder(t, receiver.name, receiver.take(),
				[]string{fmt.Sprintf(" phase %d packet is a duplicate of a previous packet.", phase)})
		})
	}
}

// TestLateCopies: a copy of every message comes again a second after it, when
// the exchange has moved on.
func TestLateCopies(t *testing.T) {
	w := newWorld(t)
	w.filter = func(from *router, m []byte) [][]byte {
		copied := append([]byte(nil), m...)
		w.At(w.Now()+time.Second, func() {
			to := from.other()
			to.Post(func() { to.engine.Input(to.addr, from.addr, copied) })
		})
		return [][]byte{m}
	}
	w.a.want()
	w.run(time.Minute)
	settled(t, w)
}

// TestReordered: each message waits until the next one of the same sender has
// passed, or five seconds.
func TestReordered(t *testing.T) {
	for n := 1; n <= messages; n++ {
		t.Run(fmt.Sprint("message ", n), func(t *testing.T) {
			w := newWorld(t)
			i := 0
			w.filter = func(from *router, m []byte) [][]byte {
				if i++; i != n {
					return [][]byte{m}
				}
				held := append([]byte(nil), m...)
				w.At(w.Now()+11*time.Second, func() {
					to := from.other()
					to.Post(func() { to.engine.Input(to.addr, from.addr, held) })
				})
				return nil
			}
			w.a.want()
			w.run(40 * time.Second)
			settled(t, w)
		})
	}
}

// TestReflected: a router that hears itself does not answer.
func TestReflected(t *testing.T) {
	w := newWorld(t)
	i := 0
	w.filter = func(from *router, m []byte) [][]byte {
		i++
		back := append([]byte(nil), m...)
		peer := from.other().addr
		w.At(w.Now(), func() { from.Post(func() { from.engine.Input(from.addr, peer, back) }) })
		return [][]byte{m}
	}
	w.a.want()
	w.run(30 * time.Second)
	if !w.up() {
		t.Errorf("not up:\n%s", w.a.log.String())
	}
	if i > 40 {
		t.Errorf("%d messages", i)
	}
}

// TestSeeds: the same seeds give the same bytes, on the wire and on the console.
func TestSeeds(t *testing.T) {
	run := func() (string, string) {
		w := newWorld(t)
		w.a.ipsec.flows[0].pfs = 2
		w.a.want()
		w.run(30 * time.Second)
		wire := ""
		for _, d := range w.sent {
			wire += fmt.Sprintf("%s %x\n", d.from.name, d.message)
		}
		return wire, w.a.log.String() + w.b.log.String()
	}
	wire1, log1 := run()
	wire2, log2 := run()
	if wire1 != wire2 || log1 != log2 {
		t.Error("two runs differ")
	}
}

// TestDoubledRequestStorm: requests beyond the limit are given back.
func TestRequestLimit(t *testing.T) {
	w := newWorld(t)
	w.losing(lose)
	for range isakmp.MaxRequests + 10 {
		w.a.want()
	}
	if len(w.a.ipsec.failed) != 10 {
		t.Errorf("%d given back", len(w.a.ipsec.failed))
	}
	w.run(3 * time.Minute)
	if n, _ := w.a.engine.Tables(); n != 0 {
		t.Errorf("%d SAs left", n)
	}
}
