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

// backlog is how much is kept of what a console printed while another one was on the
// screen, in bytes.
const backlog = 64 << 10

// terminal is the lab's own terminal: standard input and output. It shows one console
// at a time, and is used on the lab's loop.
type terminal struct {
	out     io.Writer
	views   []*consoleView
	current *consoleView // nil before one is opened, and where there is no input
	asking  bool         // after Ctrl-]
	typed   string       // the name typed then

	width, height int // 0 where they are not known
	loop          *loop.Loop
}

// consoleView is what the terminal has of a node's console. Other terminals may be at
// the same line.
type consoleView struct {
	terminal *terminal
	node     *labs.Node
	line     *console.Line
	keys     *console.Keyboard // once the console has been opened
	kept     []byte            // what was printed while another console was on the screen
}

func newTerminal(out io.Writer) *terminal {
	return &terminal{out: plain{out}}
}

// plain leaves out the carriage returns that end a console's lines: a terminal adds
// its own, and a file needs none.
type plain struct{ io.Writer }

func (p plain) Write(b []byte) (int, error) {
	_, err := p.Writer.Write(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	return len(b), err
}

// add makes the console line of a node.
func (t *terminal) add(n *labs.Node) io.Writer {
	v := &consoleView{terminal: t, node: n, line: console.New(n.Name, n)}
	t.views = append(t.views, v)
	return v
}

// Write shows what the node prints on all terminals at its line, and keeps it while
// another console is on this one.
func (v *consoleView) Write(b []byte) (int, error) {
	if v.terminal.current != v {
		v.kept = last(append(v.kept, b...), backlog)
	}
	return v.line.Write(b)
}

// Show is for the line: it prints on the screen.
func (t *terminal) Show(b []byte) { t.out.Write(b) }

// Size is for the line.
func (t *terminal) Size() (width, height int) { return t.width, t.height }

// last is the end of b, n bytes at the most.
func last(b []byte, n int) []byte {
	if over := len(b) - n; over > 0 {
		return append(b[:0], b[over:]...)
	}
	return b
}

func (t *terminal) names() []string {
	var names []string
	for _, v := range t.views {
		names = append(names, v.node.Name)
	}
	return names
}

// choose finds the console that is to be shown first.
func (t *terminal) choose(lab *labs.Lab, name string) (*consoleView, error) {
	t.loop = lab.Loop
	if len(t.views) == 0 {
		return nil, fmt.Errorf("%s has no node with a console", lab.File.Name)
	}
	if name == "" {
		return t.first(), nil
	}
	v := t.find(name)
	if v == nil {
		return nil, fmt.Errorf("there is no console %q: want one of %s", name, strings.Join(t.names(), ", "))
	}
	return v, nil
}

// open shows a console. The first one is opened after all messages about the lab's files.
func (t *terminal) open(v *consoleView) {
	t.current = v
	t.out.Write(v.kept)
	v.kept = nil
	if v.keys == nil {
		v.keys = console.NewKeyboard(v.line, t.loop, console.Local, nil)
	}
	v.line.Join(t)
}

// first is the first router's console, or the first of all.
func (t *terminal) first() *consoleView {
	for _, v := range t.views {
		if v.node.IsRouter() {
			return v
		}
	}
	return t.views[0]
}

func (t *terminal) find(name string) *consoleView {
	for _, v := range t.views {
		if v.node.Name == name {
			return v
		}
	}
	for _, v := range t.views {
		if v.node.Hostname() == name {
			return v
		}
	}
	return nil
}

// order carries out `!lab console`. It is for this terminal: at a telnet client each
// console has a port of its own.
func (t *terminal) order(at, wanted *labs.Node) error {
	if t.current == nil || at != nil && at != t.current.node {
		return fmt.Errorf("this terminal is at this console only; that of %s has a port of its own", wanted.Name)
	}
	t.show(wanted)
	return nil
}

// show puts a node's console on the screen: the line that was left there, and what was
// printed since.
func (t *terminal) show(n *labs.Node) {
	v := t.find(n.Name)
	if v == nil || v == t.current || t.current == nil {
		return
	}
	t.current.line.Leave(t)
	t.current.kept = t.current.line.Row()
	fmt.Fprintf(t.out, "\r\n[%s]\r\n", n.Name)
	t.open(v)
}

func (t *terminal) resize(width, height int) {
	t.width, t.height = width, height
	t.current.line.Fit()
}

// finish leaves the cursor in the first column.
func (t *terminal) finish() { io.WriteString(t.out, "\r\n") }
