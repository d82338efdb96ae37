package nat

import (
	"testing"

	"github.com/ioslab/ioslab/acl"
)

func TestTypesOfPools(t *testing.T) {
	for _, c := range []struct {
		name  string
		pool  Pool
		steps []string
	}{
		{"rotary", Pool{Name: "P", Type: Rotary, Bits: 24, Ranges: []Range{{addr("200.1.1.10"), addr("200.1.1.12")}}}, []string{
			"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.10 20.1.1.1 7",
			"> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.11 20.1.1.1 7",
			"> icmp 10.0.0.1 20.1.1.2 7", "icmp 200.1.1.10 20.1.1.2 7",
			"> icmp 10.0.0.3 20.1.1.1 7", "icmp 200.1.1.12 20.1.1.1 7",
			"> icmp 10.0.0.4 20.1.1.1 7", "refused",
		}},
		{"match-host", Pool{Name: "P", Type: MatchHost, Bits: 24, Ranges: []Range{{addr("200.1.1.2"), addr("200.1.1.9")}}}, []string{
			"> icmp 10.0.0.7 20.1.1.1 7", "icmp 200.1.1.7 20.1.1.1 7",
			"> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.2 20.1.1.1 7",
			"> icmp 10.0.0.1 20.1.1.1 7", "refused",
			"> icmp 10.0.0.10 20.1.1.1 7", "refused",
		}},
		{"match-host in a huge pool", Pool{Name: "P", Type: MatchHost, Bits: 30, Ranges: []Range{{addr("1.0.0.1"), addr("223.0.0.2")}}}, []string{
			"> icmp 10.0.0.2 20.1.1.1 7", "icmp 1.0.0.2 20.1.1.1 7",
			"> icmp 10.0.0.6 20.1.1.1 7", "icmp 1.0.0.6 20.1.1.1 7",
			"> icmp 10.0.0.3 20.1.1.1 7", "refused",
		}},
		{"several subnets", Pool{Name: "P", Bits: 30, Ranges: []Range{{addr("200.1.1.1"), addr("200.1.1.5")}, {addr("200.1.2.8"), addr("200.1.2.9")}}}, []string{
			"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 7",
			"> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.2 20.1.1.1 7",
			"> icmp 10.0.0.3 20.1.1.1 7", "icmp 200.1.1.5 20.1.1.1 7",
			"> icmp 10.0.0.4 20.1.1.1 7", "icmp 200.1.2.9 20.1.1.1 7",
			"> icmp 10.0.0.5 20.1.1.1 7", "refused",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.list("1", "permit 10.0.0.0 0.0.0.255")
			if err := r.SetPool(c.pool); err != nil {
				t.Fatal(err)
			}
			r.rule(Rule{List: "1", Pool: "P"})
			r.expect(c.steps...)
		})
	}
}

// TestInsideDestination: connections to a virtual host go to the hosts of the pool in turn.
func TestInsideDestination(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 200.1.1.77")
	if err := r.SetPool(Pool{Name: "SRV", Type: Rotary, Bits: 24, Ranges: []Range{{addr("10.0.0.10"), addr("10.0.0.11")}}}); err != nil {
		t.Fatal(err)
	}
	r.rule(Rule{Kind: InsideDestination, List: "1", Pool: "SRV"})
	r.expect(
		"< tcp 20.1.1.1:4000 200.1.1.77:80 syn", "tcp 20.1.1.1:4000 10.0.0.10:80 syn",
		"< tcp 20.1.1.1:4001 200.1.1.77:80 syn", "tcp 20.1.1.1:4001 10.0.0.11:80 syn",
		"< tcp 20.1.1.1:4000 200.1.1.77:80 ack", "tcp 20.1.1.1:4000 10.0.0.10:80 ack",
		"> tcp 10.0.0.11:80 20.1.1.1:4001 syn ack", "tcp 200.1.1.77:80 20.1.1.1:4001 syn ack",
		"< tcp 20.1.1.1:4002 200.1.1.77:80 syn", "tcp 20.1.1.1:4002 10.0.0.10:80 syn",
		"< udp 20.1.1.1:4002 200.1.1.77:80", "untouched",
		"< tcp 20.1.1.1:4002 200.1.1.78:80 syn", "untouched",
	)
	if tr := r.Translations()[0]; !tr.Destination || !tr.Extended || tr.Static {
		t.Errorf("%+v", tr)
	}
}

