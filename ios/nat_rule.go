package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/nat"
)

// natList names the list of a dynamic mapping.
const natList = `
			list                "Specify access list describing local addresses"
			( <1-199>:list      "Access list number for local addresses"
			| <1300-2699>:list  "Access list number for local addresses (expanded range)"
			| WORD:list         "Access list name" )`

// natChooser names what chooses the packets of a dynamic mapping.
const natChooser = `
			( ` + natList + `
			| route-map         "Specify route-map"
			  WORD:route-map    "Route-map name" )`

// natGlobals names where the global addresses of a mapping come from.
const natGlobals = `
			( pool                 "Name pool of global addresses"
			  WORD:pool            "Pool name for global addresses"
			| interface            "Specify interface for global address"
			  INTERFACE:interface  "Interface" )`

// natPool names the pool of a mapping that can have no interface.
const natPool = `
			pool       "Name pool of addresses"
			WORD:pool  "Pool name"`

var natRuleCommands = []cli.Command{
	natRule(nat.InsideSource, "inside source", natChooser, natGlobals, `{ overload "Overload an address translation" | reversible "Allow out->in traffic" }`,
		"ip nat inside source list 1 interface FastEthernet0/0 overload", "ip nat inside source list NAT pool P",
		"ip nat inside source list 2699 interface Serial0/0", "ip nat inside source route-map NONAT interface FastEthernet0/0 overload",
		"ip nat inside source route-map ISP-A pool A reversible"),
	natRule(nat.InsideDestination, `inside destination "Destination address translation"`, natList, natPool, "", "ip nat inside destination list 10 pool SERVERS"),
	natRule(nat.OutsideSource, "outside source", natChooser, natPool, `[ add-route "Add a static route for outside local address" ]`,
		"ip nat outside source list 2 pool OUT add-route", "ip nat outside source route-map FAR pool OUT"),
}

// natRule is the row of dynamic mappings of a kind. Of its `no` form what chooses the
// packets is enough.
func natRule(kind nat.Kind, words, chooser, globals, tail string, examples ...string) cli.Command {
	return cli.Command{
		Modes: []string{modeConfig}, Grammar: "ip nat " + words + chooser + globals + tail,
		No:       "ip nat " + words + chooser + "[" + globals + tail + "]",
		Run:      on(func(r *Router, c *cli.Call) error { return addRule(r, c, kind) }),
		Unset:    on(func(r *Router, c *cli.Call) error { return removeRule(r, c, kind) }),
		Examples: examples,
	}
}

// typedRule is the mapping of a line.
func typedRule(c *cli.Call, kind nat.Kind) nat.Rule {
	rule := nat.Rule{
		Kind: kind, List: c.Str("list"), RouteMap: c.Str("route-map"), Pool: c.Str("pool"),
		Overload: c.Has("overload"), Reversible: c.Has("reversible"), AddRoute: c.Has("add-route"),
	}
	if n, ok := c.Value("interface").(forwarding.Name); ok {
		rule.Interface = n.String()
	}
	return rule
}

// natKinds are the kinds of mapping as the configuration has them.
var natKinds = [...]string{nat.InsideSource: "inside source", nat.InsideDestination: "inside destination", nat.OutsideSource: "outside source"}

// ruleLine is a mapping as the configuration has it.
func ruleLine(rule nat.Rule) string {
	line := "ip nat " + natKinds[rule.Kind]
	for _, o := range []struct{ word, value string }{
		{"list", rule.List}, {"route-map", rule.RouteMap}, {"pool", rule.Pool}, {"interface", rule.Interface},
	} {
		if o.value != "" {
			line += " " + o.word + " " + o.value
		}
	}
	for _, o := range []struct {
		set  bool
		word string
	}{{rule.Overload, "overload"}, {rule.Reversible, "reversible"}, {rule.AddRoute, "add-route"}} {
		if o.set {
			line += " " + o.word
		}
	}
	return line
}

func addRule(r *Router, c *cli.Call, kind nat.Kind) error {
	r.startNAT()
	if err := r.nat.AddRule(typedRule(c, kind)); err != nil {
		return r.release.nat.unchanged(err)
	}
	return nil
}

// removeRule leaves another mapping of the same list than the one named where it is.
func removeRule(r *Router, c *cli.Call, kind nat.Kind) error {
	typed := typedRule(c, kind)
	for _, rule := range r.nat.Rules() {
		if rule.Kind != kind || rule.List != typed.List || rule.RouteMap != typed.RouteMap {
			continue
		}
		if typed.Pool+typed.Interface != "" && (typed.Pool != rule.Pool || typed.Interface != rule.Interface) {
			continue
		}
		if r.nat.RuleInUse(typed) {
			if agreed, err := r.release.nat.ruleInUse.agrees(c); !agreed {
				return err
			}
		}
		r.nat.RemoveRule(typed)
		return nil
	}
	return refusal(r.release.nat.noRule)
}
