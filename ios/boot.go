package ios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/logging"
)

// BootTime is how long after power-up a router is at work: its configuration
// is loaded, its lines are up and what that made it log has been logged.
const BootTime = 5 * time.Second

// Problem is a line of a startup configuration that the router passed over, or
// keeps without effect.
type Problem struct {
	Line    int    // from 1
	Column  int    // of the caret, from 0; -1 for none
	Text    string // the line
	Message string // what IOS says of it; of a line that is kept, what comes of that
	Kept    bool
	Full    bool // it would be kept, had the router not kept as much as it may
}

// Boot powers the router up and has it load the configuration in its NVRAM.
// Lines that it does not know are passed over, those that IOS knows and ioslab does not
// are kept; both are returned.
func (r *Router) Boot() ([]Problem, error) {
	startup, err := r.NVRAM.Load()
	if err != nil {
		return nil, fmt.Errorf("NVRAM of %s: %w", r.Name, err)
	}
	r.bus.Begin(event.ByPowerOn, r.restartReason)
	defer r.bus.End()
	r.bus.EmitCause(event.Input, event.PowerOn{Reason: r.restartReason})
	r.halt()
	r.newSystem()
	for _, name := range hardwareOf(string(startup)) {
		r.stack.AddInterface(name).SetShutdown(false) // `shutdown` stands in the text where it is meant
	}
	problems := r.load(string(startup))
	r.openConsole()
	r.log.Message("SYS", logging.Notifications, "CONFIG_I", "Configured from memory by console")
	r.log.Message("SYS", logging.Notifications, "RESTART", "System restarted --\n"+r.softwareLine())
	r.config.modified = false
	return problems, nil
}

// Reset powers the router down and up again.
func (r *Router) Reset() error {
	r.restartReason = "power-on"
	return r.restart()
}

// restart boots once more; what the startup configuration had wrong was told
// the first time.
func (r *Router) restart() error {
	_, err := r.Boot()
	return err
}

// load runs the lines of a configuration.
func (r *Router) load(text string) []Problem {
	r.loading = true
	defer func() { r.loading = false }()
	loader := cli.NewLoader(r.grammar, r, r.bootClock(), nil)
	defer loader.Close()
	var problems []Problem
	began := Problem{Column: -1, Message: "the text that begins here does not end"}
	for n, line := range strings.Split(text, "\n") {
		inText, kept, full := loader.Unfinished(), r.keptLines, r.fullLines
		if err := loadLine(loader, line, inText); err != nil {
			problems = append(problems, Problem{
				Line: n + 1, Column: err.Column, Text: line, Message: strings.TrimSpace(err.Message), Full: r.fullLines > full,
			})
		} else if r.keptLines > kept {
			problems = append(problems, Problem{Line: n + 1, Column: -1, Text: line, Message: r.keptNote, Kept: true})
		}
		if !inText {
			began.Line, began.Text = n+1, line
		}
	}
	if loader.Unfinished() {
		problems = append(problems, began)
	}
	return problems
}

// loadLine runs a line of a configuration. What a keyboard cannot send does not
// get in by a file either: it would be sent to a terminal one day.
func loadLine(loader *cli.Loader, line string, inText bool) *cli.LineError {
	if at := strings.IndexFunc(line, isControl); at >= 0 && !inText {
		return &cli.LineError{Column: at, Message: "% Invalid input detected at '^' marker."}
	}
	err := loader.Line(line)
	if e, ok := err.(*cli.LineError); ok {
		return e
	}
	return nil
}

// isControl reports whether a character moves a terminal's cursor. The character
// Ctrl-C delimits banners, and a line may end in CR LF.
func isControl(c rune) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\x03' || c == 0x7f }

// hardwareOf lists the interfaces that a startup configuration names. They are
// in the router whether they have a link or not.
func hardwareOf(text string) []forwarding.Name {
	var names []forwarding.Name
	delim := "" // of the banner that the line is in
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \r\n")
		if delim != "" {
			if cli.HasDelimiter(line, delim) {
				delim = ""
			}
			continue
		}
		delim = cli.OpenDelimiter(bannerText(line))
		name, ok := strings.CutPrefix(line, "interface ")
		if !ok {
			continue
		}
		name, _, _ = strings.Cut(name, " !") // a remark
		if n, err := forwarding.ParseName(strings.TrimSpace(name)); err == nil && n.Kind.Physical() {
			names = append(names, n)
		}
	}
	return names
}

// Loose lists the interfaces that would carry packets, had they been attached to a
// link: they are physical, have an address and are not shut down.
func (r *Router) Loose() []forwarding.Name {
	attached := map[forwarding.Name]bool{}
	for _, p := range r.ports {
		attached[p.Name()] = true
	}
	var names []forwarding.Name
	for _, i := range r.stack.Interfaces() {
		if i.Name().Kind.Physical() && i.Address().IsValid() && !i.Shutdown() && !attached[i.Name()] {
			names = append(names, i.Name())
		}
	}
	return names
}

// plugIn puts the router's ports into its new stack.
func (r *Router) plugIn() {
	for _, p := range r.ports {
		p.PlugInto(r.stack)
	}
}
