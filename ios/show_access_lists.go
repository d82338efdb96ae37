package ios

import (
	"errors"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

const oneListHelp = "\n" + listNameHelp

var showAccessListCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "show access-lists [ " + anyListName + " ]",
		Help: showHelp + "List access lists" + oneListHelp, Run: on(showAccessLists),
	},
	{
		Modes: []string{modeExec}, Grammar: "show ip access-lists [ " + anyListName + " ]",
		Help: showHelp + "IP information\nList IP access lists" + oneListHelp, Run: on(showAccessLists),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "clear access-list counters [ " + anyListName + " ]",
		Help: clearHelp + "Set hits of access lists to zero\nSet hits of access lists to zero" + oneListHelp, Run: on(clearAccessCounters),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "clear ip access-list counters [ " + anyListName + " ]",
		Help: clearHelp + "IP\nSet hits of access lists to zero\nSet hits of access lists to zero" + oneListHelp, Run: on(clearAccessCounters),
	},
}

var errNoList = errors.New("%Specified access list does not exist")

// named are the lists that a line asks for: all, unless it names one.
func (r *Router) named(c *cli.Call) []*acl.List {
	if !c.Has("name") {
		return r.lists.All()
	}
	if l := r.lists.Get(c.Str("name")); l != nil {
		return []*acl.List{l}
	}
	return nil
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
