package ios

import (
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// routeTarget is what `ip route` says of a prefix.
const routeTarget = `
			( A.B.C.D:nexthop      "The next hop"
			| INTERFACE:interface  "Interface"
			  [ A.B.C.D:nexthop    "The next hop" ] )
			[ <1-255>:distance     "Administrative distance" ]
			{ name                 "Name of the route"
			  WORD:name            "The name"
			| permanent            "Keep the route when its interface goes down"
			| tag                  "Tag of the route"
			  <1-4294967295>:tag   "Tag value" }`

var routeCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `ip
			route                  "A static route"
			A.B.C.D:prefix         "Destination prefix"
			A.B.C.D:mask           "Destination prefix mask"` + routeTarget,
		No:  "ip route A.B.C.D:prefix A.B.C.D:mask [" + routeTarget + " ]",
		Run: on(addRoute), Unset: on(removeRoute),
		Examples: []string{
			"ip route 0.0.0.0 0.0.0.0 12.12.12.2",
			"ip route 20.1.1.0 255.255.255.0 Null0 250",
			"ip route 20.2.0.0 255.255.0.0 12.12.12.2 10 name BRANCH permanent tag 7",
		},
	},
	{
		Modes:   []string{modeConfig},
		Grammar: `ip routing "Enable IP routing"`,
		Run:     on(func(r *Router, _ *cli.Call) error { r.stack.Routing = true; return nil }),
		Unset:   on(func(r *Router, c *cli.Call) error { r.stack.Routing = c.Default; return nil }),
		Examples: []string{
			"no ip routing",
		},
		Standard: []string{"ip routing"},
	},
}

// typedRoute reads the arguments of `ip route`.
func typedRoute(c *cli.Call) (forwarding.StaticRoute, error) {
	var route forwarding.StaticRoute
	bits, ok := maskBits(c.Addr("mask"))
	prefix := netip.PrefixFrom(c.Addr("prefix"), bits)
	if !ok || prefix != prefix.Masked() {
		return route, refusal("%Inconsistent address and mask")
	}
	route = forwarding.StaticRoute{
		Prefix: prefix, NextHop: c.Addr("nexthop"), Distance: 1,
		Label: c.Str("name"), Permanent: c.Has("permanent"), Tag: uint32(c.Int("tag")),
	}
	if c.Has("distance") {
		route.Distance = c.Int("distance")
	}
	if n, ok := c.Value("interface").(forwarding.Name); ok {
		route.Interface = n
	}
	return route, nil
}

func addRoute(r *Router, c *cli.Call) error {
	route, err := typedRoute(c)
	if err != nil {
		return err
	}
	if hop := route.NextHop; hop.IsValid() && !hop.IsGlobalUnicast() {
		return refusal("%Invalid next hop address")
	}
	return r.stack.AddStatic(route)
}

func removeRoute(r *Router, c *cli.Call) error {
	route, err := typedRoute(c)
	if err != nil {
		return err
	}
	if !r.stack.RemoveStatic(route) {
		return refusal("%No matching route to delete")
	}
	return nil
}

func printRouting(r *Router, w *writer) {
	if !r.stack.Routing {
		w.line("no ip routing")
		w.bang()
	}
}

func printRoutes(r *Router, w *writer) {
	routes := r.stack.Statics()
	for _, s := range routes {
		w.line("%s", routeLine(s))
	}
	if len(routes) > 0 {
		w.bang()
	}
}

func routeLine(s forwarding.StaticRoute) string {
	line := fmt.Sprintf("ip route %v %v", s.Prefix.Addr(), netmask(s.Prefix.Bits()))
	if s.Interface != (forwarding.Name{}) {
		line += " " + s.Interface.String()
	}
	if s.NextHop.IsValid() {
		line += " " + s.NextHop.String()
	}
	if s.Distance != 1 {
		line += fmt.Sprintf(" %d", s.Distance)
	}
	if s.Label != "" {
		line += " name " + s.Label
	}
	if s.Permanent {
		line += " permanent"
	}
	if s.Tag != 0 {
		line += fmt.Sprintf(" tag %d", s.Tag)
	}
	return line
}
