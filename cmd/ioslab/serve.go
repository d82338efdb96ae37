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
	"github.com/ioslab/ioslab/labs/storage"
)

// options are how a lab is served to people and programs.
type options struct {
	console string // to be opened first; "" is the first router's
	telnet  string // where consoles are offered by telnet; "" is nowhere
	state   string // the directory of what lasts; "" is none
	daemon  bool   // the end of the typed lines ends nothing

	out   *os.File      // where consoles are shown: standard output, unless a capture goes there
	first []*labs.Order // given before the routers are switched on
}

// inputKind is what standard input is.
type inputKind int

const (
	person  inputKind = iota // a terminal, and consoles are shown where a person may see them
	script                   // lines, from a pipe or a file
	noInput                  // closed or the null device, where that ends nothing or consoles are offered by telnet
)

func (o options) inputKind() inputKind {
	switch info, err := os.Stdin.Stat(); {
	case isTerminal(os.Stdin) && mayBeSeen(o.out):
		return person
	case o.telnet == "" && !o.daemon || isTerminal(os.Stdin):
		return script
	case err != nil || info.Mode()&os.ModeCharDevice != 0:
		return noInput
	}
	return script
}

// mayBeSeen reports whether output to a file may appear on the user's screen: it is a
// terminal, or a pipe, which may lead to a program such as `tee`.
func mayBeSeen(out *os.File) bool {
	info, err := out.Stat()
	return isTerminal(out) || err == nil && info.Mode()&(os.ModeNamedPipe|os.ModeSocket) != 0
}

// screen is the length and width of the screen: 0, which is IOS's own until the
// terminal is asked, and -1, without bounds, where no key can be pressed for the next page.
func (o options) screen() int {
	if o.inputKind() == script {
		return -1
	}
	return 0
}

// shutdownGrace is how long the program has to end in good order after a signal. After
// it a second signal kills the process: perhaps what it prints is not read.
const shutdownGrace = 3 * time.Second

// serve boots the lab and runs it as long as it is used: at standard input, or by
// telnet. Then it closes the lab.
func (o options) serve(lab *labs.Lab, t *terminal) error {
	first, err := t.choose(lab, o.console)
	if err != nil {
		return err
	}
	input := o.inputKind()
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	if input == person && !isTerminal(o.out) {
		signals = append(signals, syscall.SIGPIPE) // the terminal is to be put right even so
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	defer stop()
	context.AfterFunc(ctx, func() { time.AfterFunc(shutdownGrace, stop) })
	server, err := t.openTelnet(o.telnet)
	if err != nil {
		return err
	}
	if server != nil {
		defer server.Close()
	}
	notes := o.notes(input)
	if input == person {
		fmt.Fprintln(notes, greeting(lab.File.Name, t.names()))
	}
	if server != nil {
		t.listPorts(notes, server)
	}
	if input == person {
		fmt.Fprintln(notes)
	}
	defer lab.Close()
	for _, order := range o.first {
		if _, err := lab.Perform(order, labs.Source{Files: storage.NewFolder("")}, nil); err != nil {
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
	switch input {
	case noInput:
		if o.telnet == "" {
			t.open(first) // what the router says is all there is to see
		}
		lab.Loop.Run(ctx)
		return nil
	case script:
		t.open(first)
		leave := stop
		if o.daemon {
			leave = func() {}
		}
		go t.readLines(lab, os.Stdin, leave)
		lab.Loop.Run(ctx)
		t.finish()
		return nil
	}
	return t.person(ctx, stop, lab, first, o.out)
}

// greeting tells a person at a terminal what there is to see, and how to leave.
func greeting(lab string, consoles []string) string {
	if len(consoles) == 1 {
		return fmt.Sprintf("Console of %s. Ctrl-] and quit leaves.", consoles[0])
	}
	return fmt.Sprintf("Lab %s: %s. Ctrl-] and a name changes the console, Ctrl-] and quit leaves.", lab, strings.Join(consoles, ", "))
}

// notes is where the program prints what it has to say about the consoles: not among
// their output where a program may read that.
func (o options) notes(input inputKind) io.Writer {
	if input == script || input == person && !isTerminal(o.out) {
		return os.Stderr
	}
	return o.out
}

// person runs the lab while a person is at the terminal.
func (t *terminal) person(ctx context.Context, leave func(), lab *labs.Lab, first *consoleView, out *os.File) error {
	raw, err := openRaw(out)
	if err != nil {
		return err
	}
	defer raw.close()
	t.width, t.height = raw.size()
	t.open(first)
	raw.onResize(func() { lab.Loop.Do(func() { t.resize(raw.size()) }) })
	go t.readKeys(lab, raw.input, leave)
	lab.Loop.Run(ctx)
	t.finish()
	return nil
}
