package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

func numbered(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "line %d\r\n", i)
	}
	return b.String()
}

func TestPager(t *testing.T) {
	x := newTerminal(t, Options{})
	show := "show lines 100\r"
	first := "show lines 100\r\n" + numbered(1, 23) + morePrompt
	x.expect(show, first)
	if x.s.Prompt() != morePrompt || x.s.Busy() {
		t.Errorf("prompt %q, busy %v", x.s.Prompt(), x.s.Busy())
	}
	x.expect(" ", moreErased+numbered(24, 46)+morePrompt)
	x.expect("\r", moreErased+"line 47\r\n"+morePrompt)
	x.expect("\r", moreErased+"line 48\r\n"+morePrompt)
	x.expect(" ", moreErased+numbered(49, 71)+morePrompt)
	x.expect("q", moreErased+"R1>")
	for _, key := range []string{"x", "\x03", "\x1e", "\x1a", "\x1b[A"} {
		x.expect(show, first)
		x.expect(key, moreErased+"R1>")
	}
	x.expect("show lines 23\r", "show lines 23\r\n"+numbered(1, 23)+"R1>")
	x.expect("show lines 24\r", "show lines 24\r\n"+numbered(1, 23)+morePrompt)
	x.expect(" ", moreErased+"line 24\r\nR1>")
	x.expect("terminal length 0\r"+show, "terminal length 0\r\nR1>show lines 100\r\n"+numbered(1, 100)+"R1>")
	x.expect("terminal length 3\rshow lines 3\r ", "terminal length 3\r\nR1>show lines 3\r\n"+numbered(1, 2)+morePrompt+moreErased+"line 3\r\nR1>")
}

func TestMoreSearch(t *testing.T) {
	x := newTerminal(t, Options{Length: 3})
	start := "show lines 40\r\n" + numbered(1, 2) + morePrompt
	x.expect("show lines 40\r", start)
	x.expect("/3[89]\r", moreErased+"/3[89]\r\nfiltering...\r\n"+numbered(38, 39)+morePrompt)
	x.expect(" ", moreErased+"line 40\r\nR1>")
	x.expect("show lines 40\r", start)
	x.expect("+0\r", moreErased+"+0\r\nline 10\r\nline 20\r\n"+morePrompt)
	x.expect(" ", moreErased+"line 30\r\nline 40\r\nR1>")
	x.expect("show lines 40\r", start)
	x.expect("-[1-3]\r", moreErased+"-[1-3]\r\nline 4\r\nline 5\r\n"+morePrompt)
	x.expect("/(\r", moreErased+"/(\r\n"+morePrompt)
	x.expect("q", moreErased+"R1>")
}

// TestLongLinesTakeSeveralRows of the screen.
func TestLongLinesTakeSeveralRows(t *testing.T) {
	var p pager
	for _, c := range []struct {
		line string
		rows int
	}{{"short\n", 1}, {strings.Repeat("x", 10) + "\n", 1}, {strings.Repeat("x", 11) + "\n", 2}, {strings.Repeat("x", 35) + "\n", 4}, {"\n", 1}, {"part", 0}, {" and rest\n", 2}} {
		before := p.rows
		p.count(c.line, 10)
		if got := p.rows - before; got != c.rows {
			t.Errorf("%q: %d rows, want %d", c.line, got, c.rows)
		}
	}
}

// TestWhatComesAsItHappensIsNotPaged: the reader has had the time to read it.
func TestWhatComesAsItHappensIsNotPaged(t *testing.T) {
	g, err := compile([]Mode{{Name: ModeExec}}, []Command{{
		Modes: []string{ModeExec}, Grammar: `drip "Print now and then"`,
		Run: func(c *Call) error {
			for i := range 40 {
				if err := c.Sleep(time.Second); err != nil {
					return err
				}
				c.Printf("line %d\n", i+1)
			}
			return nil
		},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	clock := loop.New()
	var out strings.Builder
	s := NewSession(g, &fakeDevice{host: "R1"}, clock, Options{Out: &out})
	s.Input([]byte("drip\r"))
	clock.Pass(time.Minute)
	if want := "R1>drip\r\n" + numbered(1, 40) + "R1>"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}
