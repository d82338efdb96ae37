package routemap

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/prefixlist"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// world is a router's lists with a route-map M.
type world struct {
	t     *testing.T
	lists acl.Table
	nets  prefixlist.Table
	maps  *Table
}

func newWorld(t *testing.T) *world {
	w := &world{t: t}
	w.maps = NewTable(Lists{Access: w.lists.Get, Prefix: w.nets.Get})
	w.list("LAN", "permit 10.0.0.0 0.255.255.255")
	w.list("HOST", "deny host 10.0.0.1", "permit host 10.0.0.2")
	w.list("ISP", "permit host 1.1.1.1")
	w.nets.Open("HOPS").Add(prefixlist.Entry{Prefix: netip.MustParsePrefix("2.0.0.0/8"), LE: 32})
	return w
}

func (w *world) list(name string, lines ...string) {
	w.t.Helper()
	l, err := w.lists.Open(name, acl.Standard)
	for _, line := range lines {
		var e acl.Entry
		if err == nil {
			e, err = acl.ParseEntry(strings.Fields(line), acl.Standard)
		}
		if err == nil {
			err = l.Add(e)
		}
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// entry edits an entry of M.
func (w *world) entry(sequence int, deny bool, edit func(*Entry)) {
	e := w.maps.Open("M", sequence, deny)
	edit(e)
	e.Changed()
}

// find asks M about a packet of 100 bytes from src.
func (w *world) find(src, out, nextHop string) (sequence int, hits []string) {
	w.t.Helper()
	q := Asked{Packet: &acl.Packet{Src: addr(src), Dst: addr("9.9.9.9")}, Length: 100, Out: out}
	if nextHop != "" {
		q.NextHop = addr(nextHop)
	}
	rule, ok := w.maps.View("M").Find(&q, func(h Hit) bool { hits = append(hits, fmt.Sprint(h)); return true })
	if !ok {
		w.t.Error("the search has ended early")
	}
	if rule == nil {
		return 0, hits
	}
	return rule.Sequence, hits
}

func TestClauses(t *testing.T) {
	for _, c := range []struct {
		name              string
		match             Match
		withheld          bool
		src, out, nextHop string
		want              bool
	}{
		{name: "none", src: "8.8.8.8", want: true},
		{name: "none but one that is not built", withheld: true, src: "8.8.8.8"},
		{name: "list", match: Match{Lists: []string{"LAN"}}, src: "10.0.0.1", want: true},
		{name: "list, another source", match: Match{Lists: []string{"LAN"}}, src: "8.8.8.8"},
		{name: "any of two", match: Match{Lists: []string{"HOST", "LAN"}}, src: "10.0.0.1", want: true},
		{name: "undefined", match: Match{Lists: []string{"NONE"}}, src: "8.8.8.8", want: true},
		{name: "undefined beside another", match: Match{Lists: []string{"NONE", "LAN"}}, src: "8.8.8.8"},
		{name: "of routes", match: Match{PrefixLists: []string{"HOPS"}}, src: "2.2.2.2"},
		{name: "interface", match: Match{Interfaces: []string{"Serial0/0", "Serial0/1"}}, src: "8.8.8.8", out: "Serial0/1", want: true},
		{name: "another interface", match: Match{Interfaces: []string{"Serial0/0"}}, src: "8.8.8.8", out: "Serial0/1"},
		{name: "no route", match: Match{Interfaces: []string{"Serial0/0"}}, src: "8.8.8.8"},
		{name: "next hop", match: Match{NextHopLists: []string{"ISP"}}, src: "8.8.8.8", nextHop: "1.1.1.1", want: true},
		{name: "another next hop", match: Match{NextHopLists: []string{"ISP"}}, src: "8.8.8.8", nextHop: "1.1.1.2"},
		{name: "next hop, no route", match: Match{NextHopLists: []string{"ISP"}}, src: "8.8.8.8"},
		{name: "next hop by prefix", match: Match{NextHopPrefixLists: []string{"HOPS"}}, src: "8.8.8.8", nextHop: "2.7.7.7", want: true},
		{name: "next hop by either", match: Match{NextHopLists: []string{"ISP"}, NextHopPrefixLists: []string{"HOPS"}}, src: "8.8.8.8", nextHop: "1.1.1.1", want: true},
		{name: "length", match: Match{Length: &Range{100, 200}}, src: "8.8.8.8", want: true},
		{name: "shorter", match: Match{Length: &Range{101, 200}}, src: "8.8.8.8"},
		{name: "longer", match: Match{Length: &Range{0, 99}}, src: "8.8.8.8"},
		{name: "all of several", match: Match{Lists: []string{"LAN"}, Interfaces: []string{"Serial0/0"}}, src: "10.0.0.1", out: "Serial0/0", want: true},
		{name: "one of several", match: Match{Lists: []string{"LAN"}, Interfaces: []string{"Serial0/0"}}, src: "10.0.0.1", out: "Serial0/1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.entry(10, false, func(e *Entry) { e.Match, e.Withheld = c.match, c.withheld })
			if got, _ := w.find(c.src, c.out, c.nextHop); (got == 10) != c.want {
				t.Errorf("found %d", got)
			}
		})
	}
}

// TestOrder: the first entry that matches decides, whatever it says, and lists that
// were asked before have hits, too.
func TestOrder(t *testing.T) {
	w := newWorld(t)
	w.entry(20, false, func(e *Entry) { e.Match.Lists = []string{"LAN"} })
	w.entry(10, true, func(e *Entry) { e.Match.Lists = []string{"HOST"} })
	for src, want := range map[string]struct {
		sequence, hits int
	}{"10.0.0.1": {20, 2}, "10.0.0.2": {10, 1}, "10.0.0.3": {20, 1}, "8.8.8.8": {0, 0}} {
		if got, hits := w.find(src, "", ""); got != want.sequence || len(hits) != want.hits {
			t.Errorf("%s: entry %d, hits %q", src, got, hits)
		}
	}
	q := Asked{Packet: &acl.Packet{Src: addr("10.0.0.2"), Dst: addr("9.9.9.9")}}
	if rule, ok := w.maps.View("M").Find(&q, func(Hit) bool { return false }); rule != nil || ok {
		t.Error("the search goes on though it was to end")
	}
}

// TestViewChanges: a view is another one only after a change, and keeps what it was.
func TestViewChanges(t *testing.T) {
	w := newWorld(t)
	if w.maps.View("M") != nil {
		t.Error("there is a view of no map")
	}
	w.entry(10, false, func(e *Entry) {
		e.Match.Lists, e.Match.NextHopPrefixLists = []string{"LAN"}, []string{"HOPS"}
		e.Set.NextHops = []netip.Addr{addr("1.1.1.1"), addr("1.1.1.2")}
	})
	first := w.maps.View("M")
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"an entry", func() { w.entry(10, false, func(e *Entry) { e.Set.NextHops[0] = addr("3.3.3.3") }) }},
		{"a new entry", func() { w.entry(20, true, func(*Entry) {}) }},
		{"a list", func() { w.list("LAN", "permit any") }},
		{"a list that is not there", func() { w.lists.Delete("LAN") }},
		{"a prefix-list", func() { w.nets.Open("HOPS").Add(prefixlist.Entry{Prefix: netip.MustParsePrefix("3.0.0.0/8")}) }},
		{"an entry's end", func() { w.maps.Remove(w.maps.Get("M"), w.maps.Get("M").Entry(20)) }},
	} {
		before := w.maps.View("M")
		if w.maps.View("M") != before {
			t.Error("another view without a change")
		}
		c.change()
		if w.maps.View("M") == before {
			t.Errorf("the same view after a change of %s", c.name)
		}
	}
	if got := first.rules[0].Set.NextHops[0]; got != addr("1.1.1.1") {
		t.Errorf("a view has changed: %v", got)
	}
}