// TestOutsideSource: a host outside gets an address of the pool when it comes in, and is
// reached by it.
func TestOutsideSource(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 20.1.1.0 0.0.0.255")
	r.pool("OL", "172.16.0.1", "172.16.0.1", 24)
	r.rule(Rule{Kind: OutsideSource, List: "1", Pool: "OL", AddRoute: true})
	r.expect(
		"> icmp 10.0.0.1 172.16.0.1 7", "untouched",
		"< icmp 20.1.1.1 10.0.0.1 7", "icmp 172.16.0.1 10.0.0.1 7",
		"> icmp 10.0.0.1 172.16.0.1 7 reply", "icmp 10.0.0.1 20.1.1.1 7 reply",
		"> udp 10.0.0.1:5 172.16.0.1:5", "udp 10.0.0.1:5 20.1.1.1:5",
		"< icmp 20.1.1.2 10.0.0.1 7", "refused",
		"< icmp 20.1.2.2 10.0.0.1 7", "untouched",
	)
	r.shows(
		"--- --- --- 172.16.0.1 20.1.1.1",
		"icmp 10.0.0.1:7 10.0.0.1:7 172.16.0.1:7 20.1.1.1:7",
		"udp 10.0.0.1:5 10.0.0.1:5 172.16.0.1:5 20.1.1.1:5",
	)
	if tr := r.Translations()[0]; !tr.Outside || tr.Extended {
		t.Errorf("%+v", tr)
	}
	if got := r.AddRoutes(); len(got) != 1 || got[0] != (Route{addr("172.16.0.1"), addr("20.1.1.1")}) {
		t.Error(got)
	}
}

// listMap is a route-map of one list and, perhaps, an interface.
type listMap struct {
	list *acl.Snapshot
	out  string
}

func (m *listMap) Permits(p *acl.Packet, _ int, way Way) (matches, permit bool, hit *acl.Rule) {
	r := m.list.Lookup(p)
	permit = r.Selects() && (m.out == "" || m.out == way.Out)
	return permit, permit, r.Rule
}

// TestRouteMaps: rules by them make conversations alone; two providers get each its
// address; a static is for what its route-map permits, in both directions.
func TestRouteMaps(t *testing.T) {
	r := newRig(t)
	r.ifcs["Out2"] = addr("201.1.1.1")
	r.list("101", "deny ip any 192.168.0.0 0.0.255.255", "permit ip 10.0.0.0 0.0.0.255 any")
	list := r.lists.Get("101")
	r.maps["ONE"], r.maps["TWO"], r.maps["SERVER"] = &listMap{list.Snapshot(), "Out"}, &listMap{list.Snapshot(), "Out2"}, &listMap{list.Snapshot(), ""}
	r.rule(Rule{RouteMap: "ONE", Interface: "Out", Overload: true})
	r.rule(Rule{RouteMap: "TWO", Interface: "Out2", Overload: true})
	r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9"), RouteMap: "SERVER"})
	r.expect(
		"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 7",
		"> icmp 10.0.0.9 192.168.1.1 7", "untouched", // into the tunnel
		"< icmp 192.168.1.1 200.1.1.9 8", "untouched",
		"< icmp 20.1.1.1 200.1.1.9 8", "icmp 20.1.1.1 10.0.0.9 8",
		"> icmp 10.0.0.9 20.1.1.1 9", "icmp 200.1.1.9 20.1.1.1 9",
	)
	if got := r.pass(pkt("icmp 10.0.0.1 20.1.1.1 8"), true, Way{Out: "Out2"}); got != "icmp 201.1.1.1 20.1.1.1 8" {
		t.Error("by the other provider:", got)
	}
	if hits := list.Rules()[0].Hits(); hits == 0 {
		t.Error("what was denied is not counted")
	}
}
