package main

import (
	"io"
	"os"

	"github.com/chzyer/readline"
)

// terminal is the local terminal in raw mode: every key reaches the console.
type terminal struct {
	input io.Reader
	out   *os.File
	state *readline.State
}

func openTerminal(out *os.File) (*terminal, error) {
	state, err := readline.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return nil, err
	}
	// On Windows this reads key events and makes of them what a Unix
	// terminal sends; elsewhere it is standard input itself.
	return &terminal{readline.Stdin, out, state}, nil
}

// close restores the terminal, whatever happened.
func (t *terminal) close() { readline.Restore(int(os.Stdin.Fd()), t.state) }

// size is the terminal's, or that of a VT100 where it does not say. Where consoles are
// shown by somebody else, he does so at this terminal.
func (t *terminal) size() (width, height int) {
	for _, f := range []*os.File{t.out, os.Stdin} {
		width, height, err := readline.GetSize(int(f.Fd()))
		if err == nil && width > 0 && height > 0 {
			return width, height
		}
	}
	return 80, 24
}

func (t *terminal) onResize(f func()) { readline.DefaultOnWidthChanged(f) }
