package keyengine

import (
	"slices"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// TestPresume: a question's packet, in which nothing is sealed, is opened by the SA that
// it is for, and nothing is counted.
func TestPresume(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	outer := w.a.Engine.Select(w.ifc, p).Tunnel.Outline(p)
	unknown := slices.Clone(outer)
	unknown[packet.MinIPv4Header] ^= 1
	for _, c := range []struct {
		what         string
		outer, inner packet.IPv4
		why          forwarding.Reason
	}{
		{"by its SA", outer, p, forwarding.NoReason},
		{"outside the proxy identities", outer, ipPacket("10.1.1.1", "30.1.1.1"), forwarding.OutsideProxies},
		{"of another SPI", unknown, p, forwarding.NoSA},
		{"not of IPsec", p, p, forwarding.BadIPsec},
	} {
		d := w.b.Presume(w.ifc, c.outer, c.inner)
		if d.Why != c.why || slices.Equal(d.Inner, c.inner) != (c.why == forwarding.NoReason) {
			t.Errorf("%s: %v and % x", c.what, d.Why, d.Inner)
		}
	}
	if n := w.b.View()[0].Flows[0].Counters.Decaps.Load(); n != 0 {
		t.Errorf("%d packets are counted", n)
	}
}

// direction is a list of a crypto map that permits everything.
type direction struct {
	list string
	in   bool
}

func (direction) Lookup(packet.IPv4) acl.Result { return acl.Result{} }
func (direction) Apply(packet.IPv4, acl.Result) {}

// TestAccessOfEachDirection: what goes into a tunnel is for the entry's list out, what
// comes out of it for its list in.
func TestAccessOfEachDirection(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	for _, e := range []*end{w.a, w.b} {
		e.env.Filter = func(list string, _ *forwarding.Interface, in bool) forwarding.Filter { return direction{list, in} }
		entry, _ := e.AddEntry("CMAP", 10)
		entry.AccessIn, entry.AccessOut = "IN", "OUT"
	}
	p := ipPacket("10.1.1.1", "20.1.1.1")
	s := w.a.Engine.Select(w.ifc, p)
	outer := s.Tunnel.Outline(p)
	if s.Access != (direction{"OUT", false}) {
		t.Errorf("into the tunnel: %v", s.Access)
	}
	if d := w.b.Presume(w.ifc, outer, p); d.Access != (direction{"IN", true}) {
		t.Errorf("a presumed packet: %v", d.Access)
	}
	s.Tunnel.Seal(outer, p)
	if d := w.b.Engine.Open(w.ifc, outer); d.Access != (direction{"IN", true}) {
		t.Errorf("out of the tunnel: %v", d.Access)
	}
}
