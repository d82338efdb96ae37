package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
)

// debugSwitch is one `debug` command.
type debugSwitch struct {
	words string // of the command, with their help
	name  string // as the messages name it
	group string // its heading in `show debugging`
	kind  event.Kind
}

var debugSwitches = []debugSwitch{
	{
		`crypto isakmp "ISAKMP debug"`, "Crypto ISAKMP", "Cryptographic Subsystem", event.IKE,
	},
	{
		`crypto ipsec "IPSEC debug"`, "Crypto IPSEC", "Cryptographic Subsystem", event.IPsec,
	},
}

var debugCommands = func() []cli.Command {
	rows := []cli.Command{
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `undebug all "All debugging"`,
			Run: on(undebugAll),
		},
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `show debugging "State of each debugging option"`,
			Run: on(showDebugging),
		},
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `debug all "All debugging"`,
			Run: on(debugAll), Unset: on(undebugAll),
		},
	}
	for _, d := range debugSwitches {
		set := func(state bool, word string) func(*cli.Call) error {
			return on(func(r *Router, c *cli.Call) error {
				if state {
					r.setDebug(r.debug | d.kind)
				} else {
					r.setDebug(r.debug &^ d.kind)
				}
				c.Printf("%s debugging is %s\n", d.name, word)
				return nil
			})
		}
		rows = append(rows,
			cli.Command{
				Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "debug " + d.words,
				Run: set(true, "on"), Unset: set(false, "off"),
			},
			cli.Command{
				Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "undebug " + d.words,
				Run: set(false, "off"),
			})
	}
	return rows
}()

// setDebug has debug show these kinds of event, and no others.
func (r *Router) setDebug(kinds event.Kind) {
	r.debug = kinds
	r.stopDebug()
	r.stopDebug = r.bus.Subscribe(kinds, r.showEvent)
}

func undebugAll(r *Router, c *cli.Call) error {
	r.setDebug(0)
	c.Print("All possible debugging has been turned off\n")
	return nil
}

func debugAll(r *Router, c *cli.Call) error {
	yes, err := c.YesNo("\nThis may severely impact network performance. Continue? (yes/[no]): ")
	if err != nil || !yes {
		return nil
	}
	for _, d := range debugSwitches {
		r.setDebug(r.debug | d.kind)
	}
	c.Print("All possible debugging has been turned on\n")
	return nil
}

func showDebugging(r *Router, c *cli.Call) error {
	group := ""
	for _, d := range debugSwitches {
		if r.debug&d.kind == 0 {
			continue
		}
		if d.group != group {
			c.Printf("%s:\n", d.group)
			group = d.group
		}
		c.Printf("  %s debugging is on\n", d.name)
	}
	return nil
}
