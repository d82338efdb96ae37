package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// The key engine repeats a request that waits on an SA that does not come up,
// when another one, of the peer's making, has: it is negotiated there, and once
// only, though the first SA comes up after all.
func TestRepeatedRequestMovesToTheSAThatIsUp(t *testing.T) {
	w := newWorld(t)
	mute := true // R1's own first message is lost
	w.filter = func(from *router, m []byte) [][]byte {
		h, err := wire.ParseHeader(m)
		if err != nil {
			t.Fatal(err)
		}
		if mute && from == w.a && h.CookieR.IsZero() {
			return nil
		}
		return [][]byte{m}
	}
	f := w.a.ipsec.flows[0]
	spi := w.a.want()
	w.b.want()
	w.run(30 * time.Second)
	again := isakmp.SARequest{
		Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
		Proposals: f.proposals, Seconds: f.life.Seconds, Kilobytes: f.life.Kilobytes, SPI: spi,
	}
	w.a.engine.RequestSA(again)
	w.a.engine.RequestSA(again) // while quick mode is under way
	mute = false
	w.run(30 * time.Second)
	if n := len(w.a.engine.SAs()); n != 2 {
		t.Errorf("%d SAs, want the peer's and our own", n)
	}
	for _, r := range []*router{w.a, w.b} {
		if len(r.ipsec.pairs) != 2 || len(r.ipsec.failed) != 0 {
			t.Errorf("%s: %d pairs, failed %v; want one pair a request", r.name, len(r.ipsec.pairs), r.ipsec.failed)
		}
	}
	begun := 0
	for _, e := range w.a.events {
		if _, ok := e.(isakmp.QuickModeBegun); ok {
			begun++
		}
	}
	if begun != 1 {
		t.Errorf("R1 began quick mode %d times", begun)
	}
}
