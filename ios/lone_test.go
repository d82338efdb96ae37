package ios

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// handClock is moved by hand.
type handClock struct {
	now    time.Duration
	events []*handEvent
}

type handEvent struct {
	at time.Duration
	f  func()
}

func (c *handClock) Now() time.Duration { return c.now }

func (c *handClock) After(d time.Duration, f func()) (stop func()) {
	e := &handEvent{c.now + max(d, 0), f}
	c.events = append(c.events, e)
	return func() { e.f = nil }
}

// pass lets time pass, with what is due in it.
func (c *handClock) pass(d time.Duration) {
	end := c.now + d
	for {
		i := -1
		for j, e := range c.events {
			if e.at <= end && (i < 0 || e.at < c.events[i].at) {
				i = j
			}
		}
		if i < 0 {
			c.now = end
			return
		}
		e := c.events[i]
		c.events = slices.Delete(c.events, i, i+1)
		c.now = max(c.now, e.at)
		if e.f != nil {
			e.f()
		}
	}
}

// lone is a router on its own, with somebody at its console.
type lone struct {
	*Router
	clock  *handClock
	screen strings.Builder // what the console has shown
	bad    []Problem       // what its startup configuration had
}

// Echo, Output and Log make a lone its own console's screen.
func (l *lone) Echo(prompt, line string) { l.screen.WriteString(prompt + line + "\n") }
func (l *lone) Output(text string)       { l.screen.WriteString(text) }
func (l *lone) Log(record string)        { l.screen.WriteString(record + "\n") }

// lonePorts are the interfaces of a lone router.
var lonePorts = []string{"FastEthernet0/0", "FastEthernet0/1", "Serial0/0"}

// newLone boots a router with a startup configuration. Nobody is at the other
// end of its links.
func newLone(t testing.TB, startup string) *lone {
	t.Helper()
	l := &lone{clock: &handClock{}}
	r, err := New(Options{
		Name: "R1", Clock: l.clock, Spend: func(time.Duration) {},
		Rand:  func(string) io.Reader { return rand.NewChaCha8([32]byte{1}) },
		NVRAM: &MemoryStore{config: []byte(startup)}, Terminal: cli.Options{Script: l},
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Router = r
	for _, name := range lonePorts {
		if _, err := r.Attach(name, func([]byte) {}); err != nil {
			t.Fatal(err)
		}
	}
	if l.bad, err = r.Boot(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Console().Close)
	l.clock.pass(BootTime)
	return l
}

// newLoneAt is newLone with its console in configuration.
func newLoneConfiguring(t testing.TB, startup string) *lone {
	t.Helper()
	l := newLone(t, startup)
	l.typed("", "enable", "configure terminal")
	return l
}

// typed types lines and returns what the console shows for the last.
func (l *lone) typed(lines ...string) string {
	for _, line := range lines {
		l.screen.Reset()
		l.Console().TypeLine(line)
		for l.Console().Busy() {
			l.clock.pass(time.Second)
		}
	}
	_, shown, _ := strings.Cut(l.screen.String(), "\n")
	return shown
}

// help is what a line and a question mark show.
func (l *lone) help(line string) string {
	l.screen.Reset()
	l.Console().Help(line)
	_, shown, _ := strings.Cut(l.screen.String(), "\n")
	return shown
}

// configure runs lines of a configuration.
func (l *lone) configure(t testing.TB, text string) {
	t.Helper()
	for _, p := range l.load(text) {
		t.Fatalf("%q: %s at %d", p.Text, p.Message, p.Column)
	}
}

func TestBootWithoutConfiguration(t *testing.T) {
	l := newLone(t, "")
	if len(l.bad) > 0 {
		t.Errorf("problems: %+v", l.bad)
	}
	if got := l.RunningConfig(); !strings.HasSuffix(got, "\nend\n") || bytes.ContainsRune([]byte(got), '\r') {
		t.Errorf("configuration:\n%s", got)
	}
}
