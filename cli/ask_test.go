package cli

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

const dots = "ping 1.1.1.1\r\n"

func TestQuestions(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.expect("copy run start\r", "copy run start\r\nDestination filename [startup-config]? ")
	if got := x.s.Prompt(); got != "Destination filename [startup-config]? " || x.s.Busy() || !x.s.Asking() {
		t.Errorf("while asking: prompt %q, busy %v", got, x.s.Busy())
	}
	x.expect("fo\x7f?\r", "fo\b \b?\r\nto \"f?\"\r\n[OK]\r\nR1#")
	x.expect("copy run start\rx\x03", "copy run start\r\nDestination filename [startup-config]? x\r\nR1#")
	x.expect("copy run start\r\x1e", "copy run start\r\nDestination filename [startup-config]? \r\nR1#")
	x.expect("secret\r", "secret\r\nPassword: ")
	x.expect("p4ss\x7f\r", "\r\ngot p4s\r\nR1#")
	x.expect("reload\r\r", "reload\r\nProceed with reload? [confirm]\r\nreload true\r\nR1#")
	x.expect("reload\ry", "reload\r\nProceed with reload? [confirm]y\r\nreload true\r\nR1#")
	x.expect("reload\rn", "reload\r\nProceed with reload? [confirm]n\r\nreload false\r\nR1#")
	x.expect("reload\r\x1b[A", "reload\r\nProceed with reload? [confirm]\r\nreload false\r\nR1#")
	// The answer is no line of the history.
	x.expect("\x10\x10", "reload"+strings.Repeat("\b", 6)+"secret")
}

func TestTypeAheadWhileACommandRuns(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	x.expect("ping 1.1.1.1\r", dots)
	if !x.s.Busy() || x.s.Prompt() != "" {
		t.Error("not busy")
	}
	x.expect("show inv\rsh", "")
	x.clock.Pass(time.Minute)
	if got, want := x.out.String(), ".....\r\nSuccess rate is 0 percent (0/5)\r\nR1#show inv\r\nR1#sh"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	x.expect("ow inv\r", "ow inv\r\nR1#")
}

func TestBreak(t *testing.T) {
	x := newTerminal(t, Options{})
	x.expect("ping 1.1.1.1\r", dots)
	x.clock.Pass(3 * time.Second)
	x.expect("show inv\r\x1e", "\r\nbroken off\r\nR1>show inv\r\nR1>")
	if _, left := x.clock.Next(); left {
		t.Error("a timer is left")
	}
	x.expect("\x1e\x1e", "")
	// Ctrl-C is no break, but is typed ahead.
	x.expect("ping 1.1.1.1\r\x03", dots)
	x.clock.Pass(time.Minute)
	if got := x.out.String(); !strings.HasSuffix(got, "Success rate is 0 percent (0/5)\r\nR1>^C\r\nR1>") {
		t.Errorf("got %q", got)
	}
	// It takes back what was typed ahead of it.
	x.expect("ping 1.1.1.1\rshow inv\rsho\x03show inv\r", dots)
	x.out.Reset()
	x.clock.Pass(time.Minute)
	if got, want := x.out.String(), ".....\r\nSuccess rate is 0 percent (0/5)\r\nR1>^C\r\nR1>show inv\r\nR1>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Another break character may be chosen.
	x.expect("terminal escape-character 3\r", "terminal escape-character 3\r\nR1>")
	x.expect("ping 1.1.1.1\r\x03", dots+"\r\nbroken off\r\nR1>")
}

