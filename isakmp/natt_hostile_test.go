package isakmp_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

var port4500 = netip.MustParseAddrPort("23.23.23.3:4500")

// TestNoMarker: what is no message on port 4500 is dropped without a word.
func TestNoMarker(t *testing.T) {
	w := newWorld(t)
	first := firstMessage(1 << 40) // its first octets are no marker
	for _, b := range [][]byte{nil, {0xff}, {0}, {0, 0, 0}, {0, 0, 0, 1, 2, 3, 4, 5, 6}, first} {
		w.b.engine.Input(port4500, w.a.addr, b)
	}
	if said := w.b.take(); len(said) != 0 {
		t.Errorf("said %q", said)
	}
	w.b.engine.Input(port4500, w.a.addr, make([]byte, 4))
	inOrder(t, "R3", w.b.take(), []string{"dport 4500", "IKMP_BAD_MESSAGE"})
	if n, _ := w.b.engine.Tables(); n != 0 {
		t.Errorf("%d SAs", n)
	}
}

// TestFloodOf4500: first messages to port 4500 count as those to port 500 do, from
// whatever port they come.
func TestFloodOf4500(t *testing.T) {
	w := newWorld(t)
	w.b.quiet = true
	w.b.config.Keys = []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}
	for i := range uint64(3 * isakmp.MaxHalfOpenPerPeer) {
		from := netip.AddrPortFrom(netip.MustParseAddr("66.6.6.6"), uint16(1024+i))
		w.b.engine.Input(port4500, from, append(make([]byte, 4), firstMessage(i)...))
	}
	if n, _ := w.b.engine.Tables(); n != isakmp.MaxHalfOpenPerPeer {
		t.Errorf("%d SAs of one stranger", n)
	}
	w.run(5 * time.Minute)
	if list, names := w.b.engine.Tables(); list+names+len(w.b.engine.Peers()) != 0 {
		t.Errorf("%d SAs, %d names, %d peers left", list, names, len(w.b.engine.Peers()))
	}
}

// TestForgedPort: messages that are not the peer's own, but bear its cookies, move
// nothing, whatever they are and from wherever they come.
func TestForgedPort(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	where := w.b.engine.SAs()[0].Remote
	var own [][]byte // what R1 has sent, for whoever listens
	for _, d := range w.sent {
		if d.from == w.a {
			own = append(own, d.message)
		}
	}
	forged := func(change func(m []byte)) {
		for _, from := range []string{"12.12.12.1:666", "66.6.6.6:4500", "12.12.12.1:500"} {
			for _, m := range own {
				m = append([]byte(nil), m...)
				if [4]byte(m) != [4]byte{} {
					m = append(make([]byte, 4), m...)
				}
				change(m)
				w.b.engine.Input(port4500, netip.MustParseAddrPort(from), m)
			}
		}
	}
	forged(func([]byte) {})                     // recorded
	forged(func(m []byte) { m[len(m)-1] ^= 1 }) // changed
	forged(func(m []byte) { m[4+20] ^= 0x40 })  // under another message ID
	forged(func(m []byte) { m[4+18] = wire.ExchangeInformational })
	forged(func(m []byte) { m[4+19] = 0 }) // in the clear
	w.run(time.Minute)
	for _, s := range w.b.engine.SAs() { // recorded first messages have made others
		if s.ConnID == 1 && (s.Remote != where || s.Deleted) {
			t.Errorf("R3's SA: %+v", s)
		}
	}
	for _, p := range w.b.ipsec.pairs {
		if p.Remote != where {
			t.Errorf("a pair went to %v", p.Remote)
		}
	}
	w.a.engine.AreYouThere(1, 1)
	w.take()
	w.run(time.Second)
	inOrder(t, "R1", w.a.take(), []string{"R_U_THERE_ACK received"})
}

// take drops what both have said.
func (w *world) take() { w.a.take(); w.b.take() }

