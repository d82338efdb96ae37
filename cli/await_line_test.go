package cli

import (
	"testing"
	"time"
)

// clockAndLines prints each line that is typed and, each second, the time.
func clockAndLines(c *Call) error {
	second := time.Second
	for {
		line, typed, err := c.AwaitLine(func(resume func()) func() {
			return c.Session.clock.After(second, resume)
		})
		switch {
		case err != nil:
			c.Println(err)
			return nil
		case typed:
			c.Println("typed", line)
		default:
			c.Println("a second")
		}
	}
}

func TestLinesBesideEvents(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	begin := func() { x.expect("relay\r", "relay\r\n") }
	second := func(want string) {
		t.Helper()
		x.out.Reset()
		x.clock.Pass(time.Second)
		if got := x.out.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	begin()
	if x.s.Busy() || !x.s.Asking() || x.s.Prompt() != "" {
		t.Error("it does not wait for a line")
	}
	x.expect("hello\r", "hello\r\ntyped hello\r\n")
	x.expect("two", "two")
	second("a second\r\n")
	x.expect("\x7f halves\r", "\b \b halves\r\ntyped tw halves\r\n")
	second("a second\r\n")
	x.expect("one\rtwo\r", "one\r\ntyped one\r\ntwo\r\ntyped two\r\n")
	x.expect("x\x04\x7f\x04", "x\b \b\r\nEOF\r\nR1#")
	begin()
	x.expect("x\x03", "x\r\ninterrupted\r\nR1#")
	if _, left := x.clock.Next(); left {
		t.Error("a timer is left")
	}
	begin()
	x.s.Close()
	if _, left := x.clock.Next(); left {
		t.Error("a timer is left")
	}
}