func TestCloseUnwindsTheCommand(t *testing.T) {
	for name, typed := range map[string]string{
		"at the prompt": "", "sleeping": "ping 1.1.1.1\r", "asking": "copy run start\r", "at a key": "reload\r", "paging": "show lines 100\r", "in a banner": "conf t\rbanner motd #\r",
	} {
		closed := 0
		x := newTerminal(t, Options{Privilege: 15, Closed: func(*Session) { closed++ }})
		ended := false
		x.s.Input([]byte(typed))
		if x.s.job != nil {
			run := x.s.job.stop
			x.s.job.stop = func() { run(); ended = true }
		}
		x.s.Close()
		x.s.Close()
		if closed != 1 || x.s.job != nil || (typed != "") != ended {
			t.Errorf("%s: closed %d times, job %v, ended %v", name, closed, x.s.job, ended)
		}
		if _, left := x.clock.Next(); left {
			t.Errorf("%s: a timer is left", name)
		}
		x.expect("show inv\r", "")
		x.s.Log("late")
		x.clock.Pass(time.Hour)
	}
}

// TestNoGoroutinesAreLeft: an idle session has none, and Close ends the one of
// a command.
func TestNoGoroutinesAreLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	g := testGrammar(t)
	var sessions []*Session
	for range 50 {
		s := NewSession(g, &fakeDevice{host: "R1"}, loop.New(), Options{Privilege: 15, Out: io.Discard})
		s.Input([]byte("show inv\rconf t\rint e0\rend\r"))
		sessions = append(sessions, s)
	}
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Errorf("50 idle sessions have %d goroutines", n)
	}
	for i, s := range sessions {
		s.Input([]byte([]string{"ping 1.1.1.1\r", "reload\r", "show lines 99\r"}[i%3]))
		s.Close()
	}
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Errorf("50 closed sessions leave %d goroutines", n)
	}
}

