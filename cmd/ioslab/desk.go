package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs"
)

// backlog is how much of what a console printed while another one was on the
// screen is kept, in bytes.
const backlog = 64 << 10

// desk is where a person sits: it shows one console at a time. It is used on
// the lab's loop.
type desk struct {
	out      io.Writer
	consoles []*console
	current  *console
	asking   bool   // after Ctrl-]
	typed    string // the name typed then

	width, height int // of the terminal; 0 where nobody has said
}

// console is what one node prints.
type console struct {
	desk  *desk
	node  *labs.Node
	sized *cli.Session // the one that knows the terminal's size
	line  []byte       // what stands in the cursor's line
	kept  []byte       // what was printed while another console was on the screen
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

func (d *desk) add(n *labs.Node) io.Writer {
	c := &console{desk: d, node: n}
	d.consoles = append(d.consoles, c)
	return c
}

// Write shows what the node prints, or keeps it until somebody looks.
func (c *console) Write(b []byte) (int, error) {
	c.line = last(append(c.line, b...), backlog)
	if at := bytes.LastIndexByte(c.line, '\n'); at >= 0 {
		c.line = append(c.line[:0], c.line[at+1:]...)
	}
	if c.desk.current == c {
		return c.desk.out.Write(b)
	}
	c.kept = last(append(c.kept, b...), backlog)
	return len(b), nil
}

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
func (d *desk) choose(lab *labs.Lab, name string) (*console, error) {
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
func (d *desk) open(c *console) {
	d.current = c
	d.out.Write(c.kept)
	c.kept = nil
}

// first is the first router's console, or the first of all.
func (d *desk) first() *console {
	for _, c := range d.consoles {
		if c.node.IsRouter() {
			return c
		}
	}
	return d.consoles[0]
}

func (d *desk) find(name string) *console {
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

// show puts a node's console on the screen: the line that was left there, and
// what was printed since.
func (d *desk) show(n *labs.Node) {
	c := d.find(n.Name)
	if c == nil || c == d.current {
		return
	}
	d.current.kept = bytes.Clone(d.current.line)
	d.current = c
	fmt.Fprintf(d.out, "\r\n[%s]\r\n", n.Name)
	d.out.Write(c.kept)
	c.kept = nil
}

func (d *desk) resize(width, height int) {
	d.width, d.height = width, height
	for _, c := range d.consoles {
		c.sized = nil
		c.session()
	}
}

// session is the one on the node's console, fitted to the terminal: after a
// reload it is another one.
func (c *console) session() *cli.Session {
	s := c.node.Console()
	if s != c.sized && c.desk.width > 0 {
		c.sized = s
		s.Resize(c.desk.width, c.desk.height)
	}
	return s
}

// input has bytes typed at the console.
func (c *console) input(b []byte) { c.node.Do(func() { c.session().Input(b) }) }

// finish leaves the terminal's cursor in the first column.
func (d *desk) finish() { io.WriteString(d.out, "\r\n") }
