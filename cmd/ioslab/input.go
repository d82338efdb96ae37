package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ioslab/ioslab/labs"
)

// Keys that the desk itself looks at.
const (
	keyEscape    = 0x1d // Ctrl-]: what follows, up to a Return, is for the desk
	keyInterrupt = 0x03
	keyBackspace = 0x08
	keyDelete    = 0x7f
)

// readKeys passes keys on until the input ends or the person leaves. It reads no
// faster than they are taken.
func (d *desk) readKeys(lab *labs.Lab, in io.Reader, leave func()) {
	defer leave()
	buffer := make([]byte, 1024)
	taken := make(chan struct{}, 1)
	for {
		n, err := in.Read(buffer)
		keys := buffer[:n]
		var take func()
		take = func() {
			for len(keys) > 0 {
				if !d.asking && !d.current.keys.Room() {
					lab.Loop.After(idlePoll, take)
					return
				}
				if d.key(keys[0]) {
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
func (d *desk) key(k byte) (leave bool) {
	switch {
	case d.asking:
		return d.nameKey(k)
	case k == keyEscape:
		d.asking, d.typed = true, ""
		fmt.Fprintf(d.out, "\r\n[%s, quit] ", strings.Join(d.names(), ", "))
	default:
		d.current.keys.Type([]byte{k})
	}
	return false
}

// nameKey takes a key of the name that is typed after Ctrl-].
func (d *desk) nameKey(k byte) (leave bool) {
	switch {
	case k == '\r' || k == '\n':
		d.asking = false
		return d.goTo(strings.TrimSpace(d.typed))
	case k == keyInterrupt || k == keyEscape:
		d.asking = false
		return d.goTo("")
	case k == keyBackspace || k == keyDelete:
		if d.typed != "" {
			d.typed = d.typed[:len(d.typed)-1]
			io.WriteString(d.out, "\b \b")
		}
	case k >= ' ':
		d.typed += string(rune(k))
		d.out.Write([]byte{k})
	}
	return false
}

// goTo shows the console of that name, or the present one again.
func (d *desk) goTo(name string) (leave bool) {
	if name == "quit" || name == "q" {
		return true
	}
	if c := d.find(name); c != nil && c != d.current {
		d.show(c.node)
		return false
	}
	switch {
	case name == "help" || name == "?":
		fmt.Fprintf(d.out, "\r\nA name (%s) shows that console, quit leaves, nothing goes back.", strings.Join(d.names(), ", "))
	case name != "" && d.find(name) == nil:
		fmt.Fprintf(d.out, "\r\nThere is no console %q.", name)
	}
	io.WriteString(d.out, "\r\n")
	d.out.Write(d.current.line.Row())
	return false
}

// idlePoll is how often it is looked whether a command has ended.
const idlePoll = 5 * time.Millisecond

// readLines types lines one after the other, each when the command before has
// ended, and leaves when the last one has.
func (d *desk) readLines(lab *labs.Lab, in io.Reader, leave func()) {
	defer leave()
	idle := make(chan struct{}, 1)
	whenIdle := func() {
		var look func()
		look = func() {
			if d.current.node.Console().Busy() {
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
			lab.Loop.Do(func() { d.current.line.Type([]byte(strings.TrimRight(line, "\r\n") + "\r")) })
		}
		if err != nil {
			whenIdle()
			return
		}
	}
}
