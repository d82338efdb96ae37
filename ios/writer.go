package ios

import (
	"fmt"
	"strings"
)

// writer collects the lines of a configuration.
type writer struct{ text strings.Builder }

// line adds one line.
func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteByte('\n')
}

// bang adds the mark that parts blocks.
func (w *writer) bang() { w.line("!") }

// flag adds the line, or its `no` form.
func (w *writer) flag(on bool, line string) {
	if !on {
		line = "no " + line
	}
	w.line("%s", line)
}
