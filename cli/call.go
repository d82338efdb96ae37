package cli

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Call is one command being run: its arguments and its way to the terminal.
// It is good until the handler returns.
type Call struct {
	Device  any
	Session *Session
	Line    string // as typed
	No      bool   // the `no` form
	Default bool   // the `default` form
	Origin  Origin // the highest of those of the keys that made the line

	bound      []binding
	column     int     // where the parser gave up
	unfinished string  // typed of a line that something else came before
	out        *output // what stands between the command and the terminal
}

// find returns the last binding of that name, so that the last of several wins.
func (c *Call) find(name string) *binding {
	for i := len(c.bound) - 1; i >= 0; i-- {
		if c.bound[i].tok.is(name) {
			return &c.bound[i]
		}
	}
	return nil
}

// Has reports whether a keyword or variable was typed.
func (c *Call) Has(name string) bool { return c.find(name) != nil }

// Which returns the first of the names that was typed, or "".
func (c *Call) Which(names ...string) string {
	for _, name := range names {
		if c.Has(name) {
			return name
		}
	}
	return ""
}

// Str returns what was typed for a variable; of a keyword its full name; "" if neither was.
func (c *Call) Str(name string) string {
	if b := c.find(name); b != nil {
		return b.text
	}
	return ""
}

// All returns what was typed for the variables of that name, in order.
func (c *Call) All(name string) []string {
	var texts []string
	for _, b := range c.bound {
		if b.tok.is(name) {
			texts = append(texts, b.text)
		}
	}
	return texts
}

// Int returns a number; 0 if it was not typed.
func (c *Call) Int(name string) int {
	b := c.find(name)
	if b == nil {
		return 0
	}
	n, _ := strconv.Atoi(b.text)
	return n
}

// Addr returns an address or mask; the zero Addr if it was not typed.
func (c *Call) Addr(name string) netip.Addr {
	addr, _ := parseAddress(c.Str(name))
	return addr
}

// Value returns what the variable's type made of the words; what was typed,
// if the type is no Valuer; nil if it was not typed.
func (c *Call) Value(name string) any {
	if b := c.find(name); b != nil {
		return c.valueOf(b)
	}
	return nil
}

// Values returns what Value would for each of the variables of that name, in order.
func (c *Call) Values(name string) (values []any) {
	for i := range c.bound {
		if b := &c.bound[i]; b.tok.is(name) {
			values = append(values, c.valueOf(b))
		}
	}
	return values
}

func (c *Call) valueOf(b *binding) any {
	if v, ok := b.tok.typ.(Valuer); ok {
		return v.Value(c.Device, b.words)
	}
	return b.text
}

// Words returns the words of the line.
func (c *Call) Words() []Word { return split(c.Line) }

// Data returns the object of the present mode, as given to Enter.
func (c *Call) Data() any { return c.Session.Data() }

// Enter goes into a mode.
func (c *Call) Enter(mode string, data any) { c.Session.Enter(mode, data) }

// Print writes text; its lines end in "\n".
func (c *Call) Print(text string) { c.out.print(text) }

// Printf formats and prints.
func (c *Call) Printf(format string, args ...any) { c.Print(fmt.Sprintf(format, args...)) }

// Println prints a line.
func (c *Call) Println(args ...any) { c.Print(fmt.Sprintln(args...)) }

// Sleep lets time pass.
func (c *Call) Sleep(d time.Duration) error {
	return c.Await(func(resume func()) func() { return c.Session.clock.After(d, resume) })
}

// Await parks the command until resume is called by an event of the loop. It
// returns ErrInterrupted or ErrClosed, after cancel, if something else ended
// the wait. cancel may be nil.
func (c *Call) Await(register func(resume func()) (cancel func())) error {
	if c.out != nil {
		c.out.pager.rows = 0 // what comes as it happens is not paged
	}
	return c.Session.await(register)
}

// Ask asks a question and returns the line that answers it.
func (c *Call) Ask(prompt string) (string, error) {
	return c.Session.ask(question{prompt: prompt, kind: askLine})
}

// Password is Ask without echo.
func (c *Call) Password(prompt string) (string, error) {
	return c.Session.ask(question{prompt: prompt, kind: askHidden})
}

// Confirm asks a question that one key answers: Return or y is yes.
func (c *Call) Confirm(prompt string) (bool, error) {
	answer, err := c.Session.ask(question{prompt: prompt, kind: askKey})
	return err == nil && (answer == "" || answer == "y" || answer == "Y"), err
}

// YesNo asks until the answer is yes or no, in full.
func (c *Call) YesNo(prompt string) (bool, error) {
	for {
		answer, err := c.Ask(prompt)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "yes":
			return true, nil
		case "no":
			return false, nil
		}
		if c.Session.loading {
			return false, ErrInterrupted
		}
		c.Print("% Please answer 'yes' or 'no'.\n")
	}
}

// HostPort reads an unknown EXEC line as IOS does: a host, and perhaps a port.
// The error has its caret under the second word, if that is no port, or under
// the third.
func (c *Call) HostPort() (host string, port int, err error) {
	words := c.Words()
	if i := slices.IndexFunc(words, func(w Word) bool { return isRemark(w.Text) }); i >= 0 {
		words = words[:i]
	}
	host, port = words[0].Text, 23
	if len(words) > 1 {
		port, err = strconv.Atoi(words[1].Text)
		if err != nil || port < 0 || port > 65535 {
			return "", 0, InvalidWord(1)
		}
	}
	if len(words) > 2 {
		return "", 0, InvalidWord(2)
	}
	return host, port, nil
}
