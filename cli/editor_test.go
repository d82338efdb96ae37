package cli

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// press types keys and returns the editor, all bytes drawn, and the last action.
func press(e Editor, typed string) (Editor, string, Action) {
	var d Decoder
	var out strings.Builder
	var last Action
	for i := range len(typed) {
		k := d.Next(typed[i])
		if k == keyNone {
			continue
		}
		var b []byte
		e, b, last = e.Press(k)
		out.Write(b)
	}
	return e, out.String(), last
}

func TestEditorBytes(t *testing.T) {
	history := []string{"show version", "ping 1.1.1.1"}
	for _, c := range []struct{ name, before, typed, bytes, after string }{
		{"typing", "", "sh", "sh", "sh|"},
		{"in the middle", "shw\x02", "o", "ow\b", "sho|w"},
		{"backspace", "shoo", "\x7f", "\b \b", "sho|"},
		{"Ctrl-H in the middle", "shoow\x02", "\x08", "\bw \b\b", "sho|w"},
		{"backspace at the start", "", "\x7f", "", "|"},
		{"Ctrl-A", "abc", "\x01", "\b\b\b", "|abc"},
		{"Ctrl-E", "abc\x01", "\x05", "abc", "abc|"},
		{"Ctrl-B", "abc", "\x02", "\b", "ab|c"},
		{"Ctrl-F", "abc\x01", "\x06", "a", "a|bc"},
		{"left arrow", "abc", "\x1b[D", "\b", "ab|c"},
		{"left arrow, application", "abc", "\x1bOD", "\b", "ab|c"},
		{"right arrow", "abc\x01", "\x1b[C", "a", "a|bc"},
		{"Home and End", "abc", "\x1b[1~\x1b[4~", "\b\b\babc", "abc|"},
		{"Delete", "abc\x01", "\x1b[3~", "bc \b\b\b", "|bc"},
		{"Ctrl-D", "abc\x02\x02", "\x04", "c \b\b", "a|c"},
		{"Ctrl-D at the end", "abc", "\x04", "", "abc|"},
		{"Esc-B", "show ip-x 1", "\x1bb\x1bb", "\b\b\b", "show ip-|x 1"},
		{"Esc-F", "show ip\x01", "\x1bf", "show", "show| ip"},
		{"Esc-D", "show ip\x01", "\x1bd", " ip    \b\b\b\b\b\b\b", "| ip"},
		{"Ctrl-W", "show ip", "\x17", "\b\b  \b\b", "show |"},
		{"Ctrl-U", "show", "\x15", "\b\b\b\b    \b\b\b\b", "|"},
		{"Ctrl-X in the middle", "show ip\x02\x02", "\x18", "\b\b\b\b\bip     \b\b\b\b\b\b\b", "|ip"},
		{"Ctrl-K", "show\x02\x02", "\x0b", "  \b\b", "sh|"},
		{"Ctrl-Y", "show\x15", "\x19", "show", "show|"},
		{"Esc-Y", "one\x15two\x15\x19", "\x1by", "\b\b\bone", "one|"},
		{"Esc-Y turns", "one\x15two\x15\x19\x1by", "\x1by", "\b\b\btwo", "two|"},
		{"Esc-Y after another key", "one\x15two\x15\x19\x02", "\x1by", "", "tw|o"},
		{"Esc-U", "show ip\x01", "\x1bu", "SHOW", "SHOW| ip"},
		{"Esc-L", "SHOW\x01", "\x1bl", "show", "show|"},
		{"Esc-C", "show ip\x01", "\x1bc\x1bc", "Show Ip", "Show Ip|"},
		{"Ctrl-V ?", "key a", "\x16?", "?", "key a?|"},
		{"Esc-Q ?", "key a", "\x1bq?", "?", "key a?|"},
		{"Ctrl-P", "", "\x10", "ping 1.1.1.1", "ping 1.1.1.1|"},
		{"up twice", "p", "\x1b[A\x1b[A", "ing 1.1.1.1\b\b\b\b\b\b\b\b\b\b\b\bshow version", "show version|"},
		{"up past the first", "\x10\x10", "\x10", "", "show version|"},
		{"up and down again", "typed\x10", "\x0e", strings.Repeat("\b", 12) + "typed       " + strings.Repeat("\b", 7), "typed|"},
		{"down at the line itself", "typed", "\x1b[B", "", "typed|"},
		{"keys that mean nothing", "a", "\x1b[5~\x1b[1;5X\x07\x0f", "", "a|"},
		{"not UTF-8", "a", "\xe9b\xff\xc3c\x80", "bc", "abc|"},
		{"a control character of two bytes", "a", "\u009b1m", "1m", "a1m|"},
		{"an accent", "a", "é", "é", "aé|"},
		{"wide", "to ", "分公司", "分公司", "to 分公司|"},
		{"backspace over a wide one", "to 分公", "\x7f", "\b\b  \b\b", "to 分|"},
		{"left over wide ones", "a分b", "\x02\x02", "\b\b\b", "a|分b"},
		{"right over a wide one", "a分b\x01", "\x06\x06", "a分", "a分|b"},
		{"in the middle of wide ones", "分司\x02", "公", "公司\b\b", "分公|司"},
		{"wide to narrow", "分司\x01", "\x04x", "司  \b\b\b\bx司\b\b", "x|司"},
		{"words of other scripts", "по сети", "\x17", "\b\b\b\b    \b\b\b\b", "по |"},
		{"upper case of other scripts", "éa\x01", "\x1bu", "ÉA", "ÉA|"},
		{"kill and yank", "第一\x15", "\x19\x19", "第一第一", "第一第一|"},
		{"transpose", "分a", "\x14", "\b\b\ba分", "a分|"},
		{"a mark upon a letter", "e", "\u0301", "\be\u0301", "e\u0301|"},
		{"a mark goes", "e\u0301", "\x7f", "\be", "e|"},
		{"quoted", "", "\x16分", "分", "分|"},
	} {
		e := Editor{Prompt: "R1#", History: history}
		e, _, _ = press(e, c.before)
		e, out, _ := press(e, c.typed)
		after := e.BeforeCursor() + "|" + strings.TrimPrefix(e.Text(), e.BeforeCursor())
		if out != c.bytes || after != c.after {
			t.Errorf("%s: bytes %q, want %q; line %q, want %q", c.name, out, c.bytes, after, c.after)
		}
	}
}

