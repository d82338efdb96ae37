package ios

import (
	"errors"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

var showAccessListCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `show access-lists "List access lists" [ ` + anyListName + ` ]`,
		Run: on(showAccessLists),
	},
	{
		Modes: []string{modeExec}, Grammar: `show ip access-lists "List IP access lists" [ ` + anyListName + ` ]`,
		Run: on(showAccessLists),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `clear
			access-list  "Set hits of access lists to zero"
			counters     "Set hits of access lists to zero"
			[ ` + anyListName + ` ]`,
		Run: on(clearAccessCounters),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `clear
			ip           "IP"
			access-list  "Set hits of access lists to zero"
			counters     "Set hits of access lists to zero"
			[ ` + anyListName + ` ]`,
		Run: on(clearAccessCounters),
	},
}

var errNoList = errors.New("%Specified access list does not exist")

// named are the lists that a line asks for: all, unless it names one.
func (r *Router) named(c *cli.Call) []acl.Shown {
	all := r.lists.Shown()
	if !c.Has("name") {
		return all
	}
	return slices.DeleteFunc(all, func(l acl.Shown) bool { return l.Name() != c.Str("name") })
}

func showAccessLists(r *Router, c *cli.Call) error {
	for _, l := range r.named(c) {
		for _, line := range l.ShowLines() {
			c.Println(line)
		}
	}
	return nil
}

func clearAccessCounters(r *Router, c *cli.Call) error {
	for _, l := range r.named(c) {
		l.ClearHits()
	}
	return nil
}
