package console

import (
	"slices"

	"github.com/ioslab/ioslab/cli"
)

// A Terminal is a screen and a keyboard. Terminals are compared: a pointer
// makes a good one.
type Terminal interface {
	// Show shows what the line prints. It must not wait.
	Show(b []byte)
	// Size is that of the screen, 0 where the terminal does not say.
	Size() (width, height int)
}

// A Node is what has the console.
type Node interface {
	// Console is the session at the line; a reload makes another one.
	Console() *cli.Session
	// Do runs f as soon as the node is free.
	Do(f func())
}

// A Line is a node's console line.
type Line struct {
	Name string // of the node, as people know it

	node      Node
	terminals []Terminal
	keyboards []*Keyboard // also of terminals that have left, while they type
	row       row
	fitted    fit
}

// fit is a size that a session was given.
type fit struct {
	session       *cli.Session
	width, height int
}

// New returns the console line of a node, with no terminal at it.
func New(name string, node Node) *Line { return &Line{Name: name, node: node} }

// Write shows what the node prints.
func (l *Line) Write(b []byte) (int, error) {
	l.row.write(b)
	for _, t := range slices.Clone(l.terminals) {
		t.Show(b)
	}
	return len(b), nil
}

// Row redraws, on a terminal whose cursor is in the first column, the line of the
// screen in which the cursor stands: a prompt and what has been typed at it.
func (l *Line) Row() []byte { return l.row.redraw() }

// Join has the terminal shown what is printed from now on.
func (l *Line) Join(t Terminal) {
	l.terminals = append(l.terminals, t)
	l.Fit()
}

// Leave takes the terminal off the line.
func (l *Line) Leave(t Terminal) {
	l.terminals = slices.DeleteFunc(l.terminals, func(o Terminal) bool { return o == t })
}

// Terminals is how many there are at the line.
func (l *Line) Terminals() int { return len(l.terminals) }

// Type takes what was typed at a terminal.
func (l *Line) Type(from cli.Origin, keys []byte) {
	l.node.Do(func() {
		l.Fit() // a reload may have made another session
		l.node.Console().InputFrom(from, keys)
	})
}

// takeBack drops what all other keyboards have typed that has not had its turn.
func (l *Line) takeBack(by *Keyboard) {
	for _, k := range l.keyboards {
		if k != by {
			k.discard()
		}
	}
}

// forget takes a keyboard off the line.
func (l *Line) forget(k *Keyboard) {
	l.keyboards = slices.DeleteFunc(l.keyboards, func(o *Keyboard) bool { return o == k })
}

// listens reports whether the session takes what is typed now.
func (l *Line) listens() bool {
	s := l.node.Console()
	return !s.Busy() && s.Ahead() < aheadLimit
}

// interrupts reports whether a key would break off the command that runs.
func (l *Line) interrupts(key byte) bool { return l.node.Console().Interrupts(cli.Key(key)) }

// drops reports whether a key takes back what was typed ahead of it.
func (l *Line) drops(key byte) bool { return l.node.Console().Drops(cli.Key(key)) }

// Fit gives the session the size of the terminal that is alone at the line, once:
// what `terminal length` sets holds from then on. While several terminals are attached
// the size stays as it is.
func (l *Line) Fit() {
	if len(l.terminals) != 1 {
		return
	}
	width, height := l.terminals[0].Size()
	to := fit{l.node.Console(), width, height}
	if to == l.fitted || to.session == nil || width <= 0 || height <= 0 {
		return
	}
	l.fitted = to
	to.session.Resize(width, height)
}
