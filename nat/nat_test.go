package nat

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestOverload(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "Out", Overload: true})
	r.expect(
		"> tcp 10.0.0.1:5000 20.1.1.1:80 syn", "tcp 200.1.1.1:5000 20.1.1.1:80 syn",
		"> tcp 10.0.0.2:5000 20.1.1.1:80 syn", "tcp 200.1.1.1:1024 20.1.1.1:80 syn",
		"> udp 10.0.0.1:500 20.1.1.1:500", "udp 200.1.1.1:500 20.1.1.1:500",
		"> udp 10.0.0.2:500 20.1.1.1:500", "udp 200.1.1.1:1 20.1.1.1:500",
		"> udp 10.0.0.2:500 20.1.1.2:500", "udp 200.1.1.1:1 20.1.1.2:500",
		"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 7",
		"> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 1",
		"> udp 10.0.1.1:500 20.1.1.1:500", "untouched",
		"> 47 10.0.0.1 20.1.1.1", "47 200.1.1.1 20.1.1.1",
		"> 47 10.0.0.2 20.1.1.1", "refused",
		"< tcp 20.1.1.1:80 200.1.1.1:1024 syn ack", "tcp 20.1.1.1:80 10.0.0.2:5000 syn ack",
		"< icmp 20.1.1.1 200.1.1.1 1 reply", "icmp 20.1.1.1 10.0.0.2 7 reply",
		"< udp 20.1.1.2:500 200.1.1.1:1", "udp 20.1.1.2:500 10.0.0.2:500",
		"< udp 20.1.1.3:500 200.1.1.1:1", "untouched",
	)
	r.shows(
		"icmp 200.1.1.1:7 10.0.0.1:7 20.1.1.1:7 20.1.1.1:7",
		"tcp 200.1.1.1:5000 10.0.0.1:5000 20.1.1.1:80 20.1.1.1:80",
		"udp 200.1.1.1:500 10.0.0.1:500 20.1.1.1:500 20.1.1.1:500",
		"gre 200.1.1.1:0 10.0.0.1:0 20.1.1.1:0 20.1.1.1:0",
		"icmp 200.1.1.1:1 10.0.0.2:7 20.1.1.1:7 20.1.1.1:1",
		"tcp 200.1.1.1:1024 10.0.0.2:5000 20.1.1.1:80 20.1.1.1:80",
		"udp 200.1.1.1:1 10.0.0.2:500 20.1.1.1:500 20.1.1.1:500",
		"udp 200.1.1.1:1 10.0.0.2:500 20.1.1.2:500 20.1.1.2:500",
	)
	r.wait(59 * time.Second)
	r.expect("> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 1")
	r.wait(time.Second)
	r.shows( // of the first connection no answer was seen
		"udp 200.1.1.1:500 10.0.0.1:500 20.1.1.1:500 20.1.1.1:500",
		"gre 200.1.1.1:0 10.0.0.1:0 20.1.1.1:0 20.1.1.1:0",
		"icmp 200.1.1.1:1 10.0.0.2:7 20.1.1.1:7 20.1.1.1:1",
		"tcp 200.1.1.1:1024 10.0.0.2:5000 20.1.1.1:80 20.1.1.1:80",
		"udp 200.1.1.1:1 10.0.0.2:500 20.1.1.1:500 20.1.1.1:500",
		"udp 200.1.1.1:1 10.0.0.2:500 20.1.1.2:500 20.1.1.2:500",
	)
}

func TestPool(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.pool("P", "200.1.1.15", "200.1.1.18", 28) // .15 and .16 are no hosts
	r.rule(Rule{List: "1", Pool: "P"})
	r.expect(
		"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.17 20.1.1.1 7",
		"> tcp 10.0.0.1:5000 20.1.1.1:80", "tcp 200.1.1.17:5000 20.1.1.1:80",
		"> icmp 10.0.0.2 20.1.1.1 7", "icmp 200.1.1.18 20.1.1.1 7",
		"> icmp 10.0.0.3 20.1.1.1 7", "refused",
		"< udp 20.1.1.9:53 200.1.1.18:53", "udp 20.1.1.9:53 10.0.0.2:53",
	)
	p := r.Pools()[0]
	if p.Total != 2 || p.Allocated != 2 || p.Misses != 1 {
		t.Errorf("%+v", p)
	}
	if got := r.Rules()[0]; got.References != 6 || got.ID != 1 {
		t.Errorf("%+v", got)
	}
	if !r.Alias(addr("200.1.1.17")) || r.Alias(addr("200.1.1.1")) || len(r.Aliases()) != 2 {
		t.Error(r.Aliases())
	}
	if _, err := r.RemovePool("P"); err == nil || err.Error() != "nat: a rule names pool P" {
		t.Error(err)
	}
	r.wait(2 * time.Minute)
	r.shows(
		"tcp 200.1.1.17:5000 10.0.0.1:5000 20.1.1.1:80 20.1.1.1:80",
		"--- 200.1.1.17 10.0.0.1 --- ---",
		"--- 200.1.1.18 10.0.0.2 --- ---",
	)
	if r.Clear(Selector{All: true}) != Cleared {
		t.Error("not cleared")
	}
	r.shows()
	if s := r.Statistics(); s.Static+s.Dynamic+s.Extended != 0 || r.Pools()[0].Allocated != 0 || len(r.Aliases()) != 0 {
		t.Error(s)
	}
	r.expect("> icmp 10.0.0.3 20.1.1.1 7", "icmp 200.1.1.17 20.1.1.1 7")
}

