package console

import (
	"bytes"
	"unicode/utf8"

	"github.com/ioslab/ioslab/cli"
)

// maxRow bounds what is kept of a row, in columns: more than the longest line that
// can be typed.
const maxRow = 8192

// A row is the line of the screen in which the cursor stands. It understands what a
// router sends: characters in UTF-8, backspaces, carriage returns and line feeds.
type row struct {
	cells []rune // a column each; a wide character leaves 0 in its second
	at    int    // the cursor's column
	part  []byte // of a character whose end is still to come
}

func (r *row) write(b []byte) {
	if len(r.part) > 0 {
		b, r.part = append(r.part, b...), nil
	}
	for len(b) > 0 {
		if !utf8.FullRune(b) {
			r.part = bytes.Clone(b)
			return
		}
		c, size := utf8.DecodeRune(b)
		b = b[size:]
		switch {
		case c == '\n':
			r.cells, r.at = r.cells[:0], 0
		case c == '\r':
			r.at = 0
		case c == '\b':
			r.at = max(0, r.at-1)
		case c >= ' ':
			r.put(c)
		}
	}
}

// put puts a character at the cursor. One that is drawn upon another is left out.
func (r *row) put(c rune) {
	for range cli.Columns(c) {
		switch {
		case r.at >= maxRow:
			return
		case r.at < len(r.cells):
			r.cells[r.at] = c
		default:
			r.cells = append(r.cells, c)
		}
		r.at++
		c = 0
	}
}

// redraw returns what draws the row and leaves the cursor in its column.
func (r *row) redraw() []byte {
	end := len(r.cells)
	for end > r.at && r.cells[end-1] == ' ' { // what was rubbed out
		end--
	}
	var text []byte
	for _, c := range r.cells[:end] {
		if c != 0 {
			text = utf8.AppendRune(text, c)
		}
	}
	return append(text, bytes.Repeat([]byte("\b"), end-r.at)...)
}
