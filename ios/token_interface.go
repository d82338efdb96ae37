package ios

import (
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// interfaceType is the name of an interface, of one word or two. It has to be in the
// router, unless it exists in software alone and may be made, or is hardware that
// the command may name as well: any slot may hold some, with or without a link.
type interfaceType struct{ make, hardware bool }

// Match accepts a name as far as an interface has one like it, which is where
// IOS puts its caret.
func (t interfaceType) Match(dev any, words []string) (n int, ok, partial bool, bad int) {
	m := forwarding.MatchName(words)
	r, _ := dev.(*Router)
	switch {
	case !m.OK && !m.Partial:
		return 0, false, false, offsetIn(words, m.BadWord, m.BadChar)
	case r == nil || m.OK && t.accepts(r, m.Name):
		return m.Words, m.OK, true, 0
	case m.OK:
		return 0, false, false, r.differsFrom(words[:m.Words], m.Name)
	}
	return m.Words, false, true, 0
}

// Value is the forwarding.Name.
func (interfaceType) Value(_ any, words []string) any { return forwarding.MatchName(words).Name }

// Help is for a grammar without a router.
func (interfaceType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "WORD"}} }

// HelpFor lists the types of interface that the router has, or the numbers that
// follow the type.
func (t interfaceType) HelpFor(dev any, typed []string) []cli.HelpEntry {
	r, ok := dev.(*Router)
	if !ok {
		return t.Help()
	}
	var list []cli.HelpEntry
	for _, k := range forwarding.Kinds() {
		first, last, has := r.numbersOf(k)
		if !has && k.Physical() {
			continue
		}
		if len(typed) == 0 {
			list = append(list, cli.HelpEntry{Text: k.String(), Help: kindHelp(k)})
			continue
		}
		if strings.HasSuffix(typed[0], "/") {
			if e, ok := r.portsBehind(k, typed[0]); ok {
				return []cli.HelpEntry{e}
			}
			continue
		}
		if m := forwarding.MatchName([]string{typed[0] + "0"}); m.OK && m.Name.Kind == k {
			if k == forwarding.Loopback {
				first, last = "0", "2147483647"
			}
			return []cli.HelpEntry{{Text: "<" + first + "-" + last + ">", Help: k.String() + " interface number"}}
		}
	}
	return list
}

// Complete is the one type that a word begins, of those that help lists. Its number may
// follow at once. Types that are kept are not offered, and make no other ambiguous.
func (t interfaceType) Complete(dev any, word string) (whole string, ok bool) {
	for _, e := range t.HelpFor(dev, nil) {
		if sharedFold(word, e.Text) < len(word) {
			continue
		}
		if ok {
			return "", false
		}
		whole, ok = e.Text, true
	}
	return whole, ok && whole != "WORD"
}

// portsBehind is the range of what may follow the slash in fa0/.
func (r *Router) portsBehind(k forwarding.Kind, typed string) (e cli.HelpEntry, ok bool) {
	m := forwarding.MatchName([]string{typed + "0"})
	if !m.OK || m.Name.Kind != k {
		return e, false
	}
	before, _, _ := strings.Cut(m.Name.String(), "/")
	var first, last string
	for _, i := range r.stack.Interfaces() {
		if port, behind := strings.CutPrefix(i.String(), before+"/"); behind {
			if last = port; first == "" {
				first = port
			}
		}
	}
	return cli.HelpEntry{Text: "<" + first + "-" + last + ">", Help: k.String() + " interface number"}, first != ""
}

func kindHelp(k forwarding.Kind) string {
	switch k {
	case forwarding.Ethernet:
		return "IEEE 802.3"
	case forwarding.FastEthernet:
		return "FastEthernet IEEE 802.3"
	case forwarding.GigabitEthernet:
		return "GigabitEthernet IEEE 802.3z"
	case forwarding.TenGigabitEthernet:
		return "Ten Gigabit Ethernet"
	case forwarding.Loopback:
		return "Loopback interface"
	case forwarding.Null:
		return "Null interface"
	}
	return k.String()
}

// accepts reports whether the interface is there, or may be made.
func (t interfaceType) accepts(r *Router, n forwarding.Name) bool {
	return r.stack.Interface(n) != nil || n.Kind == forwarding.Null || t.make && !n.Kind.Physical() || t.hardware && n.Kind.Physical()
}

// numbersOf is the first and the last number that an interface of a type has
// directly behind its name.
func (r *Router) numbersOf(k forwarding.Kind) (first, last string, has bool) {
	for _, i := range r.stack.Interfaces() {
		if i.Name().Kind != k {
			continue
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(i.String(), k.String()), "/")
		if !has {
			first = number
		}
		last, has = number, true
	}
	if !has {
		first, last = "0", "0"
	}
	return first, last, has
}

// differsFrom is the first character of words, a whole name, at which no
// interface of the router has the same.
func (r *Router) differsFrom(words []string, n forwarding.Name) int {
	number := numberOf(n)
	at := -1 // in the number
	for _, i := range r.stack.Interfaces() {
		if i.Name().Kind == n.Kind {
			at = max(at, sharedLength(number, numberOf(i.Name())))
		}
	}
	if at < 0 { // not even one of that type
		return 0
	}
	last := words[len(words)-1]
	digits := strings.IndexFunc(last, func(c rune) bool { return c >= '0' && c <= '9' })
	return offsetIn(words, len(words)-1, min(digits+at, len(last)-1))
}

func numberOf(n forwarding.Name) string { return strings.TrimPrefix(n.String(), n.Kind.String()) }

func sharedLength(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// offsetIn turns a place in one of several words into one in the line that they
// make with single blanks between them.
func offsetIn(words []string, word, at int) int {
	for _, w := range words[:min(word, len(words))] {
		at += len(w) + 1
	}
	return at
}

// namedInterface is the interface that was typed, nil where none was. Null0 is
// always there.
func (r *Router) namedInterface(c *cli.Call, name string) *forwarding.Interface {
	n, ok := c.Value(name).(forwarding.Name)
	if !ok {
		return nil
	}
	if n.Kind == forwarding.Null {
		return r.stack.AddInterface(n)
	}
	return r.stack.Interface(n)
}

// listedInterfaces are the interfaces of `show`, which leaves out Null0.
func (r *Router) listedInterfaces() []*forwarding.Interface {
	return slices.DeleteFunc(slices.Clone(r.stack.Interfaces()), func(i *forwarding.Interface) bool {
		return i.Name().Kind == forwarding.Null
	})
}
