package forwarding

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/prefixlist"
	"github.com/ioslab/ioslab/ios/routemap"
)

// named is a route-map of a table.
type named struct{ table *routemap.Table }

func (n named) View() *routemap.View { return n.table.View("M") }

// policed is the row with a route-map of one entry that permits everything.
func policed(t testing.TB, set routemap.Set) (*row, named) {
	n := newRow(t)
	m := named{routemap.NewTable(routemap.Lists{
		Access: func(string) *acl.List { return nil }, Prefix: func(string) *prefixlist.List { return nil },
	})}
	e := m.table.Open("M", 10, false)
	e.Set = set
	e.Changed()
	return n, m
}

// TestTurn: which of the ways that an entry names is taken.
func TestTurn(t *testing.T) {
	hop := func(s string) []netip.Addr { return []netip.Addr{addr(s)} }
	for _, c := range []struct {
		name  string
		set   routemap.Set
		to    string // 20.1.1.1 has a route of its own, 8.8.8.8 the default one
		want  string
		cause Reason
	}{
		{"next hop", routemap.Set{NextHops: hop("12.12.12.9")}, "20.1.1.1", "FastEthernet0/0 12.12.12.9", PolicyRouted},
		{"the first that is there", routemap.Set{NextHops: append(hop("7.7.7.7"), addr("23.23.23.9"))}, "20.1.1.1", "FastEthernet0/1 23.23.23.9", PolicyRouted},
		{"behind a static route", routemap.Set{NextHops: hop("20.1.1.9")}, "20.1.1.1", "", PolicyAsUsual},
		{"this router", routemap.Set{NextHops: hop("12.12.12.2")}, "20.1.1.1", "", PolicyAsUsual},
		{"next hop before interface", routemap.Set{NextHops: hop("12.12.12.9"), Interfaces: []string{"FastEthernet0/1"}}, "20.1.1.1", "FastEthernet0/0 12.12.12.9", PolicyRouted},
		{"interface after next hop", routemap.Set{NextHops: hop("7.7.7.7"), Interfaces: []string{"FastEthernet0/1"}}, "20.1.1.1", "FastEthernet0/1 20.1.1.1", PolicyRouted},
		{"interface that is down", routemap.Set{Interfaces: []string{"FastEthernet0/7", "Loopback0"}}, "20.1.1.1", "Loopback0 20.1.1.1", PolicyRouted},
		{"default with a route", routemap.Set{DefaultNextHops: hop("12.12.12.9"), DefaultInterfaces: []string{"Loopback0"}}, "20.1.1.1", "", PolicyExplicit},
		{"default", routemap.Set{DefaultNextHops: hop("12.12.12.9"), DefaultInterfaces: []string{"Loopback0"}}, "8.8.8.8", "FastEthernet0/0 12.12.12.9", PolicyRouted},
		{"default interface", routemap.Set{DefaultNextHops: hop("7.7.7.7"), DefaultInterfaces: []string{"Loopback0"}}, "8.8.8.8", "Loopback0 8.8.8.8", PolicyRouted},
		{"none of default", routemap.Set{DefaultNextHops: hop("7.7.7.7")}, "8.8.8.8", "", PolicyAsUsual},
		{"nothing", routemap.Set{}, "20.1.1.1", "", PolicyAsUsual},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, _ := policed(t, c.set)
			n.r2.up(t, "lo0", "9.9.9.1/24")
			n.r2.AddInterface(name(t, "fa0/7"))
			n.r2.route(t, "0.0.0.0/0", "23.23.23.3")
			way, _, why := n.r2.Table().turn(&c.set, addr(c.to), n.r2.upNamed)
			got := ""
			if way.Out != nil {
				got = fmt.Sprint(way.Out, " ", way.NextHop)
			}
			equal(t, "way", got, c.want)
			equal(t, "reason", why, c.cause)
		})
	}
}

// TestPolicyIsForTransit: what is to the router itself is not asked about, and what it
// makes is the local route-map's.
func TestPolicyIsForTransit(t *testing.T) {
	n, m := policed(t, routemap.Set{Interfaces: []string{"Null0"}})
	n.r2.AddInterface(name(t, "null0"))
	n.r2.Interfaces()[0].RouteMap = m
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	equal(t, "to the router", marks, ".!")
	n.r2.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 2})
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Count: 1})
	equal(t, "through it", marks, "U")
	n.r2.Interfaces()[0].RouteMap, n.r2.LocalRouteMap = nil, m
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Count: 2, Src: addr("10.1.1.1")})
	equal(t, "through it, with a local route-map", marks, "!!")
	marks, _ = n.r2.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 1})
	equal(t, "from it", marks, ".")
}

// TestLoopback: what policy routing sends to a loopback comes in by it, as another packet,
// and is routed as usual.
func TestLoopback(t *testing.T) {
	n, m := policed(t, routemap.Set{NextHops: []netip.Addr{addr("9.9.9.2")}})
	loopback := n.r2.up(t, "lo0", "9.9.9.1/24")
	n.r2.Interfaces()[0].RouteMap = m
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 2})
	var steps []string
	n.r2.AddWatch(func(s Step) {
		if s.In != nil && s.Packet.Dst() == addr("20.1.1.1") && s.Reason != NoReason && s.Reason != Fits {
			steps = append(steps, fmt.Sprintf("%v %v: %v", s.In, s.Stage, s.Reason))
		}
	})
	before := loopback.Counters()
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1})
	equal(t, "marks", marks, "!")
	equal(t, "steps", steps, []string{
		"FastEthernet0/0 deliver: not to this router", "FastEthernet0/0 forward: may be passed on", "FastEthernet0/0 policy routing: routed by the route-map",
		"FastEthernet0/0 time to live: the time to live is one less", "FastEthernet0/0 transmit: comes in again by the loopback",
		"Loopback0 deliver: not to this router", "Loopback0 forward: may be passed on", "Loopback0 route: a route leads there",
		"Loopback0 time to live: the time to live is one less", "Loopback0 transmit: sent",
	})
	after := loopback.Counters()
	equal(t, "counted", []uint64{after.InPackets - before.InPackets, after.OutPackets - before.OutPackets}, []uint64{1, 1})

	loopback.RouteMap = m // round and round, until the time to live is over
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1})
	equal(t, "marks", marks, "&")
}

// TestMarks: what a route-map writes into a header, with its checksum, whether or not it
// names a way.
func TestMarks(t *testing.T) {
	n, m := policed(t, routemap.Set{Mark: routemap.Mark{Precedence: acl.Some(5), TOS: acl.Some(2), DF: acl.Some(1)}})
	n.r2.Interfaces()[0].RouteMap = m
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 2})
	n.right.seen = nil
	n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 1})
	p := packet.IPv4(packet.Ethernet(n.right.seen[0]).Payload())
	if !p.Valid() || p.TOS() != 0xa4 || !p.DF() {
		t.Errorf("leaves as % x", p)
	}
	step := PolicyStep{}
	n.r2.Ask(nil, n.r2.Interfaces()[0], packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: 17, Src: addr("10.1.1.1"), Dst: addr("20.1.1.1")}, nil), func(s Step) {
		if s.Policy != nil {
			step = *s.Policy
		}
	})
	equal(t, "step", step, PolicyStep{Map: "M", Sequence: 10, Matched: true})
}