func TestStatics(t *testing.T) {
	r := newRig(t)
	r.fixed(Static{Local: addr("10.0.0.1"), Global: addr("200.1.1.10")})
	r.fixed(Static{Protocol: 6, Local: addr("10.0.0.2"), LocalPort: 80, Interface: "Out", GlobalPort: 8080})
	r.fixed(Static{Local: addr("10.9.0.0"), Global: addr("200.9.0.0"), Bits: 24})
	r.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.1"), Local: addr("172.16.0.1"), AddRoute: true})
	r.expect(
		"< tcp 20.1.1.2:4000 200.1.1.1:8080 syn", "tcp 20.1.1.2:4000 10.0.0.2:80 syn",
		"> tcp 10.0.0.2:80 20.1.1.2:4000 syn ack", "tcp 200.1.1.1:8080 20.1.1.2:4000 syn ack",
		"< icmp 20.1.1.2 200.1.1.10 9", "icmp 20.1.1.2 10.0.0.1 9",
		"> icmp 10.0.0.1 172.16.0.1 3", "icmp 200.1.1.10 20.1.1.1 3",
		"< icmp 20.1.1.1 200.1.1.10 3 reply", "icmp 172.16.0.1 10.0.0.1 3 reply",
		"> udp 10.9.0.7:1 20.1.1.2:2", "udp 200.9.0.7:1 20.1.1.2:2",
		"> udp 10.5.0.7:1 172.16.0.1:2", "udp 10.5.0.7:1 20.1.1.1:2",
		"> udp 10.5.0.7:1 172.16.0.2:2", "untouched",
	)
	r.shows(
		"--- --- --- 172.16.0.1 20.1.1.1",
		"icmp 200.1.1.10:3 10.0.0.1:3 172.16.0.1:3 20.1.1.1:3",
		"icmp 200.1.1.10:9 10.0.0.1:9 20.1.1.2:9 20.1.1.2:9",
		"--- 200.1.1.10 10.0.0.1 --- ---",
		"tcp 200.1.1.1:8080 10.0.0.2:80 20.1.1.2:4000 20.1.1.2:4000",
		"tcp 200.1.1.1:8080 10.0.0.2:80 --- ---",
		"udp 10.5.0.7:1 10.5.0.7:1 172.16.0.1:2 20.1.1.1:2",
		"udp 200.9.0.7:1 10.9.0.7:1 20.1.1.2:2 20.1.1.2:2",
		"--- 200.9.0.7 10.9.0.7 --- ---",
	)
	if got := r.AddRoutes(); len(got) != 1 || got[0] != (Route{addr("172.16.0.1"), addr("20.1.1.1")}) {
		t.Error(got)
	}
	r.Clear(Selector{All: true})
	if s := r.Statistics(); s.Static != 3 || s.Dynamic != 0 || s.Extended != 1 {
		t.Errorf("%+v", s)
	}
}

// TestDeletedInTheirOrder: what goes at once is told of in the order in which it is shown,
// conversations before the entry that they hang on.
func TestDeletedInTheirOrder(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit any")
	r.pool("P", "200.1.1.10", "200.1.1.19", 24)
	deleted := func() (order []string) {
		for _, e := range r.events {
			if d, ok := e.(Deleted); ok {
				order = append(order, fmt.Sprintf("%d %v:%d", d.Translation.Protocol, d.Translation.InsideLocal.Addr, d.Translation.InsideLocal.ID))
			}
		}
		return order
	}
	want := []string{"17 10.1.1.1:5", "17 10.1.1.1:6", "17 10.1.1.2:7", "17 10.1.1.3:8", "0 10.1.1.1:0", "0 10.1.1.2:0", "0 10.1.1.3:0"}
	for name, remove := range map[string]func(){
		"clear":   func() { r.Clear(Selector{All: true}) },
		"mapping": func() { r.RemoveRule(Rule{List: "1"}) },
	} {
		r.rule(Rule{List: "1", Pool: "P"})
		for _, p := range []string{"10.1.1.3:8", "10.1.1.1:6", "10.1.1.2:7", "10.1.1.1:5"} {
			r.Outbound(pkt("udp "+p+" 20.1.1.1:53"), Way{}).Apply()
		}
		r.events = nil
		if remove(); !slices.Equal(deleted(), want) {
			t.Errorf("%s: %v, want %v", name, deleted(), want)
		}
		r.RemoveRule(Rule{List: "1"})
	}
}
