package main

import (
	"io"
	"os"

	"github.com/chzyer/readline"
)

// rawTerminal is the host's terminal in raw mode: every key reaches the console.
type rawTerminal struct {
	input io.Reader
	out   *os.File
	state *readline.State
}

func openRaw(out *os.File) (*rawTerminal, error) {
	state, err := readline.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return nil, err
	}
	// On Windows this reads key events and makes of them what a Unix
	// terminal sends; elsewhere it is standard input itself.
	return &rawTerminal{readline.Stdin, out, state}, nil
}

// close restores the terminal, whatever happened.
func (t *rawTerminal) close() { readline.Restore(int(os.Stdin.Fd()), t.state) }

// size is the terminal's, or that of a VT100 where it does not say. A pipe that shows
// the consoles does so at the terminal of standard input.
func (t *rawTerminal) size() (width, height int) {
	for _, f := range []*os.File{t.out, os.Stdin} {
		width, height, err := readline.GetSize(int(f.Fd()))
		if err == nil && width > 0 && height > 0 {
			return width, height
		}
	}
	return 80, 24
}

func (t *rawTerminal) onResize(f func()) { readline.DefaultOnWidthChanged(f) }
