package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/routemap"
)

var policyCommands = []cli.Command{
	interfaceRow(`ip
		policy     "Policy routing"
		route-map  "Policy routing by a route-map"
		WORD:name  "Name of the route-map"`,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			i.RouteMap = &policyMap{r, c.Str("name")}
			return nil
		},
		func(_ *Router, i *forwarding.Interface, _ *cli.Call) error { i.RouteMap = nil; return nil },
		"ip policy route-map AROUND"),
	{
		Modes: []string{modeConfig},
		Grammar: `ip
			local      "What the router itself makes"
			policy     "Policy routing"
			route-map  "Policy routing by a route-map"
			WORD:name  "Name of the route-map"`,
		No: cli.Optional,
		Run: on(func(r *Router, c *cli.Call) error {
			r.stack.LocalRouteMap = &policyMap{r, c.Str("name")}
			return nil
		}),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.stack.LocalRouteMap = nil; return nil }),
		Examples: []string{"ip local policy route-map OWN"},
	},
}

// policyMap is a route-map that packets are routed by. It is looked up for each packet:
// it may be defined after it is applied, and changes nothing until then.
type policyMap struct {
	router *Router
	name   string
}

// View implements forwarding.RouteMap.
func (p *policyMap) View() *routemap.View { return p.router.routeMaps.View(p.name) }

// policyName is the name of a route-map that packets are routed by, "" for none.
func policyName(m forwarding.RouteMap) string {
	if p, ok := m.(*policyMap); ok {
		return p.name
	}
	return ""
}

func printPolicy(_ *Router, i *forwarding.Interface, w *writer) {
	if name := policyName(i.RouteMap); name != "" {
		w.line(" ip policy route-map %s", name)
	}
}

func printLocalPolicy(r *Router, w *writer) {
	if name := policyName(r.stack.LocalRouteMap); name != "" {
		w.line("ip local policy route-map %s", name)
	}
}
