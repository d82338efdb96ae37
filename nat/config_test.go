package nat

import (
	"errors"
	"testing"
)

// TestStaticsThatOverlap: what IOS refuses, and why.
func TestStaticsThatOverlap(t *testing.T) {
	ab := Static{Local: addr("10.1.1.1"), Global: addr("20.1.1.1")}
	web := Static{Protocol: 6, Local: addr("10.1.1.1"), LocalPort: 80, Global: addr("20.1.1.1"), GlobalPort: 8080, Extendable: true}
	with := func(s Static, change func(s *Static)) Static {
		change(&s)
		return s
	}
	for _, c := range []struct {
		name        string
		first, then Static
		want        string // "" is taken
	}{
		{"the same again", ab, ab, ""},
		{"another global address", ab, with(ab, func(s *Static) { s.Global = addr("20.1.1.2") }),
			"nat: 10.1.1.1 has a static already: 10.1.1.1 -> 20.1.1.1"},
		{"another one, extendable", ab, with(ab, func(s *Static) { s.Global, s.Extendable = addr("20.1.1.2"), true }), ""},
		{"another one, by route-map", ab, with(ab, func(s *Static) { s.Global, s.RouteMap = addr("20.1.1.2"), "M" }), ""},
		{"another local address", ab, with(ab, func(s *Static) { s.Local = addr("10.1.1.2") }),
			"nat: another static has the global end: 10.1.1.1 -> 20.1.1.1"},
		{"another one, extendable, too", ab, with(ab, func(s *Static) { s.Local, s.Extendable = addr("10.1.1.2"), true }),
			"nat: another static has the global end: 10.1.1.1 -> 20.1.1.1"},
		{"a port of it", ab, web, ""},
		{"the same port of another protocol", web, with(web, func(s *Static) { s.Protocol = 17 }), ""},
		{"another global port", web, with(web, func(s *Static) { s.GlobalPort = 8081 }), ""},
		{"the same global port", web, with(web, func(s *Static) { s.LocalPort = 81 }),
			"nat: another static has the global end: 10.1.1.1 -> 20.1.1.1"},
		{"the other way round", ab, with(ab, func(s *Static) { s.Kind = OutsideSource }), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.fixed(c.first)
			err := r.AddStatic(c.then)
			if got := textOf(err); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
			want := 2
			if err != nil || c.first == c.then {
				want = 1
			}
			if got := len(r.Statics()); got != want {
				t.Errorf("%d statics, not %d", got, want)
			}
		})
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestInUse: what has entries is known to, and goes with them.
func TestInUse(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.pool("P", "200.1.1.10", "200.1.1.19", 24)
	byPool, fixed := Rule{List: "1", Pool: "P"}, Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9")}
	r.rule(byPool)
	r.fixed(fixed)
	if r.RuleInUse(byPool) || r.StaticInUse(fixed) {
		t.Error("in use without packets")
	}
	r.step("> icmp 10.0.0.1 20.1.1.1 7")
	r.step("< icmp 20.1.1.1 200.1.1.9 7")
	if !r.RuleInUse(byPool) || !r.StaticInUse(fixed) {
		t.Error("not in use")
	}
	var inUse *RuleInUseError
	if err := r.AddRule(Rule{List: "1", Interface: "Out"}); !errors.As(err, &inUse) {
		t.Error("it was changed:", err)
	}
	var nonStatic *NonStaticError
	if err := r.AddStatic(Static{Local: addr("10.0.0.1"), Global: addr("200.1.1.8")}); !errors.As(err, &nonStatic) {
		t.Error("a static for a host with an entry:", err)
	}
	if err := r.SetPool(Pool{Name: "P", Ranges: []Range{{addr("200.1.1.10"), addr("200.1.1.11")}}, Bits: 24}); err == nil {
		t.Error("the pool was changed")
	}
	r.RemoveRule(byPool)
	r.shows("icmp 200.1.1.9:7 10.0.0.9:7 20.1.1.1:7 20.1.1.1:7", "--- 200.1.1.9 10.0.0.9 --- ---")
	if ok, err := r.RemovePool("P"); !ok || err != nil {
		t.Error(ok, err)
	}
	r.RemoveStatic(fixed)
	r.shows()
	if r.RemoveStatic(fixed) || r.RemoveRule(byPool) {
		t.Error("removed twice")
	}
}

// TestIDs: numbers of mappings rise, and none comes back.
func TestIDs(t *testing.T) {
	r := newRig(t)
	r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9")})
	r.rule(Rule{List: "NAT", Interface: "Out", Overload: true})
	r.rule(Rule{List: "1", Pool: "P"})
	r.RemoveRule(Rule{List: "NAT"})
	r.rule(Rule{List: "2", Pool: "P"})
	if got := r.Rules(); got[0].ID != 3 || got[1].ID != 4 || r.Statics()[0].ID != 1 {
		t.Errorf("%+v", got)
	}
}

// TestPortsOfStatics are taken from PAT, and given back.
func TestPortsOfStatics(t *testing.T) {
	r := patRig(t)
	s := Static{Protocol: 6, Local: addr("10.0.0.9"), LocalPort: 80, Interface: "Out", GlobalPort: 8080}
	r.fixed(s)
	r.expect("> tcp 10.0.0.1:8080 20.1.1.1:80 ack", "tcp 200.1.1.1:1024 20.1.1.1:80 ack")
	r.RemoveStatic(s)
	r.expect("> tcp 10.0.0.2:8080 20.1.1.1:80 ack", "tcp 200.1.1.1:8080 20.1.1.1:80 ack")
}

// TestAddressOfAnInterface: what uses it follows it.
func TestAddressOfAnInterface(t *testing.T) {
	r := patRig(t)
	r.fixed(Static{Protocol: 6, Local: addr("10.0.0.9"), LocalPort: 80, Interface: "Out", GlobalPort: 8080})
	r.step("> icmp 10.0.0.1 20.1.1.1 7")
	r.ifcs["Out"] = addr("200.1.1.2")
	r.AddressChanged("Out")
	r.shows("tcp 200.1.1.2:8080 10.0.0.9:80 --- ---")
	r.expect("> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.2 20.1.1.1 7")
	delete(r.ifcs, "Out")
	r.AddressChanged("Out")
	r.shows()
	r.expect("> icmp 10.0.0.1 20.1.1.1 7", "refused")
	r.ifcs["Out"] = addr("200.1.1.3")
	r.AddressChanged("Out")
	r.shows("tcp 200.1.1.3:8080 10.0.0.9:80 --- ---")
}

// TestPoolsThatDoNotFit are refused.
func TestPoolsThatDoNotFit(t *testing.T) {
	r := newRig(t)
	for name, p := range map[string]Pool{
		"backward":  {Name: "P", Ranges: []Range{{addr("2.2.2.2"), addr("2.2.2.1")}}, Bits: 24},
		"overlap":   {Name: "P", Ranges: []Range{{addr("2.2.2.2"), addr("2.2.2.9")}, {addr("2.2.2.9"), addr("2.2.2.12")}}, Bits: 24},
		"no mask":   {Name: "P", Ranges: []Range{{addr("2.2.2.2"), addr("2.2.2.9")}}},
		"no number": {Name: "P", Ranges: []Range{{addr("2.2.2.2"), addr("::1")}}, Bits: 24},
	} {
		var bad *PoolError
		if err := r.SetPool(p); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// As large a pool as there can be costs no more than what may be used of it.
	if err := r.SetPool(Pool{Name: "ALL", Ranges: []Range{{addr("0.0.0.0"), addr("255.255.255.255")}}, Bits: 8}); err != nil {
		t.Fatal(err)
	}
	if p := r.Pools()[0]; p.Total != 1<<32-2*256 {
		t.Error(p.Total)
	}
	r.list("1", "permit any")
	r.rule(Rule{List: "1", Pool: "ALL"})
	r.expect("> icmp 10.0.0.1 20.1.1.1 7", "icmp 0.0.0.1 20.1.1.1 7")
}

// TestStaticOfTheRoutersOwnAddress takes what comes to it, but for answers to the router.
func TestStaticOfTheRoutersOwnAddress(t *testing.T) {
	r := newRig(t)
	r.fixed(Static{Local: addr("10.0.0.9"), Interface: "Out"})
	self := func(p string) string { return r.pass(pkt(p), true, Way{Self: true}) }
	r.expect("< udp 20.1.1.1:500 200.1.1.1:500", "udp 20.1.1.1:500 10.0.0.9:500")
	if got := self("udp 200.1.1.1:500 20.1.1.2:500"); got != "udp 200.1.1.1:500 20.1.1.2:500" {
		t.Error(got)
	}
	r.expect(
		"< udp 20.1.1.2:500 200.1.1.1:500", "udp 20.1.1.2:500 200.1.1.1:500",
		"< udp 20.1.1.3:500 200.1.1.1:500", "udp 20.1.1.3:500 10.0.0.9:500",
	)
	r.expect("> udp 200.1.1.1:501 20.1.1.2:500", "untouched") // not the router's own
	r.Clear(Selector{All: true})
	r.RemoveStatic(Static{Local: addr("10.0.0.9"), Interface: "Out"})
	r.fixed(Static{Protocol: 17, Local: addr("10.0.0.9"), LocalPort: 500, Interface: "Out", GlobalPort: 500})
	self("udp 200.1.1.1:500 20.1.1.2:500")
	self("udp 200.1.1.1:123 20.1.1.2:123")
	r.expect("< udp 20.1.1.2:500 200.1.1.1:500", "udp 20.1.1.2:500 200.1.1.1:500")
	r.shows(
		"udp 200.1.1.1:500 10.0.0.9:500 --- ---",
		"udp 200.1.1.1:500 200.1.1.1:500 20.1.1.2:500 20.1.1.2:500",
	)
}
