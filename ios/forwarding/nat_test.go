package forwarding

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// withNAT gives a router NAT, whose list 1 has these entries.
func (r *router) withNAT(t testing.TB, entries ...string) *nat.NAT {
	t.Helper()
	list := acl.NewList("1", acl.Standard)
	for _, line := range entries {
		e, err := acl.ParseEntry(strings.Fields(line), acl.Standard)
		if err != nil {
			t.Fatal(err)
		}
		if err := list.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	r.NAT = nat.New(nat.Env{
		Now: r.env.Clock.Now, After: r.env.Clock.After, Emit: func(nat.Event) {},
		List:     func(string) *acl.List { return list },
		RouteMap: func(string) nat.RouteMap { return nil },
		Address:  func(ifc string) netip.Addr { return r.Interface(name(t, ifc)).Address().Addr() },
		Aliased:  r.Aliased,
		Routed:   r.Routed,
	})
	return r.NAT
}

func natStatic(t testing.TB, n *nat.NAT, kind nat.Kind, local, global string) {
	t.Helper()
	if err := n.AddStatic(nat.Static{Kind: kind, Local: addr(local), Global: addr(global)}); err != nil {
		t.Fatal(err)
	}
}

// natRow is the row with NAT in R2: R1 is inside, R3 outside. What is behind R1 leaves
// with the address of R2's interface; R1 itself has no address left.
func natRow(t testing.TB) *row {
	t.Helper()
	n := newRow(t)
	n.r2.Interfaces()[0].NAT, n.r2.Interfaces()[1].NAT = Inside, Outside
	x := n.r2.withNAT(t, "permit 10.1.1.0 0.0.0.255", "permit 12.12.12.1")
	if err := x.AddRule(nat.Rule{List: "1", Interface: "FastEthernet0/1", Overload: true}); err != nil {
		t.Fatal(err)
	}
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.r3.ping(t, PingParams{Dst: addr("23.23.23.2"), Count: 2})
	return n
}

// fromLAN has R1 ping from behind it.
func fromLAN(count int) PingParams {
	return PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: count}
}

func TestNATBothWays(t *testing.T) {
	n := natRow(t)
	var seen []netip.Addr
	n.r3.AddWatch(func(s Step) {
		if s.Stage == StageHeader {
			seen = append(seen, s.Packet.Src())
		}
	})
	var steps []string
	n.r2.AddWatch(func(s Step) {
		if s.NAT != nil {
			steps = append(steps, s.Stage.String()+" "+s.NAT.Before.Src().String()+" to "+s.Packet.Src().String())
		}
	})
	marks, _ := n.r1.ping(t, fromLAN(2))
	equal(t, "marks", marks, "!!")
	equal(t, "sources", seen, []netip.Addr{addr("23.23.23.2"), addr("23.23.23.2")})
	equal(t, "steps", steps[:2], []string{"NAT inside to outside 10.1.1.1 to 23.23.23.2", "NAT outside to inside 20.1.1.1 to 20.1.1.1"})
}

// TestNATInFragments: a packet in pieces is translated whole, whatever their order.
func TestNATInFragments(t *testing.T) {
	n := natRow(t)
	params := fromLAN(2)
	params.Size, params.Validate = 4000, true
	marks, _ := n.r1.ping(t, params)
	equal(t, "marks", marks, "!!")
	n.r2.watch()
	pieces := fragments(packet.BuildIPv4(packet.IPv4Fields{ID: 7, TTL: 9, Protocol: packet.ProtoUDP, Src: addr("10.1.1.1"), Dst: addr("20.1.1.1")},
		packet.BuildUDP(addrPort("10.1.1.1:9"), addrPort("20.1.1.1:9"), make([]byte, 3000))), 1500)
	for _, at := range []int{2, 1, 0} {
		n.r2.arrive(pieces[at])
	}
	equal(t, "steps", n.r2.steps, []string{
		"NAT inside to outside: taken: a fragment, which waits for the first one",
		"NAT inside to outside: taken: a fragment, which waits for the first one",
		"NAT inside to outside: taken: translated",
		"transmit: taken: sent", "transmit: taken: sent", "transmit: taken: sent",
	})
}

