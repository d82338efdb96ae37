package cli

import (
	"slices"
	"unicode"
)

// An Action is what a key asks of the session, besides editing.
type Action int

const (
	ActNone     Action = iota
	ActSubmit          // Return
	ActHelp            // ?
	ActComplete        // Tab
	ActEnd             // Ctrl-Z
	ActAbort           // Ctrl-C
	ActRedraw          // Ctrl-L, Ctrl-R
)

// An Editor is the state of the line being typed. It is a value: Press leaves
// the old one as it was. It draws with plain characters, backspaces and blanks
// only, as IOS does, so that any terminal and any script can follow.
type Editor struct {
	Prompt  string
	Width   int      // of the terminal; 0 = lines are not scrolled
	Hidden  bool     // nothing is echoed
	Plain   bool     // no help, completion or history: the answer to a question
	NoEdit  bool     // `terminal no editing`
	History []string // oldest first

	text   []rune
	pos    int
	beyond bool   // text holds characters beyond ASCII, which take other columns
	scroll int    // characters hidden at the left
	quoted bool   // after Ctrl-V
	recall int    // entries back in the history; 0 = the line itself
	typed  []rune // the line itself, while an entry stands in its place
	kills  [][]rune
	yanked int // how far back in kills the last key yanked, +1; 0 = it did not
}

// Text returns the line.
func (e Editor) Text() string { return string(e.text) }

// BeforeCursor returns the line up to the cursor.
func (e Editor) BeforeCursor() string { return string(e.text[:e.pos]) }

// Reset empties the line and leaves the kill ring and the settings.
func (e Editor) Reset() Editor {
	e.text, e.pos, e.beyond, e.scroll, e.quoted, e.recall, e.typed, e.yanked = nil, 0, false, 0, false, 0, nil, 0
	return e
}

// SetText replaces the line; the cursor goes to its end.
func (e Editor) SetText(text string) Editor {
	e.text = []rune(text)
	e.pos, e.beyond = len(e.text), len(e.text) != len(text)
	return e.scrolled()
}

// Redraw returns the prompt and the line, for a fresh screen line.
func (e Editor) Redraw() []byte {
	view, cursor := e.view()
	return append([]byte(e.Prompt), draw(nil, 0, view, cursor)...)
}

// Press returns the state after a key, the bytes that show it, and what else
// there is to do.
func (e Editor) Press(k Key) (Editor, []byte, Action) {
	if typed := []byte{byte(k)}; k <= unicode.MaxASCII && e.extends(typed) == 1 {
		return e.extended(typed), typed, ActNone
	}
	before, at := e.view()
	yanked := e.yanked
	e.yanked = 0
	if e.quoted {
		e.quoted = false
		e = e.insert(rune(k &^ keyMeta))
		return e.shown(before, at)
	}
	if action := e.action(k); action != ActNone {
		return e, nil, action
	}
	switch {
	case k.types():
		e = e.insert(rune(k))
	case k == keyBackspace || k == ctrl('h'):
		e = e.cut(e.pos-1, e.pos, false)
	case k == ctrl('u') || k == ctrl('x'):
		e = e.cut(0, e.pos, true)
	case e.NoEdit:
	case k == ctrl('y'):
		e = e.yank(1)
	case k == meta('y'):
		if yanked > 0 {
			e = e.unyank(yanked).yank(yanked + 1)
		}
	default:
		e = e.edit(k)
	}
	return e.scrolled().shown(before, at)
}

// extends returns how many of the bytes typed, from the first on, do no more than add
// their character at the end of the line, where there is place for it on the screen. So
// do nearly all keys, and a paste is long: nothing needs to be compared to draw them.
func (e Editor) extends(typed []byte) int {
	if e.beyond || e.quoted || e.Hidden || e.pos != len(e.text) || e.scroll != 0 {
		return 0
	}
	free := maxLine - len(e.text)
	if room := e.room(); room > 0 {
		free = min(free, room-len(e.text))
	}
	n := 0
	for n < len(typed) && n < free && typed[n] >= ' ' && typed[n] < 0x7f && (typed[n] != '?' || e.Plain) {
		n++
	}
	return n
}

// extended adds what extends has counted. It is drawn as it is.
func (e Editor) extended(typed []byte) Editor {
	e.text = slices.Grow(slices.Clip(e.text), len(typed))
	for _, c := range typed {
		e.text = append(e.text, rune(c))
	}
	e.pos, e.yanked = len(e.text), 0
	return e
}

// shown draws the change from an earlier view.
func (e Editor) shown(before []rune, at int) (Editor, []byte, Action) {
	e = e.scrolled()
	if e.Hidden {
		return e, nil, ActNone
	}
	after, cursor := e.view()
	return e, draw(before, at, after, cursor), ActNone
}

