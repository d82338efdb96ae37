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
	hub := w.b
	hub.quiet = true
	hub.config.Keys = []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}
	hub.ipsec.flows = nil
	policy, _ := w.a.config.Policy(10)
	for i := range 100 {
		spoke := w.router(fmt.Sprint("spoke", i), fmt.Sprintf("40.0.0.%d", i+1))
		spoke.quiet = true
		spoke.config.Keys = w.a.config.Keys
		spoke.config.SetPolicy(policy)
		net := fmt.Sprintf("10.2.%d.0", i)
		spoke.ipsec.flows = []*flowConfig{newFlow(net, "20.1.1.0")}
		hub.ipsec.flows = append(hub.ipsec.flows, newFlow("20.1.1.0", net))
		w.at(time.Duration(i)*10*time.Millisecond, func() {
			f := spoke.ipsec.flows[0]
			spoke.engine.RequestSA(isakmp.SARequest{
				Local: spoke.addr.Addr(), Remote: hub.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
				Proposals: f.proposals, Seconds: 3600, Kilobytes: 4608000, SPI: spoke.ipsec.newSPI(),
			})
		})
	}
	w.run(3 * time.Minute)
	if n := len(hub.ipsec.pairs); n != 100 {
		t.Errorf("%d tunnels", n)
	}
	if n := len(hub.engine.Peers()); n != 100 {
		t.Errorf("%d peers", n)
	}
}