func TestTranspose(t *testing.T) {
	for _, c := range []struct{ typed, after string }{
		{"shwo\x14", "show|"},
		{"hsow\x01\x06\x14", "sh|ow"},
		{"a\x14", "a|"},
		{"ab\x01\x14", "|ab"},
		{"\x14", "|"},
	} {
		e, _, _ := press(Editor{}, c.typed)
		if after := e.BeforeCursor() + "|" + strings.TrimPrefix(e.Text(), e.BeforeCursor()); after != c.after {
			t.Errorf("%q: %q, want %q", c.typed, after, c.after)
		}
	}
}

func TestEditorActions(t *testing.T) {
	for typed, want := range map[string]Action{
		"\r": ActSubmit, "\n": ActSubmit, "?": ActHelp, "\t": ActComplete, "\x1a": ActEnd, "\x03": ActAbort,
		"\x0c": ActRedraw, "\x12": ActRedraw, "a": ActNone, "\x16?": ActNone, "\x16\x03": ActNone,
	} {
		if _, _, got := press(Editor{}, typed); got != want {
			t.Errorf("%q: action %d, want %d", typed, got, want)
		}
	}
	if _, out, got := press(Editor{Plain: true}, "?"); got != ActNone || out != "?" {
		t.Errorf("in an answer, ? gives action %d, bytes %q", got, out)
	}
	if _, out, _ := press(Editor{Hidden: true}, "secret\x7f"); out != "" {
		t.Errorf("a password is echoed: %q", out)
	}
	if e, out, _ := press(Editor{NoEdit: true, History: []string{"x"}}, "ab\x10\x02\x7f"); e.Text() != "a" || out != "ab\b \b" {
		t.Errorf("without editing: %q, bytes %q", e.Text(), out)
	}
}

func TestPressIsPure(t *testing.T) {
	a, _, _ := press(Editor{}, "show version")
	for _, typed := range []string{"x", "\x7f", "\x15", "\x14", "\x01\x1bu", "\x17\x19"} {
		press(a, typed)
		if a.Text() != "show version" || len(a.kills) != 0 {
			t.Fatalf("%q changed the old state: %q", typed, a.Text())
		}
	}
}