func TestNATRefuses(t *testing.T) {
	n := natRow(t)
	x := n.r2.withNAT(t, "permit any")
	if err := x.SetPool(nat.Pool{Name: "P", Ranges: []nat.Range{{Start: addr("99.9.9.9"), End: addr("99.9.9.9")}}, Bits: 24}); err != nil {
		t.Fatal(err)
	}
	if err := x.AddRule(nat.Rule{List: "1", Pool: "P"}); err != nil {
		t.Fatal(err)
	}
	n.r3.route(t, "99.9.9.0/24", "23.23.23.2")
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Count: 1})
	equal(t, "the first host", marks, "!")
	n.r2.watch()
	marks, _ = n.r1.ping(t, fromLAN(1))
	equal(t, "the second host", marks, "U")
	equal(t, "steps", n.r2.steps, []string{"NAT inside to outside: dropped: NAT has no address or port left for it", "transmit: taken: sent"})
}

// TestErrorsAboutTranslatedPackets: an error that is made behind NAT quotes the packet as
// its sender knows it, and so does one that is made before.
func TestErrorsAboutTranslatedPackets(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(n *row)
		params PingParams
	}{
		{"time exceeded", func(n *row) { n.r1.TTL = 1 }, PingParams{}},
		{"access list out", func(n *row) {
			n.r2.Interfaces()[1].AccessOut = filterFunc(func(p packet.IPv4) bool { return p.Src() != addr("23.23.23.2") })
		}, PingParams{}},
		{"too big for the link", func(n *row) { n.r2.Interfaces()[1].SetIPMTU(1000) }, PingParams{Size: 1200, DF: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := natRow(t)
			c.before(n)
			var errors []string
			n.r1.AddWatch(func(s Step) {
				if s.Reason == ICMPErrorTaken {
					quote := packet.IPv4(packet.ICMP(s.Packet.Payload()).Payload())
					errors = append(errors, s.Packet.Src().String()+" "+quote.Src().String())
				}
			})
			c.params.Dst, c.params.Src, c.params.Count = addr("20.1.1.1"), addr("10.1.1.1"), 1
			n.r1.ping(t, c.params)
			equal(t, "errors", errors, []string{"12.12.12.2 10.1.1.1"})
		})
	}
}

// TestNATSides: only what crosses from inside to outside is translated on its way out.
func TestNATSides(t *testing.T) {
	for _, c := range []struct {
		in, out NATSide
		made    bool
		want    bool
	}{
		{Inside, Outside, false, true},
		{Outside, Outside, false, false},
		{None, Outside, false, false},
		{Inside, Inside, false, false},
		{Inside, None, false, false},
		{None, Outside, true, true},
		{None, Inside, true, false},
	} {
		if got := c.out.crosses(c.made, c.in); got != c.want {
			t.Errorf("from %d to %d, made %v: %v", c.in, c.out, c.made, got)
		}
	}
}

// TestAskAssumes: the answer to a packet can be asked about though the entry is not made.
func TestAskAssumes(t *testing.T) {
	n := natRow(t)
	way := func(assumed *Assumed, in int, p packet.IPv4) (dst netip.Addr, last Reason) {
		n.r2.Ask(assumed, n.r2.Interfaces()[in], p, func(s Step) { dst, last = s.Packet.Dst(), s.Reason })
		return dst, last
	}
	echo := func(typ uint8, src, dst string) packet.IPv4 {
		return packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoICMP, Src: addr(src), Dst: addr(dst)}, packet.BuildICMP(typ, 0, 7<<16, nil))
	}
	reply := echo(packet.ICMPEchoReply, "20.1.1.1", "23.23.23.2")
	var assumed Assumed
	before := n.r2.state()
	for range 2 {
		_, last := way(&assumed, 0, echo(packet.ICMPEcho, "10.1.1.1", "20.1.1.1"))
		equal(t, "out", last, Sent)
	}
	_, last := way(nil, 1, reply)
	equal(t, "back without assumption", last, EchoReplyUnexpected)
	dst, last := way(&assumed, 1, reply)
	equal(t, "back", []any{dst, last}, []any{"10.1.1.1", Sent})
	equal(t, "translations", len(n.r2.NAT.Translations()), 0)
	equal(t, "the router", n.r2.state(), before)
}