func TestByWay(t *testing.T) {
	for _, c := range []struct {
		match Match
		want  bool
	}{
		{Match{Lists: []string{"LAN"}, Length: &Range{0, 9}}, false},
		{Match{Interfaces: []string{"Serial0/0"}}, true},
		{Match{NextHopLists: []string{"ISP"}}, true},
		{Match{NextHopPrefixLists: []string{"HOPS"}}, true},
	} {
		w := newWorld(t)
		w.entry(10, false, func(e *Entry) { e.Match = c.match })
		if got := w.maps.View("M").ByWay(); got != c.want {
			t.Errorf("%+v: %v", c.match, got)
		}
	}
}

func TestMark(t *testing.T) {
	for _, c := range []struct {
		mark     Mark
		tos, new uint8
	}{
		{Mark{}, 0xb9, 0xb9},
		{Mark{TOS: acl.Some(8)}, 0xe1, 0xf1},
		{Mark{TOS: acl.Some(0)}, 0xff, 0xe1},
		{Mark{Precedence: acl.Some(5)}, 0x1f, 0xbf},
		{Mark{Precedence: acl.Some(0)}, 0xff, 0x1f},
		{Mark{Precedence: acl.Some(7), TOS: acl.Some(15)}, 0, 0xfe},
	} {
		if got := c.mark.TypeOfService(c.tos); got != c.new {
			t.Errorf("%+v makes %#x of %#x", c.mark, got, c.tos)
		}
	}
}
