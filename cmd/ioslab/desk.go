package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/ioslab/ioslab/labs"
	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/loop"
)

// backlog is how much of what a console printed while another one was on the
// screen is kept, in bytes.
const backlog = 64 << 10

// desk is where a person sits: it shows one console at a time. It is used on
// the lab's loop.
type desk struct {
	out      io.Writer
	consoles []*seat
	current  *seat  // nil before one is opened, and where nobody sits
	asking   bool   // after Ctrl-]
	typed    string // the name typed then

	width, height int // of the terminal; 0 where nobody has said
	loop          *loop.Loop
}

// seat is what the desk has of a node's console. Others may be at the same line.
type seat struct {
	desk *desk
	node *labs.Node
	line *console.Line
	keys *console.Keyboard // once the console has been opened
	kept []byte            // what was printed while another console was on the screen
}

func newDesk(out io.Writer) *desk {
	return &desk{out: plain{out}}
}

// plain leaves out the carriage returns that end a console's lines: a terminal
// adds its own, and where there is none, nobody wants them.
type plain struct{ io.Writer }

func (p plain) Write(b []byte) (int, error) {
	_, err := p.Writer.Write(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	return len(b), err
}

// add makes the console line of a node.
func (d *desk) add(n *labs.Node) io.Writer {
	s := &seat{desk: d, node: n, line: console.New(n.Name, n)}
	d.consoles = append(d.consoles, s)
	return s
}

// Write shows what the node prints to all who are at its line, or keeps it until
// somebody here looks.
func (s *seat) Write(b []byte) (int, error) {
	if s.desk.current != s {
		s.kept = last(append(s.kept, b...), backlog)
	}
	return s.line.Write(b)
}

// Show is for the line: it prints on the screen.
func (d *desk) Show(b []byte) { d.out.Write(b) }

// Size is for the line.
func (d *desk) Size() (width, height int) { return d.width, d.height }

// last is the end of b, n bytes at the most.
func last(b []byte, n int) []byte {
	if over := len(b) - n; over > 0 {
		return append(b[:0], b[over:]...)
	}
	return b
}

func (d *desk) names() []string {
	var names []string
	for _, c := range d.consoles {
		names = append(names, c.node.Name)
	}
	return names
}

// choose finds the console that is to be shown first.
func (d *desk) choose(lab *labs.Lab, name string) (*seat, error) {
	d.loop = lab.Loop
	if len(d.consoles) == 0 {
		return nil, fmt.Errorf("%s has no node with a console", lab.File.Name)
	}
	if name == "" {
		return d.first(), nil
	}
	c := d.find(name)
	if c == nil {
		return nil, fmt.Errorf("there is no console %q: want one of %s", name, strings.Join(d.names(), ", "))
	}
	return c, nil
}

// open shows the first console, when all that is to be said of the lab's files
// has been said.
func (d *desk) open(s *seat) {
	d.current = s
	d.out.Write(s.kept)
	s.kept = nil
	if s.keys == nil {
		s.keys = console.NewKeyboard(s.line, d.loop, nil)
	}
	s.line.Join(d)
}

// first is the first router's console, or the first of all.
func (d *desk) first() *seat {
	for _, c := range d.consoles {
		if c.node.IsRouter() {
			return c
		}
	}
	return d.consoles[0]
}

func (d *desk) find(name string) *seat {
	for _, c := range d.consoles {
		if c.node.Name == name {
			return c
		}
	}
	for _, c := range d.consoles {
		if c.node.Hostname() == name {
			return c
		}
	}
	return nil
}

// order carries out `!lab console`. It is for who sits here: one who typed it by
// telnet, at a console that is not on the screen, is at the port of that console.
func (d *desk) order(at, wanted *labs.Node) error {
	if d.current == nil || at != nil && at != d.current.node {
		return fmt.Errorf("this terminal is at this console only; that of %s has a port of its own", wanted.Name)
	}
	d.show(wanted)
	return nil
}

// show puts a node's console on the screen: the line that was left there, and
// what was printed since.
func (d *desk) show(n *labs.Node) {
	s := d.find(n.Name)
	if s == nil || s == d.current || d.current == nil {
		return
	}
	d.current.line.Leave(d)
	d.current.kept = d.current.line.Row()
	fmt.Fprintf(d.out, "\r\n[%s]\r\n", n.Name)
	d.open(s)
}

func (d *desk) resize(width, height int) {
	d.width, d.height = width, height
	d.current.line.Fit()
}

// finish leaves the terminal's cursor in the first column.
func (d *desk) finish() { io.WriteString(d.out, "\r\n") }