// TestAliases: for the address of a static on one of its subnets the router answers as
// for its own; nothing of it is left when the static is gone.
func TestAliases(t *testing.T) {
	n := newRow(t)
	n.r2.Interfaces()[0].NAT, n.r2.Interfaces()[1].NAT = Inside, Outside
	x := n.r2.withNAT(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.r3.ping(t, PingParams{Dst: addr("23.23.23.50"), Count: 1}) // it is not there yet
	frames := n.right.count(packet.EtherTypeARP)
	natStatic(t, x, nat.InsideSource, "10.1.1.1", "23.23.23.50")
	natStatic(t, x, nat.InsideSource, "12.12.12.77", "99.9.9.9")   // on no subnet
	natStatic(t, x, nat.OutsideSource, "12.12.12.60", "20.1.1.99") // seen from inside
	n.Pass(time.Second)
	equal(t, "announced", n.right.count(packet.EtherTypeARP)-frames, 1)
	marks, _ := n.r3.ping(t, PingParams{Dst: addr("23.23.23.50"), Count: 4})
	equal(t, "to the host", marks, ".!!!")
	var own []netip.Addr
	for _, e := range n.r2.ARP() {
		if e.Own {
			own = append(own, e.Address)
		}
	}
	equal(t, "rows of show arp", own, []string{"12.12.12.2", "12.12.12.60", "23.23.23.2", "23.23.23.50"})
	n.r2.watch()
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("12.12.12.60"), Count: 4})
	equal(t, "an alias that nothing translates", marks, ".!!!")
	equal(t, "steps", n.r2.steps[0], "deliver: taken: echo answered")
	n.r2.steps = nil
	src, dst := addr("12.12.12.1"), addr("12.12.12.60")
	n.r1.SendTCP(src, dst, packet.BuildTCP(src, dst, packet.TCPFields{SrcPort: 7, DstPort: 9, Flags: packet.TCPSyn}, nil), false)
	n.Pass(time.Second)
	equal(t, "steps of TCP", n.r2.steps[0], "deliver: taken: no such TCP port: reset")

	other := n.router("R4")
	other.up(t, "fa0/0", "23.23.23.50/24").Attach(func([]byte) {})
	n.r2.logs = nil
	n.r2.Interfaces()[1].Receive(packet.BuildEthernet(packet.Broadcast, other.Interfaces()[0].MAC(), packet.EtherTypeARP,
		packet.BuildARP(packet.ARPRequest, other.Interfaces()[0].MAC(), addr("23.23.23.50"), packet.MAC{}, addr("23.23.23.3"))))
	if len(n.r2.logs) != 1 || !strings.Contains(n.r2.logs[0], "23.23.23.50 of FastEthernet0/1 is taken by") {
		t.Errorf("a duplicate: %q", n.r2.logs)
	}
	x.RemoveStatic(nat.Static{Local: addr("10.1.1.1"), Global: addr("23.23.23.50")})
	equal(t, "gone", n.r2.Interfaces()[1].claims(addr("23.23.23.50")), false)
}

