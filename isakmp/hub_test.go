package isakmp_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestHub: a hundred spokes want a tunnel to one hub within a second. The hub's
// processor is busy with it for longer than a retransmission takes.
func TestHub(t *testing.T) {
	w := newWorld(t)
	w.spokes("40.0.0.%d", 100)
	w.run(3 * time.Minute)
	w.hubHas(100)
}

// TestHubBesideNAT: all the spokes stand behind one NAT, and the hub, which knows
// them by their ports, takes its time for so many with one address.
func TestHubBesideNAT(t *testing.T) {
	w := newWorld(t)
	w.behindNAT("12.12.12.1", w.spokes("10.0.0.%d", 100)...)
	w.run(3 * time.Minute)
	w.hubHas(100)
}

// spokes are n routers that want a tunnel to R3, one every ten milliseconds.
func (w *world) spokes(addresses string, n int) (all []*router) {
	hub := w.b
	hub.quiet = true
	hub.config.Keys = []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}
	hub.ipsec.flows = nil
	policy, _ := w.a.config.Policy(10)
	for i := range n {
		spoke := w.router(fmt.Sprint("spoke", i), fmt.Sprintf(addresses, i+1))
		spoke.quiet = true
		spoke.config.Keys = w.a.config.Keys
		spoke.config.SetPolicy(policy)
		net := fmt.Sprintf("10.2.%d.0", i)
		spoke.ipsec.flows = []*flowConfig{newFlow(net, "20.1.1.0")}
		hub.ipsec.flows = append(hub.ipsec.flows, newFlow("20.1.1.0", net))
		w.At(time.Duration(i)*10*time.Millisecond, func() {
			f := spoke.ipsec.flows[0]
			spoke.engine.RequestSA(isakmp.SARequest{
				Local: spoke.addr.Addr(), Remote: hub.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
				Proposals: f.proposals, Seconds: 3600, Kilobytes: 4608000, SPI: spoke.ipsec.newSPI(),
			})
		})
		all = append(all, spoke)
	}
	return all
}

// hubHas checks that R3 has a tunnel with each of n peers.
func (w *world) hubHas(n int) {
	w.t.Helper()
	if got := len(w.b.ipsec.pairs); got != n {
		w.t.Errorf("%d tunnels", got)
	}
	if got := len(w.b.engine.Peers()); got != n {
		w.t.Errorf("%d peers", got)
	}
}
