package console

import (
	"io"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// lone is a node with a session of a grammar without commands.
type lone struct{ session *cli.Session }

func (n *lone) Console() *cli.Session { return n.session }
func (n *lone) Do(f func())           { f() }

func (n *lone) Hostname() string              { return "R1" }
func (n *lone) LeftConfig(*cli.Session)       {}
func (n *lone) UnknownExec(c *cli.Call) error { return nil }
func (n *lone) Now() time.Duration            { return 0 }
func (n *lone) After(time.Duration, func()) (stop func()) {
	return func() {}
}

func (n *lone) reload(t *testing.T, out io.Writer) {
	t.Helper()
	g, err := (&cli.Language{Modes: []cli.Mode{{Name: cli.ModeExec, Title: "Commands:"}}}).Compile("")
	if err != nil {
		t.Fatal(err)
	}
	n.session = cli.NewSession(g, n, n, cli.Options{Out: out})
}

// screen is a terminal that keeps what it is shown.
type screen struct {
	shown         string
	width, height int
}

func (s *screen) Show(b []byte)     { s.shown += string(b) }
func (s *screen) Size() (w, h int)  { return s.width, s.height }
func (s *screen) take() (is string) { is, s.shown = s.shown, ""; return is }

func TestLineIsShared(t *testing.T) {
	n := &lone{}
	l := New("R1", n)
	n.reload(t, l)
	a, b := &screen{}, &screen{}
	l.Join(a)
	l.Type(Local, []byte("ab"))
	if got := string(l.Row()); got != "R1>ab" {
		t.Errorf("row %q", got)
	}
	l.Join(b)
	l.Type(Local, []byte("c\x02\x02d")) // two to the left
	if a.take() != "abc\b\bdbc\b\b" || b.take() != "c\b\bdbc\b\b" {
		t.Error("the two do not see the same")
	}
	if got := string(l.Row()); got != "R1>adbc\b\b" {
		t.Errorf("row %q", got)
	}
	l.Leave(a)
	l.Type(Local, []byte("e"))
	if a.take() != "" || b.take() == "" || l.Terminals() != 1 {
		t.Error("the one that left is still shown something, or the other nothing")
	}
}

func TestFit(t *testing.T) {
	n := &lone{}
	l := New("R1", n)
	n.reload(t, l)
	want := func(what string, width, height int) {
		t.Helper()
		if s := n.session; s.Width() != width || s.Length() != height {
			t.Errorf("%s: %d columns, %d lines; want %d and %d", what, s.Width(), s.Length(), width, height)
		}
	}
	mute, a, b := &screen{}, &screen{width: 100, height: 40}, &screen{width: 60, height: 20}
	l.Join(mute)
	want("a terminal that does not say", 80, 24)
	l.Leave(mute)
	l.Join(a)
	want("alone", 100, 40)
	n.session.SetLength(0)
	l.Type(Local, []byte("x"))
	want("what was typed holds", 100, 0)
	l.Join(b)
	a.width = 132
	l.Fit()
	l.Type(Local, []byte("x"))
	want("with another", 100, 0)
	l.Leave(b)
	l.Fit()
	want("alone again, with another size", 132, 40)
	n.reload(t, l)
	l.Type(Local, []byte("x"))
	want("after a reload", 132, 40)
}

func TestRow(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"R1>", "R1>"},
		{"old\r\nR1#show\b\b", "R1#show\b\b"},
		{"R1#ab\b\b  \b\b", "R1#"},   // rubbed out
		{"Password: ", "Password: "}, // a blank before the cursor stays
		{"10%\r20%", "20%"},          // written over
		{"\b\b\bx", "x"},             // left of the first column is nothing
		{"a\x07b", "ab"},             // a bell
		{"R1>第一\b\b", "R1>第一\b\b"},   // two columns
		{"R1>第一\b\b  \b\b", "R1>第"},
		{" --More-- \b\b\b\b\b", " --More-- \b\b\b\b\b"[:9] + "\b\b\b\b"},
	} {
		var r row
		r.write([]byte(c.written))
		if got := string(r.redraw()); got != c.want {
			t.Errorf("%q is redrawn as %q, want %q", c.written, got, c.want)
		}
	}
	var parted row
	for _, b := range []byte("R1>第é") {
		parted.write([]byte{b})
	}
	if got := string(parted.redraw()); got != "R1>第é" {
		t.Errorf("byte by byte it is redrawn as %q", got)
	}
	var r row
	r.write(make([]byte, 3*maxRow))
	for range 3 * maxRow {
		r.write([]byte("x"))
	}
	if len(r.cells) > maxRow {
		t.Errorf("%d columns are kept", len(r.cells))
	}
}
