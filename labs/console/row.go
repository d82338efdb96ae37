package console

import "bytes"

// maxRow bounds what is kept of a row: more than the longest line that can be typed.
const maxRow = 8192

// A row is the line of the screen in which the cursor stands. It understands what a
// router sends: characters, backspaces, carriage returns and line feeds.
type row struct {
	text []byte
	at   int // the cursor's column
}

func (r *row) write(b []byte) {
	for _, c := range b {
		switch {
		case c == '\n':
			r.text, r.at = r.text[:0], 0
		case c == '\r':
			r.at = 0
		case c == '\b':
			r.at = max(0, r.at-1)
		case c < ' ' || r.at >= maxRow:
		case r.at < len(r.text):
			r.text[r.at] = c
			r.at++
		default:
			r.text = append(r.text, c)
			r.at++
		}
	}
}

// redraw returns what draws the row and leaves the cursor in its column.
func (r *row) redraw() []byte {
	end := len(r.text)
	for end > r.at && r.text[end-1] == ' ' { // what was rubbed out
		end--
	}
	return append(bytes.Clone(r.text[:end]), bytes.Repeat([]byte("\b"), end-r.at)...)
}