func TestScrolling(t *testing.T) {
	// 20 columns, a prompt of 3: room for 16 characters and the cursor.
	e := Editor{Prompt: "R1#", Width: 20}
	e, _, _ = press(e, "abcdefghijklmnop")
	if got := string(e.Redraw()); got != "R1#abcdefghijklmnop" {
		t.Errorf("full line %q", got)
	}
	e, out, _ := press(e, "q")
	if want := strings.Repeat("\b", 16) + "$lmnopq         " + strings.Repeat("\b", 9); out != want {
		t.Errorf("one more draws %q, want %q", out, want)
	}
	e, _, _ = press(e, "rstuvwxyz0")
	if got := string(e.Redraw()); got != "R1#$vwxyz0" {
		t.Errorf("shifted twice %q", got)
	}
	e, _, _ = press(e, "\x01")
	if got := string(e.Redraw()); got != "R1#abcdefghijklmno$"+strings.Repeat("\b", 16) {
		t.Errorf("at the start %q", got)
	}
	if e.Width = 0; string(e.Redraw()) != "R1#abcdefghijklmnopqrstuvwxyz0"+strings.Repeat("\b", 27) {
		t.Errorf("without a width %q", e.Redraw())
	}
}

func TestDecoderReturns(t *testing.T) {
	for typed, want := range map[string]int{"\r": 1, "\n": 1, "\r\n": 1, "\r\x00": 1, "\r\r": 2, "\n\n": 2, "\r\n\r\n": 2, "\n\r": 2} {
		var d Decoder
		n := 0
		for i := range len(typed) {
			if d.Next(typed[i]) == keyReturn {
				n++
			}
		}
		if n != want {
			t.Errorf("%q is %d Returns, want %d", typed, n, want)
		}
	}
}

// screenLine is a terminal of one line: what the editor's bytes make of it. A wide
// character fills a cell and leaves 0 in the next; half a character is not shown.
type screenLine struct {
	cells  []rune
	cursor int
}

func (l *screenLine) put(r rune) {
	for len(l.cells) <= l.cursor {
		l.cells = append(l.cells, ' ')
	}
	if l.cells[l.cursor] == 0 {
		l.cells[l.cursor-1] = ' '
	}
	if l.cursor+1 < len(l.cells) && l.cells[l.cursor+1] == 0 {
		l.cells[l.cursor+1] = ' '
	}
	l.cells[l.cursor] = r
	l.cursor++
}

func (l *screenLine) write(t *testing.T, b []byte) {
	for _, c := range string(b) {
		switch {
		case c == '\b':
			if l.cursor == 0 {
				t.Fatal("backspace in the first column")
			}
			l.cursor--
		case c < ' ' || c == 0x7f || c == utf8.RuneError:
			t.Fatalf("character %#x", c)
		case Columns(c) == 1:
			l.put(c)
		case Columns(c) == 2:
			l.put(c)
			l.put(' ')
			l.cells[l.cursor-1] = 0
		}
	}
}

// text is what the line shows.
func (l *screenLine) text() string { return strings.TrimRight(string(l.cells), " ") }

func FuzzEditor(f *testing.F) {
	f.Add([]byte("show version\x01\x06\x04\x10\x0e\x19\x1by"), 0)
	f.Add([]byte(strings.Repeat("long line ", 20)+"\x01\x05\x17\x17"), 30)
	f.Add([]byte("\x14\x14a\x14b\x14\x1bu\x1bc\x1bd"), 1)
	f.Add([]byte("第一 e\u0301 \x01\x06\x04感兴趣流\x7f\x17"), 25)
	f.Add([]byte(strings.Repeat("长长的一行", 9)+"\x01\x05\x02\x02x\x17"), 40)
	f.Fuzz(func(t *testing.T, typed []byte, width int) {
		if width < 0 || width > 200 || len(typed) > 1000 {
			return
		}
		e := Editor{Prompt: "R1(config)#", Width: width, History: []string{"one", "another line of some length", "x"}}
		var d Decoder
		var screen screenLine
		screen.write(t, e.Redraw())
		for _, b := range typed {
			k := d.Next(b)
			if k == keyNone {
				continue
			}
			next, out, _ := e.Press(k)
			screen.write(t, out)
			e = next
			if e.pos < 0 || e.pos > len(e.text) || e.scroll < 0 || e.scroll > len(e.text) {
				t.Fatalf("position %d, scroll %d of %d", e.pos, e.scroll, len(e.text))
			}
			view, cursor := e.view()
			var fresh screenLine
			fresh.write(t, []byte(e.Prompt+string(view)))
			if got, want := screen.text(), fresh.text(); got != want {
				t.Fatalf("screen %q, want %q", got, want)
			}
			if want := len(e.Prompt) + columnsOf(view[:cursor]); screen.cursor != want {
				t.Fatalf("cursor in column %d, want %d", screen.cursor, want)
			}
			if width > len(e.Prompt)+shift+3 && screen.cursor >= width {
				t.Fatalf("cursor in column %d of %d", screen.cursor, width)
			}
		}
	})
}
