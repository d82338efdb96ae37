package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var showRouteCommands = []cli.Command{{
	Modes: []string{modeExec},
	Grammar: `show ip
		route                    "IP routing table"
		[ ( connected            "Connected"
		  | static               "Static"
		  | summary              "Summary of all routes"
		  | A.B.C.D:network      "Only the route to this address"
		    [ A.B.C.D:mask       "Network mask"
		      [ longer-prefixes  "The mask" ] ] ) ]`,
	Run: on(showRoute),
}}

func showRoute(r *Router, c *cli.Call) error {
	table := r.stack.Table()
	var w writer
	switch {
	case !r.stack.Routing:
		w.line("Default gateway is not set\n\nHost               Gateway           Last Use    Total Uses  Interface\nICMP redirect cache is empty")
	case c.Has("summary"):
		writeRouteSummary(&w, table)
	case c.Has("longer-prefixes"):
		within, err := typedNetwork(c)
		if err != nil {
			return err
		}
		writeRouteCodes(&w, table)
		writeRoutes(&w, table, func(r *forwarding.Route) bool {
			return within.Contains(r.Prefix.Addr()) && r.Prefix.Bits() >= within.Bits()
		})
	case c.Has("network"):
		return showRouteTo(c, table)
	case c.Has("connected"):
		writeRoutes(&w, table, func(r *forwarding.Route) bool { return r.Source == forwarding.Connected })
	case c.Has("static"):
		writeRoutes(&w, table, func(r *forwarding.Route) bool { return r.Source == forwarding.Static })
	default:
		writeRouteCodes(&w, table)
		writeRoutes(&w, table, everyRoute)
	}
	c.Print(w.text.String())
	return nil
}

func typedNetwork(c *cli.Call) (netip.Prefix, error) {
	bits, ok := maskBits(c.Addr("mask"))
	if !ok {
		return netip.Prefix{}, refusal("%Inconsistent address and mask")
	}
	return netip.PrefixFrom(c.Addr("network"), bits).Masked(), nil
}

// routeCodes are the letters that a route may begin with.
const routeCodes = `Codes: C - connected, S - static, R - RIP, M - mobile, B - BGP
       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ` + `
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2
       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
       ia - IS-IS inter area, * - candidate default, U - per-user static route
       o - ODR, P - periodic downloaded static route
`

func writeRouteCodes(w *writer, table *forwarding.Table) {
	w.line("%s", routeCodes)
	if gateway, ok := table.GatewayOfLastResort(); ok {
		w.line("Gateway of last resort is %v to network 0.0.0.0\n", gateway)
	} else {
		w.line("Gateway of last resort is not set\n")
	}
}

func writeRoutes(w *writer, table *forwarding.Table, wanted func(*forwarding.Route) bool) {
	for _, n := range networks(table) {
		n.write(w, wanted)
	}
}

// writeRouteSummary counts routes, and the memory that they would take on 12.4.
func writeRouteSummary(w *writer, table *forwarding.Table) {
	const overhead, memory, internalMemory = 72, 136, 1156
	type count struct{ networks, subnets int }
	var sources [2]count
	internal := 0
	for _, n := range networks(table) {
		if !n.super && !n.whole() {
			internal++
		}
		for _, r := range n.routes {
			if n.super || r.Prefix == n.major {
				sources[r.Source].networks++
			} else {
				sources[r.Source].subnets++
			}
		}
	}
	w.line("IP routing table name is Default-IP-Routing-Table(0)")
	w.line("IP routing table maximum-paths is 16")
	w.line("Route Source    Networks    Subnets     Overhead    Memory (bytes)")
	total := count{networks: internal}
	for source, name := range [2]string{"connected", "static"} {
		s := sources[source]
		n := s.networks + s.subnets
		w.line("%-15s %-11d %-11d %-11d %d", name, s.networks, s.subnets, n*overhead, n*memory)
		total.networks += s.networks
		total.subnets += s.subnets
	}
	w.line("%-15s %-11d %-11s %-11s %d", "internal", internal, "", "", internal*internalMemory)
	n := total.networks - internal + total.subnets
	w.line("%-15s %-11d %-11d %-11d %d", "Total", total.networks, total.subnets, n*overhead, n*memory+internal*internalMemory)
}