// action tells the keys that are not for the editor.
func (e Editor) action(k Key) Action {
	switch k {
	case keyReturn:
		return ActSubmit
	case ctrl('z'):
		return ActEnd
	case ctrl('c'):
		return ActAbort
	case ctrl('l'), ctrl('r'):
		return ActRedraw
	}
	if e.Plain {
		return ActNone
	}
	switch k {
	case '?':
		return ActHelp
	case keyTab:
		return ActComplete
	}
	return ActNone
}

// edit is for the keys of Emacs.
func (e Editor) edit(k Key) Editor {
	switch k {
	case ctrl('a'):
		e.pos = 0
	case ctrl('e'):
		e.pos = len(e.text)
	case ctrl('b'):
		e.pos = max(0, e.pos-1)
	case ctrl('f'):
		e.pos = min(len(e.text), e.pos+1)
	case meta('b'):
		e.pos = e.wordLeft()
	case meta('f'):
		e.pos = e.wordRight()
	case ctrl('d'):
		e = e.cut(e.pos, e.pos+1, false)
	case ctrl('k'):
		e = e.cut(e.pos, len(e.text), true)
	case ctrl('w'):
		e = e.cut(e.wordLeft(), e.pos, true)
	case meta('d'):
		e = e.cut(e.pos, e.wordRight(), true)
	case ctrl('t'):
		e = e.transpose()
	case meta('c'), meta('u'), meta('l'):
		e = e.recase(k)
	case ctrl('v'), meta('q'):
		e.quoted = true
	case ctrl('p'):
		e = e.step(+1)
	case ctrl('n'):
		e = e.step(-1)
	}
	return e
}

func (e Editor) insert(c rune) Editor {
	if len(e.text) >= maxLine {
		return e
	}
	e.text = append(append(slices.Clone(e.text[:e.pos]), c), e.text[e.pos:]...)
	e.pos++
	e.beyond = e.beyond || c > unicode.MaxASCII
	return e
}

// maxLine is the longest line that can be typed, in characters.
const maxLine = 4096

// cut removes a part of the line and may keep it in the kill ring.
func (e Editor) cut(from, to int, keep bool) Editor {
	from, to = max(from, 0), min(to, len(e.text))
	if from >= to {
		return e
	}
	if keep {
		e.kills = append(slices.Clone(e.kills), slices.Clone(e.text[from:to]))
		e.kills = e.kills[max(0, len(e.kills)-maxKills):]
	}
	e.text = slices.Delete(slices.Clone(e.text), from, to)
	e.pos = from
	return e
}

// maxKills is the size of the kill ring.
const maxKills = 10

// yank inserts the nth last kill.
func (e Editor) yank(n int) Editor {
	if len(e.kills) == 0 {
		return e
	}
	n = (n-1)%len(e.kills) + 1
	for _, c := range e.kills[len(e.kills)-n] {
		e = e.insert(c)
	}
	e.yanked = n
	return e
}

// unyank removes what yank(n) inserted just now.
func (e Editor) unyank(n int) Editor {
	return e.cut(e.pos-len(e.kills[len(e.kills)-n]), e.pos, false)
}

func (e Editor) transpose() Editor {
	at := e.pos
	if at == len(e.text) {
		at--
	}
	if at < 1 {
		return e
	}
	e.text = slices.Clone(e.text)
	e.text[at-1], e.text[at] = e.text[at], e.text[at-1]
	e.pos = at + 1
	return e
}

// recase changes the case from the cursor to the end of the word.
func (e Editor) recase(k Key) Editor {
	end := e.wordRight()
	e.text = slices.Clone(e.text)
	first := true
	for i := e.pos; i < end; i++ {
		c := e.text[i]
		switch {
		case !inWord(c):
		case k == meta('u') || k == meta('c') && first:
			e.text[i] = unicode.ToUpper(c)
			first = false
		default:
			e.text[i] = unicode.ToLower(c)
		}
	}
	e.pos = end
	return e
}

// inWord reports whether a character belongs to a word for the keys that go by
// words.
func inWord(c rune) bool { return unicode.In(c, unicode.L, unicode.M, unicode.N) }

func (e Editor) wordLeft() int {
	i := e.pos
	for i > 0 && !inWord(e.text[i-1]) {
		i--
	}
	for i > 0 && inWord(e.text[i-1]) {
		i--
	}
	return i
}

func (e Editor) wordRight() int {
	i := e.pos
	for i < len(e.text) && !inWord(e.text[i]) {
		i++
	}
	for i < len(e.text) && inWord(e.text[i]) {
		i++
	}
	return i
}

// step goes through the history: +1 back, -1 forth.
func (e Editor) step(by int) Editor {
	to := e.recall + by
	if e.Plain || to < 0 || to > len(e.History) {
		return e
	}
	if e.recall == 0 {
		e.typed = e.text
	}
	e.recall = to
	if to == 0 {
		return e.SetText(string(e.typed))
	}
	return e.SetText(e.History[len(e.History)-to])
}
