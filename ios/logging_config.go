package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

const levelGrammar = `
		( <0-7>:level      "Severity as a number"
		| emergencies      "Severity 0"
		| alerts           "Severity 1"
		| critical         "Severity 2"
		| errors           "Severity 3"
		| warnings         "Severity 4"
		| notifications    "Severity 5"
		| informational    "Severity 6"
		| debugging        "Severity 7" )`

var loggingCommands = []cli.Command{
	{
		Modes: []string{modeConfig}, Grammar: `logging on "Log to more than the console"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.log.On = true; return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.log.On = false; return nil }),
		Default:  on(func(r *Router, _ *cli.Call) error { r.log.On = true; return nil }),
		Examples: []string{"logging on"},
		Standard: []string{"logging on"},
	},
	destinationRow("console", "Log to the console", "logging console warnings",
		func(l *logging.Logger) *logging.Destination { return &l.Console }),
	destinationRow("monitor", "Log to terminals", "logging monitor errors",
		func(l *logging.Logger) *logging.Destination { return &l.Monitor }),
	{
		Modes: []string{modeConfig},
		Grammar: `logging
			buffered                    "Log to the buffer"
			[ ( <4096-2147483647>:size  "Logging buffer size"
			    [ ` + levelGrammar + ` ]
			  | ` + levelGrammar + ` ) ]`,
		No: `logging buffered [ LINE:rest "Current values" ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			r.log.Buffer.On = true
			r.log.Buffer.Level = typedLevel(c)
			if c.Has("size") {
				r.log.SetBufferSize(c.Int("size"))
			}
			return nil
		}),
		Unset: on(func(r *Router, _ *cli.Call) error { r.log.Buffer.On = false; return nil }),
		Default: on(func(r *Router, _ *cli.Call) error {
			r.log.Buffer = logging.Destination{On: true, Level: logging.Debugging}
			r.log.SetBufferSize(logging.DefaultBufferSize)
			return nil
		}),
		Examples: []string{"logging buffered 8192", "logging buffered 10000 informational"},
		Standard: []string{"logging buffered 4096 debugging", "logging buffered 4096"},
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `clear logging "Empty the log buffer"`,
		Run: on(func(r *Router, c *cli.Call) error {
			if yes, err := c.Confirm("Clear logging buffer [confirm]"); !yes || err != nil {
				return nil
			}
			r.log.ClearBuffer()
			return nil
		}),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: `show logging "Log"`,
		Run: on(showLogging),
	},
}

// destinationRow is `logging console|monitor [LEVEL]`.
func destinationRow(word, help, example string, at func(*logging.Logger) *logging.Destination) cli.Command {
	full := func(r *Router) {
		*at(r.log) = logging.Destination{On: true, Level: logging.Debugging, Logged: at(r.log).Logged}
	}
	return cli.Command{
		Modes:   []string{modeConfig},
		Grammar: "logging " + word + ` "` + help + `" [` + levelGrammar + ` ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			full(r)
			at(r.log).Level = typedLevel(c)
			return nil
		}),
		Unset:    on(func(r *Router, _ *cli.Call) error { at(r.log).On = false; return nil }),
		Default:  on(func(r *Router, _ *cli.Call) error { full(r); return nil }),
		Examples: []string{example}, Standard: []string{"logging " + word, "logging " + word + " debugging", "logging " + word + " 7"},
	}
}

// typedLevel is the severity that was typed by name or number, debugging where
// none was.
func typedLevel(c *cli.Call) logging.Severity {
	if c.Has("level") {
		return logging.Severity(c.Int("level"))
	}
	for s := logging.Emergencies; s <= logging.Debugging; s++ {
		if c.Has(s.String()) {
			return s
		}
	}
	return logging.Debugging
}

// printLogging prints what differs from the defaults.
func printLogging(r *Router, w *writer) {
	l := r.log
	if !l.On {
		w.line("no logging on")
	}
	switch {
	case !l.Buffer.On:
		w.line("no logging buffered")
	case l.Buffer.Level != logging.Debugging:
		w.line("logging buffered %d %s", l.BufferSize, l.Buffer.Level)
	case l.BufferSize != logging.DefaultBufferSize:
		w.line("logging buffered %d", l.BufferSize)
	}
	printDestination(w, "console", l.Console)
	printDestination(w, "monitor", l.Monitor)
}

func printDestination(w *writer, word string, d logging.Destination) {
	switch {
	case !d.On:
		w.line("no logging %s", word)
	case d.Level != logging.Debugging:
		w.line("logging %s %s", word, d.Level)
	}
}

func showLogging(r *Router, c *cli.Call) error {
	l := r.log
	state := "enabled"
	if !l.On {
		state = "disabled"
	}
	c.Printf("Syslog logging: %s (0 messages dropped, %d messages rate-limited,\n                0 flushes, 0 overruns, xml disabled, filtering disabled)\n\n", state, r.provoked.unsaid)
	for _, x := range []struct {
		name string
		d    logging.Destination
	}{{"Console", l.Console}, {"Monitor", l.Monitor}, {"Buffer", l.Buffer}} {
		name := x.name + " logging: "
		if !x.d.On {
			c.Printf("    %sdisabled\n", name)
			continue
		}
		c.Printf("    %slevel %s, %d messages logged, xml disabled,\n                     filtering disabled\n", name, x.d.Level, x.d.Logged)
	}
	c.Printf("    Logging Exception size (4096 bytes)\n    Count and timestamp logging messages: disabled\n\n")
	c.Printf("No active filter modules.\n\n    Trap logging: level %s, %d message lines logged\n", l.Trap, l.Total())
	if l.Buffer.On {
		c.Printf("\nLog Buffer (%d bytes):\n\n", l.BufferSize)
		for _, record := range l.Buffered() {
			c.Println(record.Text)
		}
	}
	return nil
}
