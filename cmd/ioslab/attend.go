package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/chzyer/readline"
	"github.com/ioslab/ioslab/labs"
)

// audience says who is with a lab.
type audience struct {
	console string // to be opened first; "" is the first router's
	telnet  string // where consoles are offered by telnet; "" is nowhere
	stays   bool   // the end of the typed lines ends nothing where there is telnet
}

// sitting is what standard input is.
type sitting int

const (
	person sitting = iota // a terminal, and so is standard output
	script                // lines from a pipe or a file
	nobody                // closed or the null device, while consoles are offered by telnet
)

func (a audience) sitting() sitting {
	switch info, err := os.Stdin.Stat(); {
	case interactive():
		return person
	case a.telnet == "" || readline.IsTerminal(int(os.Stdin.Fd())):
		return script
	case err != nil || info.Mode()&os.ModeCharDevice != 0:
		return nobody
	}
	return script
}

// screen is how long and wide a screen is: as IOS has it until the terminal is
// asked, and without bounds where nobody could press a key for the next page.
func (a audience) screen() int {
	if a.sitting() == script {
		return -1
	}
	return 0
}

// attend boots the lab and runs it while somebody is with it: at standard input,
// or by telnet. Then it closes the lab.
func (a audience) attend(lab *labs.Lab, desk *desk) error {
	first, err := desk.choose(lab, a.console)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	server, err := desk.openTelnet(a.telnet)
	if err != nil {
		return err
	}
	if server != nil {
		defer server.Close()
	}
	here := a.sitting()
	if here == person {
		fmt.Printf("Lab %s: %s. Ctrl-] and a name changes the console, Ctrl-] and quit leaves.\n",
			lab.File.Name, strings.Join(desk.names(), ", "))
	}
	if server != nil {
		desk.listPorts(a.notes(here), server)
	}
	if here == person {
		fmt.Println()
	}
	if err := lab.Boot(); err != nil {
		return err
	}
	defer lab.Close()
	lab.Loop.Bind()
	if server != nil {
		server.Serve(lab.Loop)
	}
	switch here {
	case nobody:
		lab.Loop.Run(ctx)
		return nil
	case script:
		desk.open(first)
		leave := stop
		if a.stays && server != nil {
			leave = func() {}
		}
		go desk.readLines(lab, os.Stdin, leave)
		lab.Loop.Run(ctx)
		desk.finish()
		return nil
	}
	return desk.person(ctx, stop, lab, first)
}

// notes is where what is said of the consoles goes: not among their output, where
// that may be read by a program.
func (a audience) notes(here sitting) io.Writer {
	if here == script {
		return os.Stderr
	}
	return os.Stdout
}

// person runs the lab while somebody is at the terminal.
func (d *desk) person(ctx context.Context, leave func(), lab *labs.Lab, first *seat) error {
	t, err := openTerminal()
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
