package nat

import (
	"net/netip"
	"slices"
)

// holding is who has an inside global or an outside local address.
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
		h.alias++
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
	if h := n.held[number(a)]; h != nil && h.alias > 0 {
		return true
	}
	for _, m := range n.nets {
		if s := m.static; !s.NoAlias && netip.PrefixFrom(s.aliased(), s.Bits).Contains(a) {
			return true
		}
	}
	return false
}

// aliased is the address of a static that packets are sent to.
func (s Static) aliased() netip.Addr {
	if s.Kind == OutsideSource {
		return s.Local
	}
	return s.Global
}

// Aliases are the addresses of Alias in their order, but of networks those alone that are
// in use.
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
	var all []Route
	n.table.each(func(e *Entry) {
		if (e.shape == simpleOutside || e.shape == portOutside) && e.origin.addRoute() {
			all = append(all, Route{address(e.ol), address(e.og)})
		}
	})
	slices.SortFunc(all, func(a, b Route) int { return a.To.Compare(b.To) })
	return slices.Compact(all)
}

func (m *mapping) addRoute() bool { return m.rule.AddRoute || m.static.AddRoute }
