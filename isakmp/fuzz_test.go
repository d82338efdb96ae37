package isakmp_test

import (
	"net/netip"
	"testing"
	"time"
)

// FuzzInput throws changed messages at an engine in every state that the nine
// messages of a tunnel lead through: message `when` is replaced, and the same
// octets come once more, to both ends, when the tunnel is up. Some of the time there
// is a NAT in between.
func FuzzInput(f *testing.F) {
	w := newWorld(f)
	w.a.quiet, w.b.quiet = true, true
	w.a.want()
	w.run(3 * time.Second)
	for i, d := range w.sent {
		f.Add(byte(i), byte(0), uint16(0), byte(0), d.message)
		f.Add(byte(i), byte(1), uint16(40), byte(1), d.message)
		f.Add(byte(i), byte(1), uint16(19), byte(1), d.message)
		f.Add(byte(i), byte(2), uint16(0), byte(0), d.message)
		f.Add(byte(i), byte(3), uint16(40), byte(1), d.message)
	}
	f.Fuzz(func(t *testing.T, when, real byte, at uint16, flip byte, raw []byte) {
		w := newWorld(t)
		if real&2 != 0 {
			w = natWorld(t)
		}
		w.a.quiet, w.b.quiet = true, true
		i := 0
		w.filter = func(_ *router, m []byte) [][]byte {
			i++
			if i-1 != int(when)%messages {
				return [][]byte{m}
			}
			if real&1 == 0 { // the octets, under the cookies of this run
				if len(raw) >= 16 && len(m) >= 16 {
					raw = append(append([]byte(nil), m[:16]...), raw[16:]...)
				}
				return [][]byte{raw, m}
			}
			changed := append([]byte(nil), m...)
			changed[int(at)%len(changed)] ^= flip
			return [][]byte{changed, m}
		}
		w.a.want()
		w.run(15 * time.Second)
		w.b.engine.Input(w.b.addr, w.a.addr, raw)
		w.b.engine.Input(port4500, netip.AddrPortFrom(w.a.addr.Addr(), 40002), raw)
		w.a.engine.Input(w.a.addr, w.b.addr, raw)
		w.run(3 * time.Minute)
		for _, r := range []*router{w.a, w.b} {
			if list, names := r.engine.Tables(); list != names || list > 4 {
				t.Errorf("%s: %d SAs, %d names", r.name, list, names)
			}
		}
	})
}
