package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// showRouteTo is `show ip route` with an address: what is known of a network as a
// whole, or the route that packets to the address take. The default route is
// told of only when it is asked for.
func showRouteTo(c *cli.Call, table *forwarding.Table) error {
	a := c.Addr("network")
	var route *forwarding.Route
	if c.Has("mask") {
		p, err := typedNetwork(c)
		if err != nil {
			return err
		}
		route = table.Get(p)
	} else {
		route = table.Lookup(a)
		if n := findNetwork(table, a); n != nil && a == n.major.Addr() && !n.whole() {
			var w writer
			n.describe(&w)
			c.Print(w.text.String())
			return nil
		}
		if route != nil && route.Default() && !a.IsUnspecified() {
			route = nil
		}
	}
	switch {
	case route != nil:
		var w writer
		describeRoute(&w, route)
		c.Print(w.text.String())
	case findNetwork(table, a) != nil:
		c.Print("% Subnet not in table\n")
	default:
		c.Print("% Network not in table\n")
	}
	return nil
}

// findNetwork is the network of class A, B or C around an address, if the table
// has routes in it.
func findNetwork(table *forwarding.Table, a netip.Addr) *network {
	major := classful(a)
	for _, n := range networks(table) {
		if !n.super && n.major == major {
			return &n
		}
	}
	return nil
}

// describe tells of a network that is known by its subnets.
func (n *network) describe(w *writer) {
	connected := 0
	for _, r := range n.routes {
		if r.Source == forwarding.Connected {
			connected++
		}
	}
	variable := n.masks() > 1
	bits := n.major.Bits()
	if !variable {
		bits = n.routes[0].Prefix.Bits()
	}
	w.line("Routing entry for %v/%d, %d known subnets", n.major.Addr(), bits, len(n.routes))
	if connected > 0 {
		w.line("  Attached (%d connections)", connected)
	}
	if variable {
		w.line("  Variably subnetted with %d masks", n.masks())
	}
	w.line("")
	for _, r := range n.routes {
		text := r.Prefix.Addr().String()
		if variable {
			text = r.Prefix.String()
		}
		writeRoute(w, "      ", text, r)
	}
}

// describeRoute tells of one route.
func describeRoute(w *writer, r *forwarding.Route) {
	super, candidate, source := "", "", "static"
	if r.Prefix.Bits() < classful(r.Prefix.Addr()).Bits() {
		super = ", supernet"
	}
	switch {
	case r.Source == forwarding.Connected:
		source, candidate = "connected", " (connected, via interface)"
	case r.Default():
		candidate = ", candidate default path"
	case !r.Hops[0].NextHop.IsValid():
		candidate = " (connected)"
	}
	w.line("Routing entry for %v%s", r.Prefix, super)
	w.line("  Known via \"%s\", distance %d, metric %d%s", source, r.Distance, r.Metric, candidate)
	w.line("  Routing Descriptor Blocks:")
	mark := "*"
	for _, h := range r.Hops {
		switch {
		case !h.NextHop.IsValid():
			w.line("  %s directly connected, via %v", mark, h.Interface)
		case h.Interface != nil:
			w.line("  %s %v, via %v", mark, h.NextHop, h.Interface)
		default:
			w.line("  %s %v", mark, h.NextHop)
		}
		w.line("      Route metric is %d, traffic share count is 1", r.Metric)
		mark = " "
	}
}
