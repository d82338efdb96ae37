package main

import (
	"bytes"
	"flag"
	"io"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/loop"
)

func TestParseTakesFlagsAnywhere(t *testing.T) {
	for _, args := range [][]string{
		{"--seed", "7", "lab", "--version", "12.4"},
		{"lab", "--seed=7", "--version=12.4"},
		{"--version", "12.4", "--seed", "7", "lab"},
	} {
		var c common
		f := newFlags("run")
		c.register(f)
		rest, err := parse(f, "run", args)
		if err != nil || len(rest) != 1 || rest[0] != "lab" || c.seed.value == nil || *c.seed.value != 7 || c.check() != nil {
			t.Errorf("%v: rest %v, seed %v, error %v", args, rest, c.seed.String(), err)
		}
	}
}

func TestBadFlagsAreErrors(t *testing.T) {
	for _, args := range [][]string{{"--seed", "x"}, {"--seed", "-1"}, {"--nonsense"}} {
		var c common
		f := newFlags("run")
		c.register(f)
		if _, err := parse(f, "run", args); err == nil || err == flag.ErrHelp {
			t.Errorf("%v was taken", args)
		}
	}
	c := common{version: "9.9"}
	if c.check() == nil {
		t.Error("version 9.9 was taken")
	}
}

func TestExitStatuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"nonsense"}, statusUsage},
		{[]string{"list", "x"}, statusUsage},
		{[]string{"list"}, statusOK},
		{[]string{"replay"}, statusUsage},
		{[]string{"replay", "no-such-file.ios"}, statusUsage},
		{[]string{"run", "no-such-lab"}, statusUsage},
		{[]string{"run", "a", "b"}, statusUsage},
		{[]string{"run", "site-to-site", "--console", "R9"}, statusUsage},
		{[]string{"run", "--telnet", "5000"}, statusUsage},
		{[]string{"run", "--telnet", "127.0.0.1:65535"}, statusUsage},
		{[]string{"node"}, statusUsage},
		{[]string{"node", "--telnet", "127.0.0.1:0"}, statusUsage},
		{[]string{"--version", "1.0"}, statusUsage},
	} {
		if got := ioslab(c.args); got != c.want {
			t.Errorf("ioslab %v: status %d, want %d", c.args, got, c.want)
		}
	}
}

func TestConsoleKeepsWhatNobodySees(t *testing.T) {
	var out bytes.Buffer
	d := &terminal{out: &out, loop: loop.New()}
	a := &consoleView{terminal: d, line: console.New("R1", idleNode{})}
	b := &consoleView{terminal: d, line: console.New("R2", idleNode{})}
	d.open(a)
	a.Write([]byte("old\r\nR1#"))
	b.Write([]byte("R2>"))
	b.Write([]byte("\r\na log line\r\n"))
	if out.String() != "old\r\nR1#" || string(b.kept) != "R2>\r\na log line\r\n" || string(a.line.Row()) != "R1#" {
		t.Errorf("screen %q, kept %q, line %q", out.String(), b.kept, a.line.Row())
	}
	b.Write(bytes.Repeat([]byte("x"), 2*backlog))
	if len(b.kept) != backlog {
		t.Errorf("kept %d bytes, want %d at the most", len(b.kept), backlog)
	}
}

// idleNode is a node at which nothing happens.
type idleNode struct{}

func (idleNode) Console() *cli.Session { return nil }
func (idleNode) Do(f func())           { f() }

func TestPlainOutputHasNoCarriageReturns(t *testing.T) {
	var out bytes.Buffer
	if n, err := (plain{&out}).Write([]byte("a\r\nb\r\n")); n != 6 || err != nil || out.String() != "a\nb\n" {
		t.Errorf("wrote %d, %v, %q", n, err, out.String())
	}
}

// atFirstConsole is a terminal at the first console of the bundled lab, in virtual time.
func atFirstConsole(t *testing.T, out io.Writer) (*terminal, *labs.Lab) {
	t.Helper()
	file, err := labs.Open(library.Files, defaultLab, "")
	if err != nil {
		t.Fatal(err)
	}
	d := newTerminal(out)
	lab, err := labs.New(file, labs.Options{
		Entropy:  loop.Seeded(1),
		Terminal: func(n *labs.Node) cli.Options { return cli.Options{Out: d.add(n)} },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(lab.Close)
	first, err := d.choose(lab, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := lab.Boot(); err != nil {
		t.Fatal(err)
	}
	d.open(first)
	return d, lab
}

// TestReloadKeepsTheSize: a router that has reloaded has the same terminal as before.
func TestReloadKeepsTheSize(t *testing.T) {
	d, lab := atFirstConsole(t, new(bytes.Buffer))
	d.resize(132, 50)
	before := d.current.node.Console()
	for _, k := range []byte("enable\rreload\r\r\r") {
		d.key(k)
		lab.Loop.RunUntil(lab.Loop.Now() + time.Second)
	}
	lab.Loop.RunUntil(lab.Loop.Now() + time.Minute)
	d.key('\r')
	s := d.current.node.Console()
	if s == before {
		t.Fatal("the router did not reload")
	}
	if s.Width() != 132 || s.Length() != 50 {
		t.Errorf("%d columns, %d lines", s.Width(), s.Length())
	}
}

func TestGreeting(t *testing.T) {
	for want, consoles := range map[string][]string{
		"Console of R1. Ctrl-] and quit leaves.":                                        {"R1"},
		"Lab x: R1, R2. Ctrl-] and a name changes the console, Ctrl-] and quit leaves.": {"R1", "R2"},
	} {
		if got := greeting("x", consoles); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
