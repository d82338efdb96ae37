package forwarding

import (
	"errors"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/nat"
)

// A StaticRoute is one `ip route` line. NextHop or Interface or both are given.
type StaticRoute struct {
	Prefix    netip.Prefix // masked
	NextHop   netip.Addr   // not valid: none given
	Interface Name         // zero: none given
	Distance  int          // 1 unless configured
	Label     string       // `name`
	Tag       uint32
	Permanent bool // kept when its interface goes down
	Hidden    bool // it is no line of the configuration: NAT wants it, by `add-route`
}

// ErrOwnNextHop refuses a next hop that is an address of the router, in IOS's words.
var ErrOwnNextHop = errors.New("%Invalid next hop address (it's this router)")

// same reports whether two lines are the same route, whatever their attributes.
func (r StaticRoute) same(o StaticRoute) bool {
	return r.Prefix == o.Prefix && r.NextHop == o.NextHop && r.Interface == o.Interface && r.Hidden == o.Hidden
}

// AddStatic adds a static route, or changes the attributes of one.
func (s *Stack) AddStatic(r StaticRoute) error {
	if r.NextHop.IsValid() && s.Table().Local(r.NextHop) != nil {
		return ErrOwnNextHop
	}
	if kinds[r.Interface.Kind].link.discards() {
		s.AddInterface(r.Interface)
	}
	s.statics.set(r)
	s.update(s.statics.dependents(r.Prefix), nil)
	return nil
}

// RemoveStatic removes the static routes to a prefix: the one with that next hop
// and interface, or all of them where r has neither. It reports whether there was one.
func (s *Stack) RemoveStatic(r StaticRoute) bool {
	all := !r.NextHop.IsValid() && r.Interface == Name{}
	if !s.statics.remove(r.Prefix, func(o StaticRoute) bool { return all && !o.Hidden || o.same(r) }) {
		return false
	}
	s.update(s.statics.dependents(r.Prefix), nil)
	return true
}

// Statics lists the static routes as configured, by prefix and in the order they
// were given.
func (s *Stack) Statics() []StaticRoute {
	var list []StaticRoute
	for _, lines := range s.statics.lines.AllSorted4() {
		list = append(list, lines...)
	}
	return slices.DeleteFunc(list, func(r StaticRoute) bool { return r.Hidden })
}

// Routed is told of a route that NAT wants from now on, or no longer.
func (s *Stack) Routed(r nat.Route, wanted bool) {
	route := StaticRoute{Prefix: host(r.To), NextHop: r.Via, Distance: 1, Hidden: true}
	if wanted {
		s.statics.set(route)
	} else {
		s.statics.remove(route.Prefix, route.same)
	}
	s.update(s.statics.dependents(route.Prefix), nil)
}

// ledOut reports whether there is a route to an address that NAT wants.
func (s *Stack) ledOut(a netip.Addr) bool {
	lines, _ := s.statics.lines.Get(host(a))
	return slices.ContainsFunc(lines, func(r StaticRoute) bool { return r.Hidden })
}

// addStatics puts the static routes to these prefixes that can be used into the table.
// A next hop may be reached through another of them, so this goes on until no more
// routes come in.
func (s *Stack) addStatics(t *Table, prefixes []netip.Prefix) {
	for changed := true; changed; {
		changed = false
		for _, p := range prefixes {
			if lines, found := s.statics.lines.Get(p); found {
				changed = s.addStatic(t, p, lines) || changed
			}
		}
	}
	for _, p := range prefixes {
		if r, found := t.tree.Get(p); found && r.Source == Static {
			t.resolveAll(r)
		}
	}
}

// addStatic installs the best of the lines to one prefix, and reports whether that
// changed the table.
func (s *Stack) addStatic(t *Table, p netip.Prefix, lines []StaticRoute) (changed bool) {
	old, found := t.tree.Get(p)
	if found && old.Source == Connected {
		return false
	}
	route := &Route{Prefix: p, Source: Static}
	for _, l := range lines {
		hop, ok := s.usable(t, l)
		if !ok || len(route.Hops) > 0 && l.Distance > route.Distance {
			continue
		}
		if l.Distance < route.Distance {
			route.Hops = nil
		}
		if slices.Contains(route.Hops, hop) { // a hidden one, too
			continue
		}
		route.Hops, route.Distance = append(route.Hops, hop), l.Distance
	}
	if len(route.Hops) == 0 || found && slices.Equal(old.Hops, route.Hops) {
		return false
	}
	t.insert(route)
	return true
}

// usable reports whether a line can be in the table, and as what.
func (s *Stack) usable(t *Table, l StaticRoute) (Hop, bool) {
	hop := Hop{NextHop: l.NextHop}
	if l.Interface != (Name{}) {
		hop.Interface = s.Interface(l.Interface)
		return hop, hop.Interface != nil && (hop.Interface.ProtocolUp() || l.Permanent)
	}
	via := t.lookupBut(l.NextHop, l.Prefix)
	return hop, via != nil && t.local[l.NextHop] == nil || l.Permanent
}

// lookupBut finds the longest prefix that holds a, other than the given one: a
// route does not lead to its own next hop.
func (t *Table) lookupBut(a netip.Addr, but netip.Prefix) *Route {
	host := netip.PrefixFrom(a, a.BitLen())
	for p, r := range t.tree.Supernets(host) { // longest first
		if p != but {
			return r
		}
	}
	return nil
}

// resolveAll finds the interface behind each next hop of a route. A route whose
// next hop leads nowhere, or in a circle, is left without a path.
func (t *Table) resolveAll(r *Route) {
	for _, h := range r.Hops {
		if path, ok := t.resolve(h, r.Prefix, 8); ok && !slices.Contains(r.Paths, path) {
			r.Paths = append(r.Paths, path)
		}
	}
}

// resolve follows a hop of the route to prefix p until it names an interface.
func (t *Table) resolve(h Hop, p netip.Prefix, depth int) (Path, bool) {
	if h.Interface != nil {
		return Path{h.Interface, h.NextHop}, true
	}
	via := t.lookupBut(h.NextHop, p)
	if via == nil || depth == 0 {
		return Path{}, false
	}
	next := via.Hops[0]
	if !next.NextHop.IsValid() {
		next.NextHop = h.NextHop
	}
	return t.resolve(next, via.Prefix, depth-1)
}
