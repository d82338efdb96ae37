package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
)

// debugSwitch is one `debug` command.
type debugSwitch struct {
	words string // of the command, with their help
	group string // its heading in `show debugging`
	// turn switches on or off what was typed, and returns the message that says so.
	// The call is nil for `debug all` and `undebug all`, which mean all of it.
	turn func(r *Router, c *cli.Call, on bool) (message string)
	// shown are the messages that say what is on.
	shown func(r *Router) []string
}

// debugSwitches are all of them, in the order of `show debugging`.
var debugSwitches = []debugSwitch{
	debugOfKind(`arp "IP ARP"`, "ARP packet", "ARP", event.ARP),
	debugIPICMP, debugIPPacket, debugIPUDP, debugNAT,
	debugPolicy,
	debugOfKind(`crypto isakmp "ISAKMP debug"`, "Crypto ISAKMP", "Cryptographic Subsystem", event.IKE),
	debugOfKind(`crypto ipsec "IPSEC debug"`, "Crypto IPSEC", "Cryptographic Subsystem", event.IPsec),
}

// debugOfKind is a switch that shows all events of a kind.
func debugOfKind(words, name, group string, kind event.Kind) debugSwitch {
	return debugSwitch{
		words: words, group: group,
		turn: func(r *Router, _ *cli.Call, on bool) string {
			if on {
				r.setDebug(r.debug | kind)
			} else {
				r.setDebug(r.debug &^ kind)
			}
			return debuggingIs(name, on)
		},
		shown: func(r *Router) []string {
			if r.debug&kind == 0 {
				return nil
			}
			return []string{debuggingIs(name, true)}
		},
	}
}

var debugCommands = []cli.Command{
	privileged(`undebug all "All debugging"`, undebugAll),
	privileged(`show debugging "State of each debugging option"`, showDebugging),
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `debug all "All debugging"`,
		Run: on(debugAll), Unset: on(undebugAll),
	},
}

// debuggingIs is how IOS says that something is debugged, or no longer.
func debuggingIs(name string, on bool) string {
	if on {
		return name + " debugging is on"
	}
	return name + " debugging is off"
}

// ofList adds to such a message the access list that limits what is shown, "" for none.
func ofList(message, list string) string {
	if list == "" {
		return message
	}
	return message + " for access list " + list
}

// debugSwitchCommands are those of the switches.
func debugSwitchCommands() []cli.Command {
	var rows []cli.Command
	for _, d := range debugSwitches {
		set := func(state bool) handler {
			return func(r *Router, c *cli.Call) error { c.Println(d.turn(r, c, state)); return nil }
		}
		rows = append(rows,
			cli.Command{
				Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "debug " + d.words,
				Run: on(set(true)), Unset: on(set(false)),
			},
			privileged("undebug "+d.words, set(false)))
	}
	return rows
}

// setDebug has debug show these kinds of event, and no others.
func (r *Router) setDebug(kinds event.Kind) {
	r.debug = kinds
	r.stopDebug()
	r.stopDebug = r.bus.Subscribe(kinds, r.showEvent)
}

func undebugAll(r *Router, c *cli.Call) error {
	for _, d := range debugSwitches {
		d.turn(r, nil, false)
	}
	c.Print("All possible debugging has been turned off\n")
	return nil
}

func debugAll(r *Router, c *cli.Call) error {
	yes, err := c.YesNo("\nThis may severely impact network performance. Continue? (yes/[no]): ")
	if err != nil || !yes {
		return nil
	}
	for _, d := range debugSwitches {
		d.turn(r, nil, true)
	}
	c.Print("All possible debugging has been turned on\n")
	return nil
}

func showDebugging(r *Router, c *cli.Call) error {
	group := ""
	for _, d := range debugSwitches {
		for _, message := range d.shown(r) {
			if d.group != group {
				c.Printf("%s:\n", d.group)
				group = d.group
			}
			c.Println("  " + message)
		}
	}
	return nil
}
