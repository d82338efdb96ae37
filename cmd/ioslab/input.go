package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/console"
)

// Keys for the terminal itself.
const (
	keyEscape    = 0x1d // Ctrl-]: what follows, up to a Return, is for the terminal
	keyInterrupt = 0x03
	keyBackspace = 0x08
	keyDelete    = 0x7f
)

// readKeys passes keys on until the input ends or the person leaves. It reads no
// faster than they are taken.
func (t *terminal) readKeys(lab *labs.Lab, in io.Reader, leave func()) {
	defer leave()
	buffer := make([]byte, 1024)
	taken := make(chan struct{}, 1)
	for {
		n, err := in.Read(buffer)
		keys := buffer[:n]
		var take func()
		take = func() {
			for len(keys) > 0 {
				if !t.asking && !t.current.keys.Room() {
					lab.Loop.After(idlePoll, take)
					return
				}
				if t.key(keys[0]) {
					leave()
					break
				}
				keys = keys[1:]
			}
			taken <- struct{}{}
		}
		lab.Loop.Do(take)
		<-taken
		if err != nil {
			return
		}
	}
}

// key takes one key; true means that the person leaves.
func (t *terminal) key(k byte) (leave bool) {
	switch {
	case t.asking:
		return t.nameKey(k)
	case k == keyEscape:
		t.asking, t.typed = true, ""
		fmt.Fprintf(t.out, "\r\n[%s, quit] ", strings.Join(t.names(), ", "))
	default:
		t.current.keys.Type([]byte{k})
	}
	return false
}

// nameKey takes a key of the name that is typed after Ctrl-].
func (t *terminal) nameKey(k byte) (leave bool) {
	switch {
	case k == '\r' || k == '\n':
		t.asking = false
		return t.goTo(strings.TrimSpace(t.typed))
	case k == keyInterrupt || k == keyEscape:
		t.asking = false
		return t.goTo("")
	case k == keyBackspace || k == keyDelete:
		if t.typed != "" {
			t.typed = t.typed[:len(t.typed)-1]
			io.WriteString(t.out, "\b \b")
		}
	case k >= ' ':
		t.typed += string(rune(k))
		t.out.Write([]byte{k})
	}
	return false
}

// goTo shows the console of that name, or the present one again.
func (t *terminal) goTo(name string) (leave bool) {
	if name == "quit" || name == "q" {
		return true
	}
	if c := t.find(name); c != nil && c != t.current {
		t.show(c.node)
		return false
	}
	switch {
	case name == "help" || name == "?":
		fmt.Fprintf(t.out, "\r\nA name (%s) shows that console, quit leaves, nothing goes back.", strings.Join(t.names(), ", "))
	case name != "" && t.find(name) == nil:
		fmt.Fprintf(t.out, "\r\nThere is no console %q.", name)
	}
	io.WriteString(t.out, "\r\n")
	t.out.Write(t.current.line.Row())
	return false
}

// idlePoll is how often it is looked whether a command has ended.
const idlePoll = 5 * time.Millisecond

// readLines types lines one after the other, each when the command before has
// ended, and leaves when the last one has.
func (t *terminal) readLines(lab *labs.Lab, in io.Reader, leave func()) {
	defer leave()
	idle := make(chan struct{}, 1)
	whenIdle := func() {
		var look func()
		look = func() {
			if t.current.node.Console().Busy() {
				lab.Loop.After(idlePoll, look)
				return
			}
			idle <- struct{}{}
		}
		lab.Loop.Do(look)
		<-idle
	}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			whenIdle()
			lab.Loop.Do(func() { t.current.line.Type(console.Local, []byte(strings.TrimRight(line, "\r\n")+"\r")) })
		}
		if err != nil {
			whenIdle()
			return
		}
	}
}
