package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/ioslab/ioslab/labs"
)

// audience says who is with a lab.
type audience struct {
	console string // to be opened first; "" is the first router's
	telnet  string // where consoles are offered by telnet; "" is nowhere
	stays   bool   // the end of the typed lines ends nothing

	out   *os.File      // where consoles are shown: standard output, unless a capture goes there
	first []*labs.Order // given before the routers are switched on
}

// sitting is what standard input is.
type sitting int

const (
	person sitting = iota // a terminal, and consoles are shown where somebody may see them
	script                // lines, from a pipe or a file
	nobody                // closed or the null device, where that ends nothing or consoles are offered by telnet
)

func (a audience) sitting() sitting {
	switch info, err := os.Stdin.Stat(); {
	case isTerminal(os.Stdin) && mayBeSeen(a.out):
		return person
	case a.telnet == "" && !a.stays || isTerminal(os.Stdin):
		return script
	case err != nil || info.Mode()&os.ModeCharDevice != 0:
		return nobody
	}
	return script
}

// mayBeSeen says whether a person who types may see what is written to a file: that is
// a terminal, or a pipe, whose reader shows it perhaps as `tee` does.
func mayBeSeen(out *os.File) bool {
	info, err := out.Stat()
	return isTerminal(out) || err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeSocket) != 0
}

// screen is how long and wide a screen is: as IOS has it until the terminal is
// asked, and without bounds where nobody could press a key for the next page.
func (a audience) screen() int {
	if a.sitting() == script {
		return -1
	}
	return 0
}

// insistence is when a signal ends the program at once, because one that came so long
// before has not: nobody reads what it prints, perhaps.
const insistence = 3 * time.Second

// attend boots the lab and runs it while somebody is with it: at standard input,
// or by telnet. Then it closes the lab.
func (a audience) attend(lab *labs.Lab, desk *desk) error {
	first, err := desk.choose(lab, a.console)
	if err != nil {
		return err
	}
	here := a.sitting()
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	if here == person && !isTerminal(a.out) {
		signals = append(signals, syscall.SIGPIPE) // the terminal is to be put right even so
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	defer stop()
	context.AfterFunc(ctx, func() { time.AfterFunc(insistence, stop) })
	server, err := desk.openTelnet(a.telnet)
	if err != nil {
		return err
	}
	if server != nil {
		defer server.Close()
	}
	notes := a.notes(here)
	if here == person {
		fmt.Fprintln(notes, greeting(lab.File.Name, desk.names()))
	}
	if server != nil {
		desk.listPorts(notes, server)
	}
	if here == person {
		fmt.Fprintln(notes)
	}
	defer lab.Close()
	for _, order := range a.first {
		if _, err := lab.Perform(order, nil, nil); err != nil {
			return err
		}
	}
	if err := lab.Boot(); err != nil {
		return err
	}
	lab.Bind()
	if server != nil {
		server.Serve(lab.Loop)
	}
	switch here {
	case nobody:
		if a.telnet == "" {
			desk.open(first) // what the router says is all there is to see
		}
		lab.Loop.Run(ctx)
		return nil
	case script:
		desk.open(first)
		leave := stop
		if a.stays {
			leave = func() {}
		}
		go desk.readLines(lab, os.Stdin, leave)
		lab.Loop.Run(ctx)
		desk.finish()
		return nil
	}
	return desk.person(ctx, stop, lab, first, a.out)
}

// greeting tells somebody at a terminal what there is to see, and how to leave.
func greeting(lab string, consoles []string) string {
	if len(consoles) == 1 {
		return fmt.Sprintf("Console of %s. Ctrl-] and quit leaves.", consoles[0])
	}
	return fmt.Sprintf("Lab %s: %s. Ctrl-] and a name changes the console, Ctrl-] and quit leaves.", lab, strings.Join(consoles, ", "))
}

// notes is where what is said of the consoles goes: not among their output, where
// that may be read by a program.
func (a audience) notes(here sitting) io.Writer {
	if here == script || here == person && !isTerminal(a.out) {
		return os.Stderr
	}
	return a.out
}

// person runs the lab while somebody is at the terminal.
func (d *desk) person(ctx context.Context, leave func(), lab *labs.Lab, first *seat, out *os.File) error {
	t, err := openTerminal(out)
	if err != nil {
		return err
	}
	defer t.close()
	d.width, d.height = t.size()
	d.open(first)
	t.onResize(func() { lab.Loop.Do(func() { d.resize(t.size()) }) })
	go d.readKeys(lab, t.input, leave)
	lab.Loop.Run(ctx)
	d.finish()
	return nil
}
