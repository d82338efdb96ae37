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
	d, lab := atFirstConsole(t, &out)
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

// TestGarbageIsTakenBack: of a text pasted by mistake each line waits for a name server.
// Ctrl-C takes back what has not had its turn, Ctrl-Shift-6 ends the one that has.
func TestGarbageIsTakenBack(t *testing.T) {
	var out bytes.Buffer
	d, lab := atFirstConsole(t, &out)
	keys := func(text string) {
		for _, k := range []byte(text) {
			d.key(k)
		}
		lab.Loop.RunUntil(lab.Loop.Now() + time.Second)
	}
	keys(strings.Repeat("garbage\r", 60) + "and a rest")
	keys("\x03")
	keys("show priv")
	keys("\x1e")
	keys("\r")
	want := "R1>garbage\nTranslating \"garbage\"...domain server (255.255.255.255)\n% Name lookup aborted\n" +
		"R1>^C\nR1>show priv\nCurrent privilege level is 1\nR1>"
	if text := out.String(); !strings.HasSuffix(text, want) || strings.Count(text, "garbage") != 2 {
		t.Errorf("%q", text)
	}
}
