package ios

import (
	"strings"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

var accessGroupCommands = []cli.Command{{
	Modes: []string{modeInterface},
	Grammar: `ip
		access-group  "Filter packets by an access list"
		` + anyListName + `
		( in          "inbound packets"
		| out         "outbound packets" )`,
	No:  `ip access-group ` + anyListName + ` [ in | out ]`,
	Run: on(setAccessGroup), Unset: on(unsetAccessGroup),
	Examples: []string{"ip access-group 101 in", "ip access-group FILTER out"},
}}

// accessGroup is an access list as an interface applies it. It is looked up
// for each packet: a list may be defined after it is applied, and lets
// everything pass until then.
type accessGroup struct {
	router *Router
	list   string
	ifc    *forwarding.Interface
	in     bool
}

// Lookup implements forwarding.Filter.
func (g *accessGroup) Lookup(p packet.IPv4) acl.Result {
	list := g.List()
	if list == nil {
		return acl.Result{}
	}
	seen := acl.Examine(p)
	return list.Lookup(&seen)
}

// Apply implements forwarding.Filter.
func (g *accessGroup) Apply(p packet.IPv4, decided acl.Result) {
	decided.Count()
	seen := acl.Examine(p)
	decided.Follow(&seen)
	how := decided.Logs()
	if how == acl.NoLog {
		return
	}
	from := ""
	if how == acl.LogInput && g.in {
		from = " (" + g.ifc.String() + " " + g.ifc.Sender() + ")"
	}
	g.router.logAccess(g.List(), decided, &seen, from)
}

// List implements forwarding.Listed.
func (g *accessGroup) List() *acl.List { return g.router.lists.Get(g.list) }

// filter applies a list to what comes in on an interface, or leaves by it.
func (r *Router) filter(list string, ifc *forwarding.Interface, in bool) forwarding.Filter {
	return &accessGroup{router: r, list: list, ifc: ifc, in: in}
}

// accessGroupOf is where an interface keeps the list of a direction.
func accessGroupOf(ifc *forwarding.Interface, in bool) *forwarding.Filter {
	if in {
		return &ifc.AccessIn
	}
	return &ifc.AccessOut
}

// accessListName is the name of the list that an interface applies in a
// direction, "" for none.
func accessListName(ifc *forwarding.Interface, in bool) string {
	if g, ok := (*accessGroupOf(ifc, in)).(*accessGroup); ok {
		return g.list
	}
	return ""
}

func setAccessGroup(r *Router, c *cli.Call) error {
	ifc, in := c.Data().(*forwarding.Interface), c.Has("in")
	*accessGroupOf(ifc, in) = r.filter(c.Str("name"), ifc, in)
	return nil
}

// unsetAccessGroup leaves another list than the one named where it is.
func unsetAccessGroup(_ *Router, c *cli.Call) error {
	ifc := c.Data().(*forwarding.Interface)
	name, in, err := groupToRemove(c)
	if err == nil && (name == "" || name == accessListName(ifc, in)) {
		*accessGroupOf(ifc, in) = nil
	}
	return err
}

// groupToRemove reads `no … access-group [LIST] in|out`. A list may be called IN, so that
// a single word is the direction only because there is no other.
func groupToRemove(c *cli.Call) (name string, in bool, err error) {
	name = c.Str("name")
	if c.Has("in") || c.Has("out") {
		return name, c.Has("in"), nil
	}
	switch word := strings.ToLower(name); {
	case strings.HasPrefix("in", word):
		return "", true, nil
	case strings.HasPrefix("out", word):
		return "", false, nil
	}
	return name, false, cli.Incomplete()
}

// printAccessGroups prints the interface's lines about access lists.
func printAccessGroups(_ *Router, ifc *forwarding.Interface, w *writer) {
	for _, direction := range []struct {
		in   bool
		word string
	}{{true, "in"}, {false, "out"}} {
		if name := accessListName(ifc, direction.in); name != "" {
			w.line(" ip access-group %s %s", name, direction.word)
		}
	}
}
