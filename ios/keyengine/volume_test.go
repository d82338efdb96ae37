package keyengine

import (
	"errors"
	"testing"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// ended is a world with a tunnel of two kilobytes, which the fast path has used up in a
// direction without telling the loop yet.
func ended(t *testing.T, use func(w *world)) *world {
	t.Helper()
	w := newWorld(t)
	w.a.Lifetime.Kilobytes = 2
	w.b.Lifetime.Kilobytes = 2
	w.up(t)
	use(w)
	return w
}

// TestVolumeThatTheFastPathHasUsedUp: once it has, the loop takes no packet more either,
// and the SAs go.
func TestVolumeThatTheFastPathHasUsedUp(t *testing.T) {
	p := ipPacket("10.1.1.1", "20.1.1.1")
	t.Run("out", func(t *testing.T) {
		w := ended(t, func(w *world) {
			s := (*sender)(w.a.all()[0])
			n := 0
			for ; n < 100; n++ {
				if _, ok := s.Next(100); !ok {
					break
				}
			}
			if n != 21 {
				t.Errorf("%d packets of 100 bytes", n)
			}
		})
		before := len(w.a.requests)
		if d := w.a.Engine.Select(w.ifc, p); d.Verdict != forwarding.Drop || len(w.a.all()) != 1 {
			t.Errorf("verdict %v, %d pairs before it is applied", d.Verdict, len(w.a.all()))
		}
		if _, v := w.a.Select(w.ifc, p); v != forwarding.Drop || len(w.a.all()) != 0 {
			t.Errorf("verdict %v, %d pairs left", v, len(w.a.all()))
		}
		w.Pass(0)
		if len(w.a.requests) != before+1 {
			t.Errorf("%d requests", len(w.a.requests)-before)
		}
	})
	t.Run("in", func(t *testing.T) {
		var late packet.IPv4
		w := ended(t, func(w *world) {
			tunnel, _ := w.a.Select(w.ifc, p)
			late, _ = tunnel.Seal(p)
			r := (*receiver)(w.b.all()[0])
			n := 0
			for ; n < 100; n++ {
				_, err := r.Accept(forwarding.Opening{Inner: make(packet.IPv4, 100), Seq: uint32(n + 2), Verified: true})
				if err != nil {
					if !errors.Is(err, esp.ErrVolume) {
						t.Error(err)
					}
					break
				}
			}
			if n != 21 {
				t.Errorf("%d packets of 100 bytes", n)
			}
		})
		r := (*receiver)(w.b.all()[0])
		if _, ok := w.b.Open(w.ifc, late); ok || len(w.b.all()) != 0 {
			t.Errorf("accepted %v, %d pairs left", ok, len(w.b.all()))
		}
		r.Complain(9, esp.ErrVolume) // of another packet of the batch
		if n := r.flow.counters.RecvErrors.Load(); n != 0 {
			t.Errorf("%d receive errors", n)
		}
	})
}
