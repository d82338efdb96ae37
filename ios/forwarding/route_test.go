package forwarding

import (
	"fmt"
	"math/rand"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

// table writes the routing table in short.
func (r *router) table() string {
	var lines []string
	for _, route := range r.Table().Routes() {
		line := fmt.Sprintf("%c %v [%d/%d]", route.Source.Code(), route.Prefix, route.Distance, route.Metric)
		for _, h := range route.Hops {
			if h.NextHop.IsValid() {
				line += " via " + h.NextHop.String()
			}
			if h.Interface != nil {
				line += " " + h.Interface.Name().Short()
			}
		}
		line += " ->"
		for _, p := range route.Paths {
			line += " " + p.Out.Name().Short()
			if p.NextHop.IsValid() {
				line += "," + p.NextHop.String()
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// forked is a router with two Ethernets, both up.
func forked(t *testing.T) (*world, *router) {
	w := newWorld()
	r := w.router("R")
	for _, i := range []*Interface{r.up(t, "fa0/0", "10.0.0.1/24"), r.up(t, "fa0/1", "10.0.1.1/24")} {
		i.Attach(func([]byte) {})
		i.SetCarrier(true)
	}
	return w, r
}

func static(t *testing.T, line string) StaticRoute {
	r := StaticRoute{Distance: 1}
	words := strings.Fields(line)
	r.Prefix = prefix(words[0])
	for _, word := range words[1:] {
		switch {
		case strings.Contains(word, "."):
			r.NextHop = addr(word)
		case strings.Contains(word, "/") || strings.HasPrefix(word, "null"):
			r.Interface = name(t, word)
		default:
			fmt.Sscan(word, &r.Distance)
		}
	}
	return r
}

func TestStaticRoutes(t *testing.T) {
	connected := "C 10.0.0.0/24 [0/0] Fa0/0 -> Fa0/0\nC 10.0.1.0/24 [0/0] Fa0/1 -> Fa0/1"
	for _, c := range []struct {
		name  string
		lines []string
		table string // without the connected routes
	}{
		{"next hop", []string{"20.0.0.0/8 10.0.0.2"}, "S 20.0.0.0/8 [1/0] via 10.0.0.2 -> Fa0/0,10.0.0.2"},
		{"interface", []string{"20.0.0.0/8 fa0/1"}, "S 20.0.0.0/8 [1/0] Fa0/1 -> Fa0/1"},
		{"both", []string{"20.0.0.0/8 fa0/1 10.0.1.9"}, "S 20.0.0.0/8 [1/0] via 10.0.1.9 Fa0/1 -> Fa0/1,10.0.1.9"},
		{"Null0", []string{"20.0.0.0/8 null0"}, "S 20.0.0.0/8 [1/0] Nu0 -> Nu0"},
		{"no way to the next hop", []string{"20.0.0.0/8 30.0.0.1"}, ""},
		{"recursive", []string{"20.0.0.0/8 30.0.0.1", "30.0.0.0/8 10.0.1.2"},
			"S 20.0.0.0/8 [1/0] via 30.0.0.1 -> Fa0/1,10.0.1.2\nS 30.0.0.0/8 [1/0] via 10.0.1.2 -> Fa0/1,10.0.1.2"},
		{"recursive over an interface", []string{"20.0.0.0/8 30.0.0.1", "30.0.0.0/8 fa0/1"},
			"S 20.0.0.0/8 [1/0] via 30.0.0.1 -> Fa0/1,30.0.0.1\nS 30.0.0.0/8 [1/0] Fa0/1 -> Fa0/1"},
		{"its own next hop", []string{"20.0.0.0/8 20.0.0.1"}, ""},
		{"in a circle", []string{"20.0.0.0/8 30.0.0.1", "30.0.0.0/8 20.0.0.1"}, ""},
		{"in a circle over the default route", []string{"20.0.0.0/8 30.0.0.1", "30.0.0.0/8 20.0.0.1", "0.0.0.0/0 10.0.0.2"},
			"S 0.0.0.0/0 [1/0] via 10.0.0.2 -> Fa0/0,10.0.0.2"},
		{"floating", []string{"20.0.0.0/8 10.0.0.2", "20.0.0.0/8 10.0.1.2 200"}, "S 20.0.0.0/8 [1/0] via 10.0.0.2 -> Fa0/0,10.0.0.2"},
		{"floating, the better one unusable", []string{"20.0.0.0/8 30.0.0.1", "20.0.0.0/8 10.0.1.2 200"},
			"S 20.0.0.0/8 [200/0] via 10.0.1.2 -> Fa0/1,10.0.1.2"},
		{"two of equal cost", []string{"20.0.0.0/8 10.0.0.2", "20.0.0.0/8 10.0.1.2"},
			"S 20.0.0.0/8 [1/0] via 10.0.0.2 via 10.0.1.2 -> Fa0/0,10.0.0.2 Fa0/1,10.0.1.2"},
		{"connected wins", []string{"10.0.0.0/24 10.0.1.2"}, ""},
	} {
		_, r := forked(t)
		for _, l := range c.lines {
			if err := r.AddStatic(static(t, l)); err != nil {
				t.Fatal(err)
			}
		}
		var rest []string
		for _, l := range strings.Split(r.table(), "\n") {
			if !strings.Contains(connected, l) {
				rest = append(rest, l)
			}
		}
		equal(t, c.name, strings.Join(rest, "\n"), c.table)
	}
}

func TestFloatingRouteTakesOver(t *testing.T) {
	w, r := forked(t)
	r.AddStatic(static(t, "0.0.0.0/0 10.0.0.2"))
	r.AddStatic(static(t, "0.0.0.0/0 10.0.1.2 250"))
	gateway := func() string {
		a, ok := r.Table().GatewayOfLastResort()
		return fmt.Sprint(a, ok)
	}
	equal(t, "both up", gateway(), "10.0.0.2 true")
	w.Pass(time.Hour)
	r.Interfaces()[0].SetCarrier(false)
	equal(t, "one down", gateway(), "10.0.1.2 true")
	if since := r.Table().Get(prefix("0.0.0.0/0")).Since; since != time.Hour {
		t.Errorf("since %v", since)
	}
	r.Interfaces()[1].SetShutdown(true)
	equal(t, "both down", gateway(), "invalid IP false")
	r.AddStatic(static(t, "0.0.0.0/0 null0 3"))
	equal(t, "an interface", gateway(), "0.0.0.0 true")
}

func TestStaticEditing(t *testing.T) {
	_, r := forked(t)
	if err := r.AddStatic(static(t, "20.0.0.0/8 10.0.0.1")); err != ErrOwnNextHop {
		t.Error(err)
	}
	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.2"))
	r.AddStatic(static(t, "20.0.0.0/8 10.0.1.2"))
	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.2 5"))
	r.AddStatic(static(t, "15.0.0.0/8 10.0.0.2"))
	equal(t, "lines", len(r.Statics()), 3)
	equal(t, "order", r.Statics()[0].Prefix, "15.0.0.0/8")
	equal(t, "remove one", r.RemoveStatic(static(t, "20.0.0.0/8 10.0.1.2")), true)
	equal(t, "not there", r.RemoveStatic(static(t, "20.0.0.0/8 10.0.1.2")), false)
	equal(t, "remove all to a prefix", r.RemoveStatic(StaticRoute{Prefix: prefix("20.0.0.0/8")}), true)
	equal(t, "left", len(r.Statics()), 1)

	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.2 fa0/0"))
	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.3 fa0/0"))
	r.RemoveStatic(static(t, "20.0.0.0/8 10.0.0.2 fa0/0"))
	r.Interfaces()[0].SetShutdown(true)
	equal(t, "the other of two down", r.Table().Get(prefix("20.0.0.0/8")), nil)
	r.RemoveStatic(StaticRoute{Prefix: prefix("20.0.0.0/8")})
	r.RemoveStatic(StaticRoute{Prefix: prefix("15.0.0.0/8")})
	equal(t, "none is in use", r.statics.via.Size()+len(r.statics.out), 0)
}

func TestTableHandedOutIsNeverChanged(t *testing.T) {
	_, r := forked(t)
	before := r.handOut()
	text := r.table()
	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.2"))
	r.Interfaces()[0].SetShutdown(true)
	if before == r.Table() || before.Lookup(addr("20.1.1.1")) != nil || before.Local(addr("10.0.0.1")) == nil {
		t.Error("the old table has changed, or there is no new one")
	}
	r.Interfaces()[0].SetShutdown(false)
	r.RemoveStatic(static(t, "20.0.0.0/8 10.0.0.2"))
	equal(t, "undone", r.table(), text)
}

func TestEqualCostPathsAreShared(t *testing.T) {
	_, r := forked(t)
	r.AddStatic(static(t, "20.0.0.0/8 10.0.0.2"))
	r.AddStatic(static(t, "20.0.0.0/8 10.0.1.2"))
	route := r.Table().Lookup(addr("20.1.1.1"))
	used := map[*Interface]int{}
	for k := range 100 {
		dst := netip.AddrFrom4([4]byte{20, 1, 1, byte(k)})
		p := route.path(addr("10.0.0.1"), dst)
		if p != route.path(addr("10.0.0.1"), dst) {
			t.Fatal("two ways for one pair of addresses")
		}
		used[p.Out]++
	}
	for i, n := range used {
		if n < 20 || len(used) != 2 {
			t.Errorf("%v takes %d of 100", i, n)
		}
	}
}

// TestLongestPrefix compares the tree with a list that is searched to its end.
func TestLongestPrefix(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	_, r := forked(t)
	random := func() netip.Addr {
		return netip.AddrFrom4([4]byte{byte(20 + rnd.Intn(2)), byte(rnd.Intn(3)), byte(rnd.Intn(256)), byte(rnd.Intn(256))})
	}
	for range 300 {
		p, _ := random().Prefix(rnd.Intn(33))
		r.AddStatic(StaticRoute{Prefix: p, NextHop: addr("10.0.0.2"), Distance: 1})
	}
	for range 5000 {
		a := random()
		var best *Route
		for _, route := range r.Table().Routes() {
			if route.Prefix.Contains(a) && (best == nil || route.Prefix.Bits() > best.Prefix.Bits()) {
				best = route
			}
		}
		if got := r.Table().Lookup(a); got != best {
			t.Fatalf("%v: %v, not %v", a, got, best)
		}
	}
}

// TestChangesAgainstWholeTable compares the table that follows a change with one that
// is computed anew.
func TestChangesAgainstWholeTable(t *testing.T) {
	rnd := rand.New(rand.NewSource(2))
	shapes := map[string]int{}
	loopback := name(t, "Loopback0")
	for range 300 {
		w, r := forked(t)
		whole := r.Table()
		random := func() netip.Addr { return netip.AddrFrom4([4]byte{byte(rnd.Intn(3)) * 10, 0, 0, byte(rnd.Intn(4))}) }
		for range 30 {
			p, _ := random().Prefix([]int{0, 4, 8, 30, 31, 32}[rnd.Intn(6)])
			line := StaticRoute{Prefix: p, NextHop: random(), Distance: 1 + rnd.Intn(2), Permanent: rnd.Intn(8) == 0}
			if rnd.Intn(3) == 0 {
				line.Interface = []Name{name(t, "fa0/0"), name(t, "fa0/1"), loopback}[rnd.Intn(3)]
			}
			if rnd.Intn(20) == 0 {
				r.handOut()
			}
			i := r.Interfaces()[rnd.Intn(len(r.Interfaces()))]
			address := netip.PrefixFrom(random(), 30+rnd.Intn(3))
			switch rnd.Intn(16) {
			case 0, 1, 2:
				r.RemoveStatic(line)
			case 3:
				r.RemoveStatic(StaticRoute{Prefix: p})
			case 4:
				i.SetCarrier(!i.Carrier())
			case 5:
				i.SetShutdown(!i.Shutdown())
			case 6:
				i.SetAddress(address)
			case 7:
				i.AddSecondary(address)
			case 8:
				if len(i.Secondary()) > 0 {
					i.RemoveSecondary(i.Secondary()[0])
				} else {
					i.SetAddress(netip.Prefix{})
				}
			case 9:
				if r.Interface(loopback) == nil {
					r.AddInterface(loopback).SetAddress(address)
				} else {
					r.RemoveInterface(loopback)
				}
			default:
				r.AddStatic(line)
			}
			w.Pass(time.Second)
			whole = r.whole(whole)
			if got, want := r.Table().dated(), whole.dated(); got != want {
				t.Fatalf("after a change to %+v of\n%+v\ngot\n%s\nwant\n%s", line, r.Statics(), got, want)
			}
			for _, route := range r.Table().Routes() {
				shapes[fmt.Sprint(route.Source, len(route.Paths))]++
			}
		}
	}
	if shapes["1 1"] < 1000 || shapes["1 2"] < 100 || shapes["0 1"] < 1000 {
		t.Errorf("too few routes: %v", shapes)
	}
}

// whole computes the table anew a second after a change of the one before it.
func (r *router) whole(before *Table) *Table {
	t := newTable()
	for _, i := range r.Interfaces() {
		if !i.ProtocolUp() {
			continue
		}
		for _, p := range i.addresses() {
			t.local[p.Addr()] = i
			t.insert(&Route{Prefix: p.Masked(), Hops: []Hop{{Interface: i}}, Paths: []Path{{Out: i}}})
		}
	}
	var prefixes []netip.Prefix
	for p := range r.statics.lines.AllSorted4() {
		prefixes = append(prefixes, p)
	}
	r.addStatics(t, prefixes)
	for p, route := range t.tree.All4() {
		route.Since = r.Now() - time.Second
		if was := before.Get(p); was != nil && was.Source == route.Source && slices.Equal(was.Hops, route.Hops) {
			route.Since = was.Since
		}
	}
	return t
}

// dated is the table with the age of each route, and the router's own addresses.
func (t *Table) dated() string {
	var text strings.Builder
	for _, route := range t.Routes() {
		fmt.Fprintf(&text, "%+v\n", *route)
	}
	return text.String() + fmt.Sprint(t.local)
}

// BenchmarkStaticRoutes takes ten times as long for ten times as many routes.
func BenchmarkStaticRoutes(b *testing.B) {
	for _, n := range []uint32{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				w := newWorld()
				r := w.router("R")
				loopback := r.AddInterface(Name{Kind: Loopback, Parts: 1})
				loopback.SetAddress(prefix("10.0.0.1/24"))
				for i := range n {
					a := netip.AddrFrom4([4]byte{20, byte(i >> 16), byte(i >> 8), byte(i)})
					r.AddStatic(StaticRoute{Prefix: host(a), NextHop: addr("10.0.0.2"), Distance: 1})
				}
				if len(r.Table().Routes()) != int(n)+1 {
					b.Fatal("routes are missing")
				}
			}
		})
	}
}
