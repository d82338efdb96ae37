package forwarding

import (
	"net/netip"
	"slices"

	"github.com/gaissmai/bart"
)

// staticLines are the `ip route` lines of a router. The zero value has none.
type staticLines struct {
	lines bart.Table[[]StaticRoute] // by prefix, to one prefix in the order they were given
	via   bart.Table[users]         // by the next hop, where it is found through other routes
	out   map[Name]users            // by the interface, where lines name one
}

// users are the prefixes of the lines that use something, and how many of them there
// are to each.
type users map[netip.Prefix]int

// drop takes out one of the lines to p, and reports whether no line is left.
func (u users) drop(p netip.Prefix) (empty bool) {
	if u[p]--; u[p] == 0 {
		delete(u, p)
	}
	return len(u) == 0
}

// set adds a line, or changes the attributes of one.
func (s *staticLines) set(r StaticRoute) {
	lines, _ := s.lines.Get(r.Prefix)
	if at := slices.IndexFunc(lines, r.same); at >= 0 {
		lines[at] = r
		return
	}
	s.lines.Insert(r.Prefix, append(lines, r))
	s.use(r)
}

// use notes what a new line uses.
func (s *staticLines) use(r StaticRoute) {
	if !r.recursive() {
		if s.out == nil {
			s.out = map[Name]users{}
		}
		if s.out[r.Interface] == nil {
			s.out[r.Interface] = users{}
		}
		s.out[r.Interface][r.Prefix]++
		return
	}
	u, found := s.via.Get(host(r.NextHop))
	if !found {
		u = users{}
		s.via.Insert(host(r.NextHop), u)
	}
	u[r.Prefix]++
}

// disuse forgets what a line used that is gone.
func (s *staticLines) disuse(r StaticRoute) {
	if !r.recursive() {
		if s.out[r.Interface].drop(r.Prefix) {
			delete(s.out, r.Interface)
		}
		return
	}
	if u, _ := s.via.Get(host(r.NextHop)); u.drop(r.Prefix) {
		s.via.Delete(host(r.NextHop))
	}
}

// remove removes lines to one prefix, and reports whether there were any.
func (s *staticLines) remove(p netip.Prefix, gone func(StaticRoute) bool) bool {
	lines, _ := s.lines.Get(p)
	var left []StaticRoute
	for _, r := range lines {
		if !gone(r) {
			left = append(left, r)
		} else {
			s.disuse(r)
		}
	}
	if len(left) == len(lines) {
		return false
	}
	if s.lines.Insert(p, left); left == nil {
		s.lines.Delete(p)
	}
	return true
}

// dependents are these prefixes and those of the lines whose next hop may be reached
// through a route to one of them, or to another of these in turn, by address and length.
func (s *staticLines) dependents(on ...netip.Prefix) []netip.Prefix {
	var list []netip.Prefix
	seen := map[netip.Prefix]bool{}
	add := func(p netip.Prefix) {
		if !seen[p] {
			seen[p] = true
			list = append(list, p)
		}
	}
	for _, p := range on {
		add(p)
	}
	for i := 0; i < len(list); i++ {
		for _, users := range s.via.Subnets(list[i]) {
			for p := range users {
				add(p)
			}
		}
	}
	slices.SortFunc(list, netip.Prefix.Compare)
	return list
}

// recursive reports whether the next hop is found through other routes.
func (r StaticRoute) recursive() bool { return r.Interface == Name{} }

func host(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }
