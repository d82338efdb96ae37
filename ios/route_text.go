package ios

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// A network is what `show ip route` lists together: the routes within one
// network of class A, B or C, or one route that is larger than that.
type network struct {
	major  netip.Prefix
	super  bool
	routes []*forwarding.Route
}

// classful is the network of class A, B or C that an address is in.
func classful(a netip.Addr) netip.Prefix {
	bits := 24
	switch first := a.As4()[0]; {
	case first < 128:
		bits = 8
	case first < 192:
		bits = 16
	}
	return netip.PrefixFrom(a, bits).Masked()
}

// networks puts the routing table in the order of `show ip route`: the networks
// by address, then what is larger than one, the largest first.
func networks(table *forwarding.Table) []network {
	var list, supers []network
	for _, route := range table.Routes() {
		major := classful(route.Prefix.Addr())
		if route.Prefix.Bits() < major.Bits() {
			supers = append(supers, network{route.Prefix, true, []*forwarding.Route{route}})
			continue
		}
		if n := len(list); n == 0 || list[n-1].major != major {
			list = append(list, network{major: major})
		}
		last := &list[len(list)-1]
		last.routes = append(last.routes, route)
	}
	slices.SortStableFunc(supers, func(a, b network) int { return a.major.Bits() - b.major.Bits() })
	return append(list, supers...)
}

// whole reports whether all there is of a network is one route to all of it.
func (n *network) whole() bool { return len(n.routes) == 1 && n.routes[0].Prefix == n.major }

// masks is how many lengths of mask the routes have.
func (n *network) masks() int {
	var seen [33]bool
	count := 0
	for _, r := range n.routes {
		if !seen[r.Prefix.Bits()] {
			seen[r.Prefix.Bits()] = true
			count++
		}
	}
	return count
}

// write prints the routes of the network that are wanted, under its heading
// where it has one.
func (n *network) write(w *writer, wanted func(*forwarding.Route) bool) {
	routes := slices.DeleteFunc(slices.Clone(n.routes), func(r *forwarding.Route) bool { return !wanted(r) })
	if len(routes) == 0 {
		return
	}
	if n.whole() {
		writeRoute(w, "   ", routes[0].Prefix.String(), routes[0])
		return
	}
	variable := n.masks() > 1
	if variable {
		w.line("     %v is variably subnetted, %d subnets, %d masks", n.major, len(n.routes), n.masks())
	} else {
		w.line("     %v/%d is subnetted, %d subnets", n.major.Addr(), n.routes[0].Prefix.Bits(), len(n.routes))
	}
	for _, r := range routes {
		text := r.Prefix.Addr().String()
		if variable {
			text = r.Prefix.String()
		}
		writeRoute(w, "      ", text, r)
	}
}

// writeRoute prints a route: its code, its prefix, and a line for each way.
func writeRoute(w *writer, gap, prefix string, r *forwarding.Route) {
	star := " "
	if r.Default() && r.Source != forwarding.Connected {
		star = "*"
	}
	start := fmt.Sprintf("%c%s%s%s ", r.Source.Code(), star, gap, prefix)
	for _, h := range r.Hops {
		w.line("%s%s", start, hopText(r, h))
		start = strings.Repeat(" ", len(start))
	}
}

func hopText(r *forwarding.Route, h forwarding.Hop) string {
	if !h.NextHop.IsValid() {
		return fmt.Sprintf("is directly connected, %v", h.Interface)
	}
	text := fmt.Sprintf("[%d/%d] via %v", r.Distance, r.Metric, h.NextHop)
	if h.Interface != nil {
		text += fmt.Sprintf(", %v", h.Interface)
	}
	return text
}

func everyRoute(*forwarding.Route) bool { return true }
