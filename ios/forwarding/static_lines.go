package forwarding

import (
	"net/netip"
	"slices"

	"github.com/gaissmai/bart"
)

// staticLines are the `ip route` lines of a router. The zero value has none.
type staticLines struct {
	lines bart.Table[[]StaticRoute] // by prefix, to one prefix in the order they were given
	// via has the prefixes of the lines whose next hop is found through other routes,
	// by that next hop.
	via bart.Table[map[netip.Prefix]bool]
}

// set adds a line, or changes the attributes of one.
func (s *staticLines) set(r StaticRoute) {
	lines, _ := s.lines.Get(r.Prefix)
	if at := slices.IndexFunc(lines, r.same); at >= 0 {
		lines[at] = r
		return
	}
	s.lines.Insert(r.Prefix, append(lines, r))
	if r.recursive() {
		users, found := s.via.Get(host(r.NextHop))
		if !found {
			users = map[netip.Prefix]bool{}
			s.via.Insert(host(r.NextHop), users)
		}
		users[r.Prefix] = true
	}
}

// remove removes lines to one prefix, and reports whether there were any.
func (s *staticLines) remove(p netip.Prefix, gone func(StaticRoute) bool) bool {
	lines, _ := s.lines.Get(p)
	var left []StaticRoute
	for _, r := range lines {
		if !gone(r) {
			left = append(left, r)
		} else if r.recursive() {
			s.forgetVia(r)
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

func (s *staticLines) forgetVia(r StaticRoute) {
	users, _ := s.via.Get(host(r.NextHop))
	if delete(users, r.Prefix); len(users) == 0 {
		s.via.Delete(host(r.NextHop))
	}
}

// prefixes are those that lines lead to, by address and length.
func (s *staticLines) prefixes() []netip.Prefix {
	list := make([]netip.Prefix, 0, s.lines.Size4())
	for p := range s.lines.AllSorted4() {
		list = append(list, p)
	}
	return list
}

// dependents are p and the prefixes of the lines whose next hop may be reached through
// a route to p, or to another of them, by address and length.
func (s *staticLines) dependents(p netip.Prefix) []netip.Prefix {
	list, seen := []netip.Prefix{p}, map[netip.Prefix]bool{p: true}
	for i := 0; i < len(list); i++ {
		for _, users := range s.via.Subnets(list[i]) {
			for q := range users {
				if !seen[q] {
					seen[q] = true
					list = append(list, q)
				}
			}
		}
	}
	slices.SortFunc(list, netip.Prefix.Compare)
	return list
}

// recursive reports whether the next hop is found through other routes.
func (r StaticRoute) recursive() bool { return r.Interface == Name{} }

func host(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }
