package ios

import "github.com/ioslab/ioslab/cli"

// debugging is what `debug` has switched on.
type debugging struct{ isakmp, ipsec bool }

// debugSwitch is one `debug` command.
type debugSwitch struct {
	words string
	help  string
	name  string // as the messages name it
	group string // its heading in `show debugging`
	flag  func(*debugging) *bool
}

var debugSwitches = []debugSwitch{
	{
		"crypto isakmp", "Negotiation and IPsec\nISAKMP debug", "Crypto ISAKMP", "Cryptographic Subsystem",
		func(d *debugging) *bool { return &d.isakmp },
	},
	{
		"crypto ipsec", "Negotiation and IPsec\nIPSEC debug", "Crypto IPSEC", "Cryptographic Subsystem",
		func(d *debugging) *bool { return &d.ipsec },
	},
}

var debugCommands = func() []cli.Command {
	rows := []cli.Command{
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "undebug all",
			Help: "Stop showing what the router does\nAll there is", Run: on(undebugAll),
		},
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "show debugging",
			Help: showHelp + "What debug shows at present", Run: on(showDebugging),
		},
		{
			Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "debug all",
			Help: "Show what the router does as it does it\nAll there is", Run: on(debugAll), Unset: on(undebugAll),
		},
	}
	for _, d := range debugSwitches {
		set := func(state bool, word string) func(*cli.Call) error {
			return on(func(r *Router, c *cli.Call) error {
				*d.flag(&r.debug) = state
				c.Printf("%s debugging is %s\n", d.name, word)
				return nil
			})
		}
		rows = append(rows,
			cli.Command{
				Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "debug " + d.words,
				Help: "Show what the router does as it does it\n" + d.help, Run: set(true, "on"), Unset: set(false, "off"),
			},
			cli.Command{
				Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: "undebug " + d.words,
				Help: "Stop showing what the router does\n" + d.help, Run: set(false, "off"),
			})
	}
	return rows
}()

func undebugAll(r *Router, c *cli.Call) error {
	r.debug = debugging{}
	c.Print("All possible debugging has been turned off\n")
	return nil
}

func debugAll(r *Router, c *cli.Call) error {
	yes, err := c.YesNo("\nThis may severely impact network performance. Continue? (yes/[no]): ")
	if err != nil || !yes {
		return nil
	}
	for _, d := range debugSwitches {
		*d.flag(&r.debug) = true
	}
	c.Print("All possible debugging has been turned on\n")
	return nil
}

func showDebugging(r *Router, c *cli.Call) error {
	group := ""
	for _, d := range debugSwitches {
		if !*d.flag(&r.debug) {
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
