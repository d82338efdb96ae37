package ios

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
)

// keptInterfaceType is the name of an interface of a type that is kept, or of a
// subinterface, in one word or two.
type keptInterfaceType struct{}

// Match accepts a name in full or the unambiguous beginning of one.
func (keptInterfaceType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	_, n, bad = parseKeptInterface(words)
	return n, n > 0, bad < 0, max(bad, 0)
}

// Help is what may be typed.
func (keptInterfaceType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "WORD"}} }

// Value is the kept.Interface.
func (keptInterfaceType) Value(_ any, words []string) any {
	i, _, _ := parseKeptInterface(words)
	return i
}

// Spell is the name in full.
func (keptInterfaceType) Spell(words []string) string {
	i, _, _ := parseKeptInterface(words)
	return i.String()
}

// parseKeptInterface reads a name of n words. Where n is 0, bad is the character at
// which it is wrong, or -1 where there is none yet.
func parseKeptInterface(words []string) (i kept.Interface, n, bad int) {
	first := words[0]
	digits := strings.IndexAny(first, "0123456789")
	for _, k := range kept.InterfaceKinds { // Dot11Radio has digits of its own
		if n := len(k.Name); len(first) >= n && strings.EqualFold(first[:n], k.Name) && strings.ContainsAny(k.Name, "0123456789") {
			if digits = n; len(first) == n {
				digits = -1
			}
		}
	}
	letters, number, n := first, "", 1
	switch {
	case digits == 0:
		return i, 0, 0
	case digits > 0:
		letters, number = first[:digits], first[digits:]
	case len(words) > 1:
		number, n = words[1], 2
	}
	kind, at := keptKind(letters, number)
	switch {
	case kind == "":
		return i, 0, at
	case number == "":
		return i, 0, -1
	}
	if wrong := strings.IndexFunc(number, func(c rune) bool { return !strings.ContainsRune("0123456789/.:", c) }); wrong >= 0 {
		return i, 0, len(strings.Join(words[:n], " ")) - len(number) + wrong
	}
	if c := number[len(number)-1]; c < '0' || c > '9' {
		return i, 0, -1
	}
	return kept.Interface{Kind: kind, Number: number}, n, 0
}

// keptKind is the type of interface that a word means, with a number behind it: one
// that is kept, or one that is built where the number is a subinterface's. Else
// it is where the word differs from all of them.
func keptKind(letters, number string) (kind string, at int) {
	var found []string
	consider := func(name string) bool {
		n := sharedFold(letters, name)
		at = max(at, n)
		if n == len(letters) {
			found = append(found, name)
		}
		return n == len(letters) && n == len(name)
	}
	if strings.ContainsAny(number, ".:") {
		for _, k := range forwarding.Kinds() {
			if k.Physical() && consider(k.String()) {
				return k.String(), 0
			}
		}
	}
	built := beginsBuilt(letters)
	for _, k := range kept.InterfaceKinds {
		if strings.EqualFold(letters, k.Name) {
			return k.Name, 0
		}
		if !built {
			consider(k.Name)
		}
	}
	if len(found) == 0 {
		return "", at
	}
	return found[0], 0 // the likeliest of several, as in `interface fa0/0.1`
}

// beginsBuilt reports whether a type of interface that is built begins with a word, which
// then is no abbreviation of one that is kept: f is FastEthernet and never FDDI.
func beginsBuilt(letters string) bool {
	return slices.ContainsFunc(forwarding.Kinds(), func(k forwarding.Kind) bool { return sharedFold(letters, k.String()) == len(letters) })
}

// sharedFold counts the characters in which two words agree but for their case.
func sharedFold(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && strings.EqualFold(a[n:n+1], b[n:n+1]) {
		n++
	}
	return n
}

// keptInterface is how a kept interface is opened that is no subinterface.
var keptInterface = kept.Header{Place: kept.Interfaces, Mode: "config-if kept"}

var keptInterfaceCommands = []cli.Command{{
	Modes: []string{modeConfig}, Grammar: "interface KEPTINTERFACE:interface [ ( point-to-point | multipoint | l2transport | type WORD:type ) ]",
	Kept: keptHelp, Header: true,
	Run: on(enterKeptInterface),
	Unset: on(func(r *Router, c *cli.Call) error {
		name := c.Value("interface").(kept.Interface).String()
		in := r.config.kept.At(kept.Interfaces)
		if b := keptInterfaceBlock(in, name); b != nil {
			in.Remove(b.Text)
		}
		return nil
	}),
}}

// keptInterfaceBlock is the section of the interface of that name, or nil.
func keptInterfaceBlock(in *kept.Block, name string) *kept.Block {
	for _, b := range in.Lines {
		if is, _, _ := strings.Cut(strings.TrimPrefix(b.Text, "interface "), " "); is == name {
			return b
		}
	}
	return nil
}

func enterKeptInterface(r *Router, c *cli.Call) error {
	i := c.Value("interface").(kept.Interface)
	kind := "interface " + i.Kind
	if _, sub := i.Sub(); sub {
		kind = "subinterface " + i.String()
	}
	if _, err := r.keptSection(i, c.Spelled()); err != nil {
		return r.refuseFull(err)
	}
	in := r.config.kept.At(kept.Interfaces)
	text := keptInterfaceBlock(in, i.String()).Text
	return r.openKept(c, in, keptInterfaceHeader(i), text, kind)
}

// keptInterfaceHeader is how a kept interface is opened.
func keptInterfaceHeader(i kept.Interface) *kept.Header {
	if _, sub := i.Sub(); sub {
		return &keptSubinterface
	}
	return &keptInterface
}

// keptSection is the section of a kept interface, which is made of text if there is none; so
// is the interface that a subinterface is part of.
func (r *Router) keptSection(i kept.Interface, text string) (*kept.Block, error) {
	if of, sub := i.Sub(); sub {
		if n, err := forwarding.ParseName(of); err == nil {
			r.settings(r.stack.AddInterface(n))
		}
	}
	in := r.config.kept.At(kept.Interfaces)
	if b := keptInterfaceBlock(in, i.String()); b != nil {
		return b, nil
	}
	return in.Open(text, text, keptInterfaceHeader(i))
}

// keptSubinterface is how a kept subinterface is opened.
var keptSubinterface = kept.Header{Place: kept.Interfaces, Mode: "config-subif"}

// keptInterfaces are the interfaces that are kept at a place among the others, in
// the order of their names; of a physical one its subinterfaces only.
func (r *Router) keptInterfaces(match func(kept.Interface) bool) []*kept.Block {
	type named struct {
		kept.Interface
		block *kept.Block
	}
	var list []named
	for _, b := range r.config.kept.At(kept.Interfaces).Lines {
		i, n, _ := parseKeptInterface(strings.Fields(strings.TrimPrefix(b.Text, "interface ")))
		if n > 0 && match(i) {
			list = append(list, named{i, b})
		}
	}
	slices.SortStableFunc(list, func(a, b named) int { return cmp.Or(a.Compare(b.Interface)) })
	var blocks []*kept.Block
	for _, n := range list {
		blocks = append(blocks, n.block)
	}
	return blocks
}
