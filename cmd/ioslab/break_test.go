package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestBreakAtTheTerminal: Ctrl-Shift-6 ends what runs, and what was typed ahead is
// typed then.
func TestBreakAtTheTerminal(t *testing.T) {
	var out bytes.Buffer
	d, lab := seated(t, &out)
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
