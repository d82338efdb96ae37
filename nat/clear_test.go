package nat

import (
	"slices"
	"testing"
)

// TestClear: each form deletes what it names, and says where there is nothing.
func TestClear(t *testing.T) {
	end := func(a string, id uint32) Endpoint { return Endpoint{addr(a), id} }
	before := []string{
		"--- --- --- 172.16.0.1 20.1.1.1",
		"--- --- --- 172.16.0.2 20.2.0.2",
		"icmp 200.1.1.20:7 10.0.0.1:7 20.1.1.2:7 20.1.1.2:7",
		"udp 200.1.1.20:5 10.0.0.1:5 20.1.1.2:5 20.1.1.2:5",
		"--- 200.1.1.20 10.0.0.1 --- ---",
		"tcp 200.1.1.9:5 10.0.0.9:5 20.1.1.2:6 20.1.1.2:6",
		"--- 200.1.1.9 10.0.0.9 --- ---",
		"udp 200.1.1.1:5 10.0.1.1:5 20.1.1.2:5 20.1.1.2:5",
		"esp 200.1.1.1:0 10.0.1.1:0 20.1.1.2:0 20.1.1.2:AA",
	}
	for _, c := range []struct {
		name string
		s    Selector
		want ClearResult
		gone []int // rows
	}{
		{"all", Selector{All: true}, Cleared, []int{1, 2, 3, 4, 5, 7, 8}},
		{"ESP", Selector{ESP: true}, Cleared, []int{8}},
		{"a simple entry", Selector{InsideGlobal: end("200.1.1.20", 0), InsideLocal: end("10.0.0.1", 0)}, Cleared, []int{2, 3, 4}},
		{"one of its conversations", Selector{Protocol: 17, InsideGlobal: end("200.1.1.20", 5), InsideLocal: end("10.0.0.1", 5)}, Cleared, []int{3}},
		{"with both ends", Selector{Protocol: 1, InsideGlobal: end("200.1.1.20", 7), InsideLocal: end("10.0.0.1", 7),
			OutsideLocal: end("20.1.1.2", 7), OutsideGlobal: end("20.1.1.2", 7)}, Cleared, []int{2}},
		{"by addresses of both ends", Selector{InsideGlobal: end("200.1.1.1", 0), InsideLocal: end("10.0.1.1", 0),
			OutsideLocal: end("20.1.1.2", 0), OutsideGlobal: end("20.1.1.2", 0)}, Cleared, []int{7, 8}},
		{"outside", Selector{OutsideLocal: end("172.16.0.2", 0), OutsideGlobal: end("20.2.0.2", 0)}, Cleared, []int{1}},
		{"a static", Selector{InsideGlobal: end("200.1.1.9", 0), InsideLocal: end("10.0.0.9", 0)}, NotDynamic, nil},
		{"a conversation of a static", Selector{Protocol: 6, InsideGlobal: end("200.1.1.9", 5), InsideLocal: end("10.0.0.9", 5)}, Cleared, []int{5}},
		{"a static of outside", Selector{OutsideLocal: end("172.16.0.1", 0), OutsideGlobal: end("20.1.1.1", 0)}, NotDynamic, nil},
		{"another port", Selector{Protocol: 17, InsideGlobal: end("200.1.1.20", 6), InsideLocal: end("10.0.0.1", 5)}, NotFound, nil},
		{"another protocol", Selector{Protocol: 6, InsideGlobal: end("200.1.1.20", 5), InsideLocal: end("10.0.0.1", 5)}, NotFound, nil},
		{"another address", Selector{InsideGlobal: end("200.1.1.21", 0), InsideLocal: end("10.0.0.1", 0)}, NotFound, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := patRig(t)
			r.RemoveRule(Rule{List: "1"})
			r.list("2", "permit 10.0.1.0 0.0.0.255")
			r.pool("P", "200.1.1.20", "200.1.1.20", 24)
			r.rule(Rule{List: "1", Pool: "P"})
			r.rule(Rule{List: "2", Interface: "Out", Overload: true})
			r.fixed(Static{Kind: OutsideSource, Local: addr("172.16.0.1"), Global: addr("20.1.1.1")})
			r.fixed(Static{Kind: OutsideSource, Local: addr("172.16.0.0"), Global: addr("20.2.0.0"), Bits: 24})
			r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9")})
			for _, p := range []string{
				"> icmp 10.0.0.1 20.1.1.2 7", "> udp 10.0.0.1:5 20.1.1.2:5", "> tcp 10.0.0.9:5 20.1.1.2:6",
				"> udp 10.0.1.1:5 20.1.1.2:5", "> esp 10.0.1.1 20.1.1.2 AA", "> udp 10.9.9.9:5 172.16.0.2:9",
			} {
				r.step(p)
			}
			r.Clear(Selector{Protocol: 17, InsideLocal: end("10.9.9.9", 5)})
			r.shows(before...)
			if got := r.Clear(c.s); got != c.want {
				t.Errorf("result %d, not %d", got, c.want)
			}
			want := slices.Clone(before)
			for i := len(c.gone) - 1; i >= 0; i-- {
				want = slices.Delete(want, c.gone[i], c.gone[i]+1)
			}
			r.shows(want...)
		})
	}
}

func TestClearStatistics(t *testing.T) {
	r := patRig(t)
	r.step("> udp 10.0.0.1:5 20.1.1.2:5")
	r.step("< udp 20.1.1.2:5 200.1.1.1:5")
	r.pass(pkt("udp 10.0.0.1:5 20.1.1.2:5"), true, Way{Self: true})
	r.CountSwitched(10)
	s := r.Statistics()
	if s.Hits != 12 || s.Misses != 1 || s.Switched != 12 || s.Punted != 1 || s.Dynamic != 1 || s.Extended != 1 || s.Peak != 1 {
		t.Errorf("%+v", s)
	}
	r.ClearStatistics()
	if s := r.Statistics(); s.Hits+s.Misses+s.Switched+s.Punted+s.Expired != 0 || s.Dynamic != 1 {
		t.Errorf("%+v", s)
	}
}
