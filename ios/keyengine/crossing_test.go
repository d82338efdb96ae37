package keyengine

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// Both ends ask at the same moment, and the two quick modes cross on the wire:
// each has answered the other before its own answer comes.
func TestRequestsThatCross(t *testing.T) {
	w := newWorld(t)
	fromA, fromB := ipPacket("10.1.1.1", "20.1.1.1"), ipPacket("20.1.1.1", "10.1.1.1")
	w.a.Select(w.ifc, fromA)
	w.b.Select(w.ifc, fromB)
	w.Pass(time.Millisecond)
	ofA, ofB := answer(t, w.a, w.b), answer(t, w.b, w.a)
	for _, c := range []struct {
		end  *end
		pair isakmp.SAPair
	}{{w.a, ofA}, {w.b, ofB}} {
		p := c.pair
		_, err := c.end.ValidateProposal(isakmp.ProposalRequest{
			Local: p.Local.Addr(), Remote: p.Remote.Addr(), LocalProxy: p.LocalProxy, RemoteProxy: p.RemoteProxy,
			Number: 1, Proposal: p.Proposal, Initiator: true, SPI: p.InboundSPI,
		})
		if err != nil {
			t.Fatalf("the answer to %s: %v", c.end.addr, err)
		}
		c.end.InstallSAs(p)
	}
	w.a.EnableOutbound(netip.AddrPortFrom(right, 500), ofB.InboundSPI)
	w.b.EnableOutbound(netip.AddrPortFrom(left, 500), ofA.InboundSPI)

	both := func(when string) {
		t.Helper()
		if !w.send(t, w.a, w.b, fromA) || !w.send(t, w.b, w.a, fromB) {
			t.Errorf("%s: a packet is lost", when)
		}
	}
	both("at once")
	w.Pass(40 * time.Second)
	both("later")
	if n, m := len(w.a.requests), len(w.b.requests); n != 1 || m != 1 {
		t.Errorf("%d and %d requests, want 1 each", n, m)
	}

	// Both pairs are in use, both near their end, and one new pair is enough.
	for w.Now() < 3700*time.Second {
		n, m := len(w.a.requests), len(w.b.requests)
		w.Pass(time.Second)
		both("on the way to the end")
		if len(w.a.requests) > n {
			negotiate(t, w.a, w.b)
		}
		if len(w.b.requests) > m {
			negotiate(t, w.b, w.a)
		}
	}
	for _, d := range []*end{w.a, w.b} {
		if n := len(d.View()[0].Flows[0].Pairs); n != 1 || d.released != 2 {
			t.Errorf("%s: %d pairs, %d released; want 1 and 2", d.addr, n, d.released)
		}
	}
	if n := len(w.a.requests) + len(w.b.requests); n != 3 {
		t.Errorf("%d requests, want one from each end and one renewal", n)
	}
}
