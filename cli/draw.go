package cli

import (
	"bytes"
	"slices"
	"unicode"
)

// shift is by how many columns IOS moves a line that is too long.
const shift = 10

// room is how many columns the screen has for the line; 0 = as many as it takes.
func (e Editor) room() int {
	if e.Width <= 0 {
		return 0
	}
	return max(e.Width-textColumns(e.Prompt)-1, shift+2)
}

// scrolled moves the view so that the cursor is in it.
func (e Editor) scrolled() Editor {
	room := e.room()
	if room == 0 {
		e.scroll = 0
		return e
	}
	for e.columns(e.scroll, e.pos) > room {
		for n := 0; n < shift || e.columnsAt(e.scroll) == 0; e.scroll++ {
			n += e.columnsAt(e.scroll)
		}
	}
	for e.scroll > 0 && e.pos <= e.scroll {
		for n := 0; e.scroll > 0 && (n < shift || e.columnsAt(e.scroll) == 0); e.scroll-- {
			n += e.columnsAt(e.scroll - 1)
		}
	}
	return e
}

// columns returns how many columns a part of the line takes.
func (e Editor) columns(from, to int) int {
	if !e.beyond {
		return to - from
	}
	return columnsOf(e.text[min(from, to):to])
}

// columnsAt returns how many columns the character at a place takes; one, where the
// line is now too short to have one there.
func (e Editor) columnsAt(at int) int {
	if at >= len(e.text) {
		return 1
	}
	return Columns(e.text[at])
}

// view is what the screen shows behind the prompt, and where the cursor is in
// it, both in characters. A dollar sign marks an end that is cut off.
func (e Editor) view() ([]rune, int) {
	if e.Hidden {
		return nil, 0
	}
	room := e.room()
	if room == 0 || e.scroll == 0 && e.columns(0, len(e.text)) <= room {
		return printable(e.text), e.pos
	}
	end := e.scroll
	for n := 0; end < len(e.text) && n+e.columnsAt(end) <= room; end++ {
		n += e.columnsAt(end)
	}
	view := printable(e.text[e.scroll:end])
	if e.scroll > 0 {
		view[0] = '$'
	}
	if end < len(e.text) && e.pos < end {
		view[len(view)-1] = '$'
	}
	return view, e.pos - e.scroll
}

// printable replaces control characters, which Ctrl-V may have brought, by
// something that is one column wide.
func printable(text []rune) []rune {
	shown := slices.Clone(text)
	for i, c := range shown {
		if unicode.IsControl(c) {
			shown[i] = '^'
		}
	}
	return shown
}

// draw returns the bytes that change a view into another: characters,
// backspaces and blanks, no more of them than needed.
func draw(before []rune, at int, after []rune, cursor int) []byte {
	same := 0
	for same < len(before) && same < len(after) && before[same] == after[same] {
		same++
	}
	if same == len(before) && same == len(after) {
		return move(nil, after, at, cursor)
	}
	for same > 0 && (marked(before, same) || marked(after, same)) {
		same--
	}
	end := len(after)
	if len(before) == len(after) && columnsOf(before) == columnsOf(after) {
		for end > same && before[end-1] == after[end-1] {
			end--
		}
	}
	blanks := max(0, columnsOf(before)-columnsOf(after))
	var out []byte
	if at > same {
		out = back(out, columnsOf(before[same:at]))
	} else {
		out = move(out, after, at, same)
	}
	out = append(out, string(after[same:end])...)
	out = append(out, bytes.Repeat([]byte(" "), blanks)...)
	return move(back(out, blanks), after, end, cursor)
}

// marked reports whether the character at a place is drawn upon the one before it.
func marked(view []rune, at int) bool { return at < len(view) && Columns(view[at]) == 0 }

// move moves the cursor over a view: back by backspaces, on by writing again
// what stands there.
func move(out []byte, view []rune, from, to int) []byte {
	if from > to {
		return back(out, columnsOf(view[to:from]))
	}
	return append(out, string(view[from:to])...)
}

// back moves the cursor back by columns.
func back(out []byte, columns int) []byte {
	return append(out, bytes.Repeat([]byte("\b"), columns)...)
}
