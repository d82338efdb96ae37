package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/showtext"
)

var showPolicyCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Grammar: `show route-map "Route-maps" [ WORD:name "Name of the route-map" ]`,
		Run: on(showRouteMaps),
	},
	{
		Modes: []string{modeExec}, Grammar: `show ip policy "Policy routing"`,
		Run: on(showPolicy),
	},
	{
		Modes: []string{modeExec}, Grammar: `show ip local "What the router itself makes" policy "Policy routing"`,
		Run: on(showLocalPolicy),
	},
}

func showRouteMaps(r *Router, c *cli.Call) error {
	if name := c.Str("name"); name != "" {
		if r.routeMaps.Get(name) == nil {
			return refuse("route-map %s not found", name)
		}
		c.Print(r.routeMapText(name))
		return nil
	}
	for _, m := range r.routeMaps.All() {
		c.Print(r.routeMapText(m.Name))
	}
	return nil
}

// routeMapText is what `show route-map` says of one.
func (r *Router) routeMapText(name string) (text string) {
	m := r.routeMaps.Get(name)
	if m == nil {
		return ""
	}
	for _, e := range m.Entries() {
		text += r.release.show.RouteMapEntry.Text(showtext.RouteMapEntry{
			Entry: e, Map: name, KeptMatch: r.keptClauses(e, "match"), KeptSet: r.keptClauses(e, "set"),
		})
	}
	return text
}

func showPolicy(r *Router, c *cli.Call) error {
	var list []showtext.Policy
	if name := policyName(r.stack.LocalRouteMap); name != "" {
		list = append(list, showtext.Policy{Interface: "local", Map: name})
	}
	for _, i := range r.stack.Interfaces() {
		if name := policyName(i.RouteMap); name != "" {
			list = append(list, showtext.Policy{Interface: i.String(), Short: i.Name().Short(), Map: name})
		}
	}
	c.Print(r.release.show.Policies.Text(list))
	return nil
}

func showLocalPolicy(r *Router, c *cli.Call) error {
	name := policyName(r.stack.LocalRouteMap)
	if name == "" {
		c.Print("Local policy routing is disabled\n")
		return nil
	}
	c.Printf("Local policy routing is enabled, using route map %s\n%s", name, r.routeMapText(name))
	return nil
}
