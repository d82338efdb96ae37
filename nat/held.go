package nat

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
)

// holding counts what has an inside global or an outside local address.
type holding struct {
	holders int // statics and hosts that have it alone, or conversations that use it
	alias   int // those of them for which the router answers ARP
}

// hold notes a holder of an address, which no host gets from a pool meanwhile.
func (n *NAT) hold(a uint32, alone, alias bool) {
	h := n.held[a]
	if h == nil {
		h = new(holding)
		n.held[a] = h
	}
	if alias {
		if h.alias++; h.alias == 1 && n.env.Aliased != nil {
			n.env.Aliased(address(a))
		}
	}
	if !alone {
		return
	}
	if h.holders++; h.holders == 1 {
		n.allPools(a, func(p *pool, at int) { p.occupied.take(at) })
	}
}

// release is the end of a holder.
func (n *NAT) release(a uint32, alone, alias bool) {
	h := n.held[a]
	if alias {
		h.alias--
	}
	if alone {
		if h.holders--; h.holders == 0 {
			n.allPools(a, func(p *pool, at int) {
				if p.usable(a) {
					p.occupied.free(at)
				}
			})
		}
	}
	if *h == (holding{}) {
		delete(n.held, a)
	}
}

// Alias reports whether an address is one that the router answers ARP for, where it lies
// in a subnet of its interfaces: a pool's that is in use, or a static's.
func (n *NAT) Alias(a netip.Addr) bool {
	if n.Aliased(a) {
		return true
	}
	for _, m := range n.nets {
		if s := m.static; !s.NoAlias && netip.PrefixFrom(s.aliased(), s.Bits).Contains(a) {
			return true
		}
	}
	return false
}

// Aliased reports whether an address is one of Alias, and of a network that it is in use.
func (n *NAT) Aliased(a netip.Addr) bool {
	h := n.held[number(a)]
	return h != nil && h.alias > 0
}

// Aliases reports whether an address would be one of Aliased because of what the decision
// makes.
func (d Decision) Aliases(a netip.Addr) bool {
	return slices.ContainsFunc(d.made, func(e *Entry) bool { return e.aliases() && e.held() == number(a) })
}

// aliases reports whether an entry that traffic makes has an alias.
func (e *Entry) aliases() bool {
	if e.origin.dynamic {
		return e.pooled() && e.origin.pool.ifc == ""
	}
	return e.shape != flow && !e.origin.static.NoAlias
}

// aliased is the address of a static that packets are sent to.
func (s Static) aliased() netip.Addr {
	if s.Kind == OutsideSource {
		return s.Local
	}
	return s.Global
}

// Aliases are the addresses of Aliased in their order.
func (n *NAT) Aliases() []netip.Addr {
	var all []netip.Addr
	for a, h := range n.held {
		if h.alias > 0 {
			all = append(all, address(a))
		}
	}
	slices.SortFunc(all, netip.Addr.Compare)
	return all
}

// A Route is one that `add-route` asks for: a host route to an outside local address by
// way of the outside global one.
type Route struct{ To, Via netip.Addr }

// AddRoutes are the routes that are wanted now, in the order of their destinations.
func (n *NAT) AddRoutes() []Route {
	return slices.SortedFunc(maps.Keys(n.routes), func(a, b Route) int {
		return cmp.Or(a.To.Compare(b.To), a.Via.Compare(b.Via))
	})
}

// route notes that an entry has come or gone, by 1 or -1, which may want a route.
func (n *NAT) route(e *Entry, by int) {
	if e.shape != simpleOutside && e.shape != portOutside || !e.origin.addRoute() {
		return
	}
	r := Route{address(e.ol), address(e.og)}
	was := n.routes[r] > 0
	n.routes[r] += by
	wanted := n.routes[r] > 0
	if !wanted {
		delete(n.routes, r)
	}
	if was != wanted && n.env.Routed != nil {
		n.env.Routed(r, wanted)
	}
}

func (m *mapping) addRoute() bool { return m.rule.AddRoute || m.static.AddRoute }
