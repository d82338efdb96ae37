package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

var sessionCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `
			configure     "Change the configuration"
			[ ( terminal  "Configure from the terminal"
			  | memory    "Configure from NVRAM" ) ]`,
		Run: on(configure),
	},
	{
		Modes: []string{modeExec}, Grammar: `show privilege "Your level of privilege"`,
		Run: on(func(_ *Router, c *cli.Call) error {
			c.Printf("Current privilege level is %d\n", c.Session.Privilege())
			return nil
		}),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `
			terminal  "Terminal settings"
			[ no      "Negate a command" ]
			monitor   "Show the log on this terminal"`,
		Run: on(func(_ *Router, c *cli.Call) error {
			c.Print("% Console already monitors\n")
			return nil
		}),
	},
	{
		Modes: []string{modeExec}, Grammar: `show users "Users on the lines" [ all "Include idle lines" ]`,
		Run: on(showUsers),
	},
}

func configure(r *Router, c *cli.Call) error {
	if c.Has("memory") {
		return configureMemory(r, c)
	}
	if !c.Has("terminal") {
		answer, err := c.Ask("Configuring from terminal, memory, or network [terminal]? ")
		if err != nil {
			return nil
		}
		switch answer {
		case "memory", "m", "mem":
			return configureMemory(r, c)
		case "", "terminal", "t", "term":
		default:
			c.Print("?Must be \"terminal\", \"memory\" or \"network\"\n")
			return nil
		}
	}
	c.Print("Enter configuration commands, one per line.  End with CNTL/Z.\n")
	c.Enter(modeConfig, nil)
	r.config.modified = true
	return nil
}

// configureMemory merges the startup configuration into the running one.
func configureMemory(r *Router, _ *cli.Call) error {
	startup, err := r.NVRAM.Load()
	if err != nil {
		return err
	}
	r.loadFromMemory(startup)
	return nil
}

// loadFromMemory merges a configuration from NVRAM into the running one.
func (r *Router) loadFromMemory(config []byte) {
	r.load(string(config))
	r.config.modified = true
	r.log.Message("SYS", logging.Notifications, "CONFIG_I", "Configured from memory by console")
}

// LeftConfig is told when a session has gone back to EXEC.
func (r *Router) LeftConfig(s *cli.Session) {
	r.log.Message("SYS", logging.Notifications, "CONFIG_I", "Configured from console by "+onConsole(s))
}

// onConsole is the user of the console as the log names them.
func onConsole(s *cli.Session) string {
	if s.User != "" {
		return s.User + " on console"
	}
	return "console"
}

func showUsers(r *Router, c *cli.Call) error {
	c.Print("    Line       User       Host(s)              Idle       Location\n")
	c.Printf("*  0 con 0     %-10s idle                 00:00:00   \n", c.Session.User)
	if c.Has("all") {
		c.Printf("  %2d aux 0                                     00:00:00   \n", lineBase["aux"])
		for i := range 5 {
			c.Printf("  %2d vty %d                                     00:00:00   \n", lineBase["vty"]+i, i)
		}
	}
	c.Print("\n  Interface    User               Mode         Idle     Peer Address\n\n")
	return nil
}
