package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/chzyer/readline"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/topology"
)

// captures are the --capture flags of a command line.
type captures struct{ list []string }

func (c *captures) register(f *flag.FlagSet) {
	f.Var(c, "capture", "`IF=FILE`: capture an interface, such as R1:FastEthernet0/0 (with one router FastEthernet0/0 does), into a pcapng file; - is standard output, for `| wireshark -k -i -` (may be repeated)")
}

// String is the flags' value.
func (c *captures) String() string { return strings.Join(c.list, " ") }

// Set reads one of the flags.
func (c *captures) Set(text string) error {
	c.list = append(c.list, text)
	return nil
}

// orders are what the flags ask of a lab.
func (c *captures) orders(lab *topology.File) ([]*labs.Order, error) {
	var list []*labs.Order
	for _, text := range c.list {
		o, err := labs.ParseCapture(text, lab)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// stdout makes ready what a capture to standard output needs: out takes it, nil
// where none is asked for, and consoles shows the consoles. A reader that goes
// away does not end the lab.
func (c *captures) stdout() (out io.WriteCloser, consoles *os.File, err error) {
	asked := false
	for _, text := range c.list {
		asked = asked || strings.HasSuffix(text, "=-")
	}
	if !asked {
		return nil, os.Stdout, nil
	}
	if isTerminal(os.Stdout) {
		return nil, nil, errors.New("refusing to write packets to a terminal; pipe it, e.g. `… | wireshark -k -i -`")
	}
	signal.Ignore(syscall.SIGPIPE)
	return os.Stdout, besideStdout(), nil
}

// besideStdout is where the consoles are shown while standard output is taken.
func besideStdout() *os.File {
	if !isTerminal(os.Stderr) && isTerminal(os.Stdin) {
		if tty, err := os.OpenFile("/dev/tty", os.O_WRONLY, 0); err == nil {
			return tty
		}
	}
	return os.Stderr
}

func isTerminal(f *os.File) bool { return readline.IsTerminal(int(f.Fd())) }
