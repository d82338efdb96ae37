package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/loop"
)

// TestBreakAtTheTerminal: Ctrl-Shift-6 ends what runs, and what was typed ahead is
// typed then.
func TestBreakAtTheTerminal(t *testing.T) {
	file, err := labs.Open(defaultLab, "")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	d := newDesk(&out)
	lab, err := labs.New(file, labs.Options{
		Entropy:  loop.Seeded(1),
		Terminal: func(n *labs.Node) cli.Options { return cli.Options{Out: d.add(n)} },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer lab.Close()
	first, err := d.choose(lab, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := lab.Boot(); err != nil {
		t.Fatal(err)
	}
	d.open(first)
	keys := func(text string) {
		for _, k := range []byte(text) {
			d.key(k)
		}
		lab.Loop.RunUntil(lab.Loop.Now() + time.Second)
	}
	keys("ping 9.9.9.9 repeat 1000\r")
	keys("show privilege\r")
	if strings.Contains(out.String(), "level is 1") {
		t.Fatal("the ping has ended")
	}
	keys("\x1e")
	if text := out.String(); !strings.Contains(text, "Success rate") || !strings.HasSuffix(text, "R1>show privilege\nCurrent privilege level is 1\nR1>") {
		t.Errorf("%q", text)
	}
}
