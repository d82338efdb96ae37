package cli

import "bytes"

// shift is by how many columns IOS moves a line that is too long.
const shift = 10

// room is how many characters of the line the screen has place for; 0 = all.
func (e Editor) room() int {
	if e.Width <= 0 {
		return 0
	}
	return max(e.Width-len(e.Prompt)-1, shift+2)
}

// scrolled moves the view so that the cursor is in it.
func (e Editor) scrolled() Editor {
	room := e.room()
	if room == 0 {
		e.scroll = 0
		return e
	}
	for e.pos-e.scroll > room {
		e.scroll += shift
	}
	for e.scroll > 0 && e.pos <= e.scroll {
		e.scroll -= shift
	}
	return e
}

// view is what the screen shows behind the prompt, and where the cursor is in
// it. A dollar sign marks an end that is cut off.
func (e Editor) view() ([]byte, int) {
	if e.Hidden {
		return nil, 0
	}
	room := e.room()
	if room == 0 || e.scroll == 0 && len(e.text) <= room {
		return printable(e.text), e.pos
	}
	end := min(len(e.text), e.scroll+room)
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
func printable(text []byte) []byte {
	shown := bytes.Clone(text)
	for i, c := range shown {
		if c < ' ' || c >= 0x7f {
			shown[i] = '^'
		}
	}
	return shown
}

// draw returns the bytes that change a view into another: characters,
// backspaces and blanks, no more of them than needed.
func draw(before []byte, at int, after []byte, cursor int) []byte {
	same := 0
	for same < len(before) && same < len(after) && before[same] == after[same] {
		same++
	}
	end := len(after)
	if len(before) == len(after) {
		for end > same && before[end-1] == after[end-1] {
			end--
		}
	}
	blanks := max(0, len(before)-len(after))
	var out []byte
	if same < end || blanks > 0 {
		out = move(out, after, at, same)
		out = append(out, after[same:end]...)
		out = append(out, bytes.Repeat([]byte(" "), blanks)...)
		at = end + blanks
	}
	return move(out, after, at, cursor)
}

// move moves the cursor over a view: back by backspaces, on by writing again
// what stands there.
func move(out, view []byte, from, to int) []byte {
	for ; from > to; from-- {
		out = append(out, '\b')
	}
	return append(out, view[from:max(from, to)]...)
}