// TestAwait: who waits again after ErrClosed gets it again; a resume that comes
// late, or twice, or at once, does no harm.
func TestAwait(t *testing.T) {
	var resume func()
	var results []error
	cancelled := 0
	rows := []Command{
		row("exec", "wait", func(c *Call) error {
			for range 3 {
				results = append(results, c.Await(func(r func()) func() { resume = r; return func() { cancelled++ } }))
			}
			return nil
		}),
		row("exec", "now", func(c *Call) error {
			results = append(results, c.Await(func(r func()) func() { r(); r(); return nil }))
			return nil
		}),
	}
	g, err := compile([]Mode{{Name: "exec"}}, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSession(g, &fakeDevice{host: "R1"}, loop.New(), Options{})
	s.Input([]byte("now\r"))
	if len(results) != 1 || results[0] != nil || s.Busy() {
		t.Fatalf("resumed at once: %v", results)
	}
	s.Input([]byte("wait\r"))
	first := resume
	first()
	first()
	s.Input([]byte{0x1e})
	first()
	s.Close()
	resume()
	want := []error{nil, nil, ErrInterrupted, ErrClosed}
	for i, w := range want {
		if results[i] != w {
			t.Errorf("result %d is %v, want %v", i, results[i], w)
		}
	}
	if cancelled != 2 {
		t.Errorf("cancelled %d times, want 2", cancelled)
	}
}

// TestCloseFromTheCommandItself takes effect when the command ends.
func TestCloseFromTheCommandItself(t *testing.T) {
	after := false
	r := row("exec", "reload", func(c *Call) error {
		c.Session.Close()
		if err := c.Sleep(time.Second); err != nil {
			return err
		}
		after = true
		return nil
	})
	g, err := compile([]Mode{{Name: "exec"}}, []Command{r}, nil)
	if err != nil {
		t.Fatal(err)
	}
	closed := 0
	clock := loop.New()
	s := NewSession(g, &fakeDevice{}, clock, Options{Closed: func(*Session) { closed++ }})
	s.Input([]byte("reload\r"))
	clock.Pass(time.Minute)
	if closed != 1 || after || s.job != nil {
		t.Errorf("closed %d, ran on %v", closed, after)
	}
}

func TestExit(t *testing.T) {
	closed := 0
	x := newTerminal(t, Options{Closed: func(*Session) { closed++ }})
	x.expect("exit\rshow inv\r", "exit\r\n")
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
	x = newTerminal(t, Options{Console: true, Line: "con0"})
	const farewell = "\r\n\r\nR1 con0 is now available\r\n\r\n\r\n\r\n\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n\r\n\r\n\r\n\r\n"
	x.expect("en\rlogout\r", "en\r\nR1#logout\r\n"+farewell)
	x.expect("abc", "")
	x.expect("\r", "\r\nR1>")
}

func TestLogin(t *testing.T) {
	tries := 0
	login := func(c *Call) error {
		for {
			user, err := c.Ask("Username: ")
			if err != nil {
				return err
			}
			word, err := c.Password("Password: ")
			if err != nil {
				return err
			}
			if user == "admin" && word == "x" {
				c.Session.User = user
				c.Session.SetPrivilege(15)
				return nil
			}
			if c.Print("% Login invalid\n\n"); tries == 1 {
				return Incomplete()
			}
			tries++
		}
	}
	x := newTerminal(t, Options{Login: login})
	if got := x.out.String(); got != "Username: " {
		t.Errorf("at the start %q", got)
	}
	x.expect("admin\ry\r", "admin\r\nPassword: \r\n% Login invalid\r\n\r\nUsername: ")
	x.expect("admin\rx\r", "admin\r\nPassword: \r\nR1#")
	if x.s.User != "admin" {
		t.Errorf("user %q", x.s.User)
	}
	closed := false
	x = newTerminal(t, Options{Login: login, PressReturn: true, Closed: func(*Session) { closed = true }})
	if got := x.out.String(); got != "\r\n\r\nPress RETURN to get started!\r\n\r\n\r\n" {
		t.Errorf("at the start %q", got)
	}
	x.expect("\r", "\r\nUsername: ")
	x.expect("a\rb\r", "a\r\nPassword: \r\n% Login invalid\r\n\r\n")
	if !closed {
		t.Error("a failed login leaves the line open")
	}
}

func TestExecTimeout(t *testing.T) {
	closed := false
	x := newTerminal(t, Options{Closed: func(*Session) { closed = true }})
	x.s.SetExecTimeout(10 * time.Minute)
	x.clock.Pass(9 * time.Minute)
	x.s.Input([]byte("s"))
	x.clock.Pass(9 * time.Minute)
	if closed {
		t.Fatal("closed too early")
	}
	x.clock.Pass(time.Minute)
	if !closed {
		t.Fatal("not closed")
	}
	if _, left := x.clock.Next(); left {
		t.Error("a timer is left")
	}
	// At a question, the command that asks is abandoned.
	x = newTerminal(t, Options{Privilege: 15, Console: true, Line: "con0"})
	x.s.SetExecTimeout(time.Minute)
	x.s.Input([]byte("copy run start\r"))
	x.clock.Pass(2 * time.Minute)
	if x.s.job != nil || !strings.HasSuffix(x.out.String(), "Press RETURN to get started.\r\n\r\n\r\n\r\n\r\n\r\n\r\n") {
		t.Errorf("screen %q", x.out.String())
	}
	x.expect("\r", "\r\nR1#")
	x.s.SetExecTimeout(0)
	x.clock.Pass(time.Hour)
	x.expect("", "")
}

func TestComments(t *testing.T) {
	x := newTerminal(t, Options{})
	x.expect("! anything\r", "! anything\r\nR1>")
	x = newTerminal(t, Options{Comment: func(c *Call) error { c.Println("order:", c.Line); return nil }})
	x.expect("!lab time\r", "!lab time\r\norder: !lab time\r\nR1>")
}

// TestEscapeSequence: the x of Ctrl-^ x is no character of the line, and any other is.
func TestEscapeSequence(t *testing.T) {
	var ran []string
	r := row("exec", "echo LINE:text", func(c *Call) error { ran = append(ran, c.Str("text")); return nil })
	g, err := compile([]Mode{{Name: "exec"}}, []Command{r}, nil)
	if err != nil {
		t.Fatal(err)
	}
	clock := loop.New()
	s := NewSession(g, &fakeDevice{host: "R1"}, clock, Options{})
	s.Input([]byte("\x1execho 1x\r"))
	s.Input([]byte("ec\x1eho 2\r"))
	if got := strings.Join(ran, ","); got != "1x,2" {
		t.Errorf("ran %q", got)
	}
}
