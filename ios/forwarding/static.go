package forwarding

import (
	"errors"
	"net/netip"
	"slices"
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
}

// ErrOwnNextHop refuses a next hop that is an address of the router, in IOS's words.
var ErrOwnNextHop = errors.New("%Invalid next hop address (it's this router)")

// same says whether two lines are the same route, whatever their attributes.
func (r StaticRoute) same(o StaticRoute) bool {
	return r.Prefix == o.Prefix && r.NextHop == o.NextHop && r.Interface == o.Interface
}

// AddStatic adds a static route, or changes the attributes of one.
func (s *Stack) AddStatic(r StaticRoute) error {
	if r.NextHop.IsValid() && s.Table().Local(r.NextHop) != nil {
		return ErrOwnNextHop
	}
	if r.Interface.Kind == Null {
		s.AddInterface(r.Interface)
	}
	if at := slices.IndexFunc(s.statics, r.same); at >= 0 {
		s.statics[at] = r
	} else {
		s.statics = append(s.statics, r)
	}
	s.rebuildTable()
	return nil
}

// RemoveStatic removes the static routes to a prefix: the one with that next hop
// and interface, or all of them where r has neither. It says whether there was one.
func (s *Stack) RemoveStatic(r StaticRoute) bool {
	all := !r.NextHop.IsValid() && r.Interface == Name{}
	before := len(s.statics)
	s.statics = slices.DeleteFunc(s.statics, func(o StaticRoute) bool {
		return o.same(r) || all && o.Prefix == r.Prefix
	})
	if len(s.statics) == before {
		return false
	}
	s.rebuildTable()
	return true
}

// Statics lists the static routes as configured, by prefix and in the order they
// were given. The list is the caller's.
func (s *Stack) Statics() []StaticRoute {
	list := slices.Clone(s.statics)
	slices.SortStableFunc(list, func(a, b StaticRoute) int {
		if c := a.Prefix.Addr().Compare(b.Prefix.Addr()); c != 0 {
			return c
		}
		return a.Prefix.Bits() - b.Prefix.Bits()
	})
	return list
}

// addStatics puts the static routes that can be used into the table. A next hop
// may be reached through another static route, so this goes on until no more
// routes come in.
func (s *Stack) addStatics(t *Table) {
	list := s.Statics()
	for range list {
		changed := false
		for from := 0; from < len(list); {
			to := from
			for to < len(list) && list[to].Prefix == list[from].Prefix {
				to++
			}
			changed = s.addStatic(t, list[from:to]) || changed
			from = to
		}
		if !changed {
			break
		}
	}
	s.resolveStatics(t)
}

// addStatic installs the best of the lines to one prefix, and says whether that
// changed the table.
func (s *Stack) addStatic(t *Table, lines []StaticRoute) (changed bool) {
	old := t.Get(lines[0].Prefix)
	if old != nil && old.Source == Connected {
		return false
	}
	route := &Route{Prefix: lines[0].Prefix, Source: Static}
	for _, l := range lines {
		hop, ok := s.usable(t, l)
		if !ok || len(route.Hops) > 0 && l.Distance > route.Distance {
			continue
		}
		if l.Distance < route.Distance {
			route.Hops = nil
		}
		route.Hops, route.Distance = append(route.Hops, hop), l.Distance
	}
	if len(route.Hops) == 0 || old != nil && slices.Equal(old.Hops, route.Hops) {
		return false
	}
	t.tree.Insert(route.Prefix, route)
	return true
}

// usable says whether a line can be in the table, and as what.
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

// resolveStatics finds the interface behind each next hop. A route whose next
// hop leads nowhere, or in a circle, is taken out.
func (s *Stack) resolveStatics(t *Table) {
	var lost []netip.Prefix
	for p, r := range t.tree.All4() {
		if r.Source == Connected {
			continue
		}
		for _, h := range r.Hops {
			if path, ok := t.resolve(h, r.Prefix, 8); ok && !slices.Contains(r.Paths, path) {
				r.Paths = append(r.Paths, path)
			}
		}
		if len(r.Paths) == 0 {
			lost = append(lost, p)
		}
	}
	for _, p := range lost {
		t.tree.Delete(p)
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
