package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/loop"
)

func TestModes(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	for _, c := range []struct{ line, prompt string }{
		{"conf t", "R1(config)#"},
		{"int e0/0", "R1(config-if)#"},
		{"int lo 1", "R1(config-if)#"},
		{"exit", "R1(config)#"},
		{"int e0/0", "R1(config-if)#"},
		{"crypto isakmp policy 1", "R1(config-isakmp)#"},
		{"no hostname", "Router(config)#"}, // a global command leaves the sub-mode
		{"hostname A-name-that-is-longer-than-twenty", "A-name-that-is-longe(config)#"},
		{"int e0/0", "A-name-that-is-longe(config-if)#"},
		{"do show inv", "A-name-that-is-longe(config-if)#"},
		{"quit", "A-name-that-is-longe(config)#"},
		{"exit", "A-name-that-is-longer-than-twenty#"},
		{"disable", "A-name-that-is-longer-than-twenty>"},
	} {
		x.s.Input([]byte(c.line + "\r"))
		if got := x.s.Prompt(); got != c.prompt {
			t.Errorf("after %q: %q, want %q", c.line, got, c.prompt)
		}
	}
}

func TestNoAndDefault(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	for _, line := range []string{"conf t", "int e0", "no shut", "default desc", "description  a  b", "no ip addr", "cry isa pol 1", "no hash", "default gr"} {
		x.s.Input([]byte(line + "\r"))
	}
	want := []string{"if no shutdown=shutdown", "if default", "if text=a  b", "if no", "isakmp no", "isakmp default"}
	if !slices.Equal(x.dev.events, want) {
		t.Errorf("events %q, want %q", x.dev.events, want)
	}
}

func TestDefaultHasItsOwnHandler(t *testing.T) {
	var ran []string
	r := row("exec", "thing", func(*Call) error { ran = append(ran, "set"); return nil })
	r.Unset = func(*Call) error { ran = append(ran, "no"); return nil }
	r.Default = func(*Call) error { ran = append(ran, "default"); return nil }
	g, err := compile([]Mode{{Name: "exec"}}, []Command{r}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSession(g, &fakeDevice{}, loop.New(), Options{})
	s.Input([]byte("thing\rno thing\rdefault thing\r"))
	if got := strings.Join(ran, " "); got != "set no default" {
		t.Errorf("ran %s", got)
	}
}

func TestHistory(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.s.Input([]byte("show inv\r\rshow inv\rconf t\rlogging buffered\r"))
	// Configuration has a history of its own.
	x.expect("\x10\x10\x15", "logging buffered"+strings.Repeat("\b", 16)+strings.Repeat(" ", 16)+strings.Repeat("\b", 16))
	x.s.Input([]byte("end\r"))
	x.expect("show history\r", "show history\r\n  show inv\r\n  conf t\r\n  show history\r\nR1#")
	x.expect("terminal history size 2\r", "terminal history size 2\r\nR1#")
	x.expect("show history\r", "show history\r\n  terminal history size 2\r\n  show history\r\nR1#")
	x.s.Input([]byte("terminal no history\r"))
	x.expect("\x10", "")
	x.s.Input([]byte("terminal history\r"))
	for range 3 {
		for _, l := range []string{"a", "b", "c", "d"} {
			x.s.Input([]byte("! " + l + "\r"))
		}
	}
	if n := len(x.s.histories[0].lines); n != DefaultHistory {
		t.Errorf("%d lines are remembered, want %d", n, DefaultHistory)
	}
}

func TestTerminalSettings(t *testing.T) {
	x := newTerminal(t, Options{})
	for _, line := range []string{"terminal width 0", "terminal width 511", "terminal width 512", "term len 0", "terminal no length", "terminal no width"} {
		x.expect(line+"\r", line+"\r\nR1>")
	}
	if x.s.Length() != 24 || x.s.Width() != 80 {
		t.Errorf("length %d, width %d", x.s.Length(), x.s.Width())
	}
	x.s.Resize(100, 50)
	if x.s.Length() != 50 || x.s.Width() != 100 {
		t.Errorf("after resizing: length %d, width %d", x.s.Length(), x.s.Width())
	}
	x.expect("terminal no editing\r", "terminal no editing\r\nR1>")
	x.expect("ab\x01\x02c\x7f\x7f\x7f\r", "abc\b \b\b \b\b \b\r\nR1>")
	x.expect("terminal editing\r", "terminal editing\r\nR1>")
	x.expect("a\x01b\x15\x05\x7f", "a\bba\b\ba \b\ba\b \b")
}

// FuzzSession types anything at a session: it must neither panic nor hang.
func FuzzSession(f *testing.F) {
	f.Add([]byte("en\rconf t\rint e0\rno sh\r\x1ash run | i x\rping 1.1.1.1\r\x1ereload\ry"))
	f.Add([]byte("terminal length 3\rshow lines 50\r /4\r q?\x1b[A\x10\t\t\x03"))
	f.Add([]byte("conf t\rbanner motd #\rx\r#\rexit\rexit\rexit\r"))
	g := testGrammar(f)
	f.Fuzz(func(t *testing.T, typed []byte) {
		if len(typed) > 1000 {
			return
		}
		clock := loop.New()
		s := NewSession(g, &fakeDevice{host: "R1"}, clock, Options{Privilege: 15, Out: new(strings.Builder)})
		for i, b := range typed {
			s.Input([]byte{b})
			if i%16 == 0 {
				s.Log("record")
				clock.Pass(3e9)
			}
		}
		s.Close()
		if s.job != nil {
			t.Fatal("a command is left behind")
		}
	})
}