// TestMovesWithinItsKey: a peer goes to another address only where its key is good
// for that one, too. Else it would pass for the peer that is there.
func TestMovesWithinItsKey(t *testing.T) {
	mine, elsewhere := hostKey("cisco", "12.12.12.1"), netip.MustParseAddrPort("66.6.6.6:4500")
	for _, tt := range []struct {
		name  string
		keys  []isakmp.PresharedKey
		moves bool
	}{
		{"no key", []isakmp.PresharedKey{mine}, false},
		{"another key", []isakmp.PresharedKey{mine, hostKey("other", "66.6.6.6")}, false},
		{"the same", []isakmp.PresharedKey{mine, hostKey("cisco", "66.6.6.6")}, true},
		{"a key for all", []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, move := range map[string]func(w *world){
				"ISAKMP": func(w *world) {
					w.losing(lose)
					w.a.engine.AreYouThere(1, 1)
					w.b.engine.Input(port4500, elsewhere, w.sent[len(w.sent)-1].message)
				},
				"ESP": func(w *world) { w.b.engine.PeerMoved(port4500, w.b.engine.SAs()[0].Remote, elsewhere) },
			} {
				w := natWorld(t)
				w.b.config.Keys = tt.keys
				w.throughNAT(t)
				move(w)
				moved := w.b.engine.SAs()[0].Remote == elsewhere
				for _, p := range w.b.ipsec.pairs {
					if moved != (p.Remote == elsewhere) {
						t.Errorf("%s: the pair is with %v, the SA with %v", name, p.Remote, w.b.engine.SAs()[0].Remote)
					}
				}
				if moved != tt.moves {
					t.Errorf("%s: moved %t", name, moved)
				}
			}
		})
	}
}

// TestNothingMovesOnceUp: ends that have found no NAT stay at port 500. What is sent to
// the other one then, authentic or not, would take one half of the way to it.
func TestNothingMovesOnceUp(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.losing(lose)
	w.a.engine.AreYouThere(1, 1)
	m := append(make([]byte, 4), w.sent[len(w.sent)-1].message...)
	w.b.engine.Input(port4500, netip.AddrPortFrom(w.a.addr.Addr(), 4500), m)
	if s := w.b.engine.SAs()[0]; s.Local.Port() != 500 || s.Remote != w.a.addr {
		t.Errorf("from %v to %v", s.Local, s.Remote)
	}
}

// TestInsideDoesNotFollow: who is behind a NAT himself believes no change of the
// other's port, not even in an authentic message (RFC 3947 §4).
func TestInsideDoesNotFollow(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	w.b.engine.AreYouThere(1, 1)
	asked := w.sent[len(w.sent)-1].message
	w.a.engine.Input(netip.MustParseAddrPort("10.0.0.1:4500"), netip.MustParseAddrPort("23.23.23.3:999"), asked)
	if s := w.a.engine.SAs()[0]; s.Remote != port4500 {
		t.Errorf("R1 goes to %v", s.Remote)
	}
	for _, p := range w.a.ipsec.pairs {
		if p.Mobile {
			t.Error("a pair that would follow")
		}
	}
	w.run(time.Second)
	inOrder(t, "R3", w.b.take(), []string{"R_U_THERE_ACK received"})
}

// TestLateOnOldPort: messages that come again where the ends no longer are change
// nothing (RFC 3947 §4).
func TestLateOnOldPort(t *testing.T) {
	w := natWorld(t)
	w.filter = func(from *router, m []byte) [][]byte {
		if [4]byte(m) == [4]byte{} {
			return [][]byte{m}
		}
		to, at, src := from.other(), from.other().addr, from.addr
		if from == w.a {
			src = netip.AddrPortFrom(w.nat.public, 40001)
		}
		copied := append([]byte(nil), m...)
		w.At(w.Now()+5*time.Second, func() { to.Post(func() { to.engine.Input(at, src, copied) }) })
		return [][]byte{m}
	}
	w.throughNAT(t)
	w.run(20 * time.Second)
	for _, r := range []*router{w.a, w.b} {
		if s := r.engine.SAs(); len(s) != 1 || s[0].Deleted || s[0].Local.Port() != 4500 {
			t.Errorf("%s: %+v", r.name, s)
		}
	}
	if n := len(w.b.ipsec.pairs); n != 1 {
		t.Errorf("%d pairs", n)
	}
}

// TestEachMessageLostBehindNAT: also the change of ports is made up for, and a NAT
// that gives every message another port does no harm.
func TestEachMessageLostBehindNAT(t *testing.T) {
	for n := 1; n <= messages; n++ {
		w := natWorld(t)
		w.losing(func(i int, _ []byte) bool { return i >= n && i < n+2 })
		w.a.want()
		w.run(55 * time.Second)
		settled(t, w)
	}
	w := natWorld(t)
	w.filter = func(from *router, m []byte) [][]byte {
		if from == w.a && w.b.engine.SAs() != nil && len(w.b.engine.SAs()) > 0 && w.b.engine.SAs()[0].State == "QM_IDLE" {
			w.nat.forget()
		}
		return [][]byte{m}
	}
	w.a.want()
	w.run(55 * time.Second)
	settled(t, w)
}