// TestStaticNetworkLeavesNeighboursAlone: a router whose own subnet is translated as a
// whole answers for it, but not for neighbours that are there.
func TestStaticNetworkLeavesNeighboursAlone(t *testing.T) {
	n := newRow(t)
	n.r2.Interfaces()[0].NAT, n.r2.Interfaces()[1].NAT = Inside, Outside
	x := n.r2.withNAT(t)
	if err := x.AddStatic(nat.Static{Local: addr("10.1.1.0"), Global: addr("23.23.23.16"), Bits: 28}); err != nil {
		t.Fatal(err)
	}
	if err := n.r3.Interfaces()[0].AddSecondary(prefix("23.23.23.19/24")); err != nil {
		t.Fatal(err)
	}
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	marks, _ := n.r2.ping(t, PingParams{Dst: addr("23.23.23.19"), Count: 3})
	equal(t, "to the neighbour", marks, ".!!")
	outside := n.r2.Interfaces()[1]
	equal(t, "stands in", []bool{outside.standsIn(addr("23.23.23.19")), outside.standsIn(addr("23.23.23.17")), outside.standsIn(addr("23.23.23.33"))}, []bool{false, true, false})
	marks, _ = n.r3.ping(t, PingParams{Dst: addr("23.23.23.17"), Count: 4})
	equal(t, "to a host inside", marks, ".!!!")
	if logs := fmt.Sprint(n.r2.logs, n.r3.logs); strings.Contains(logs, "taken") {
		t.Error(logs)
	}
}

// TestAddRoute: a static of an outside address brings the route to it along, and takes it
// away, whatever else leads there.
func TestAddRoute(t *testing.T) {
	n := newRow(t)
	x := n.r2.withNAT(t)
	own := StaticRoute{Prefix: prefix("50.1.1.9/32"), NextHop: addr("23.23.23.3"), Distance: 1}
	s := nat.Static{Kind: nat.OutsideSource, Local: addr("50.1.1.9"), Global: addr("23.23.23.3"), AddRoute: true}
	lines := func() (configured int) {
		for _, r := range n.r2.Statics() {
			if r.Prefix == own.Prefix {
				configured++
			}
		}
		return configured
	}
	hops := func() int {
		r := n.r2.Table().Get(own.Prefix)
		if r == nil {
			return 0
		}
		return len(r.Hops)
	}
	for i, step := range []struct {
		do    func()
		lines int
		hops  int
	}{
		{func() { x.AddStatic(s) }, 0, 1},
		{func() { n.r2.AddStatic(own) }, 1, 1},
		{func() { n.r2.RemoveStatic(StaticRoute{Prefix: own.Prefix}) }, 0, 1},
		{func() { n.r2.AddStatic(own) }, 1, 1},
		{func() { x.RemoveStatic(s) }, 1, 1},
		{func() { n.r2.RemoveStatic(own) }, 0, 0},
	} {
		step.do()
		if lines() != step.lines || hops() != step.hops {
			t.Errorf("step %d: %d lines, %d hops", i, lines(), hops())
		}
	}
}

// TestAddRouteLeadsOut: the router answers pings to an outside local address in a subnet
// of its own itself, but for one that add-route has a route for.
func TestAddRouteLeadsOut(t *testing.T) {
	for _, c := range []struct {
		added bool
		sent  []string // where to
	}{{false, []string{"12.12.12.1"}}, {true, []string{"20.1.1.1", "12.12.12.1"}}} {
		n := newRow(t)
		n.r2.Interfaces()[0].NAT, n.r2.Interfaces()[1].NAT = Inside, Outside
		x := n.r2.withNAT(t)
		n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
		n.r3.ping(t, PingParams{Dst: addr("23.23.23.2"), Count: 2})
		if err := x.AddStatic(nat.Static{Kind: nat.OutsideSource, Local: addr("12.12.12.60"), Global: addr("20.1.1.1"), AddRoute: c.added}); err != nil {
			t.Fatal(err)
		}
		n.r1.ping(t, PingParams{Dst: addr("12.12.12.60"), Count: 2})
		var sent []string
		n.r2.AddWatch(func(s Step) {
			if s.Stage == StageTransmit {
				sent = append(sent, s.Packet.Dst().String())
			}
		})
		marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.60"), Count: 1})
		equal(t, "marks", marks, "!")
		equal(t, "sent", sent, c.sent)
	}
}
