package ios

import (
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
)

// keptSection prints what is kept at one place of the running configuration.
func keptSection(p kept.Place) section {
	return func(r *Router, w *writer) {
		b := r.config.kept.At(p)
		for n, l := range b.Lines {
			if n > 0 && (len(l.Lines) > 0 || len(b.Lines[n-1].Lines) > 0) {
				w.bang()
			}
			l.PrintWhole(0, func(text string) { w.line("%s", text) })
		}
		if len(b.Lines) > 0 {
			w.bang()
		}
	}
}

// printKeptLines prints the lines that are kept in the section of an object.
func printKeptLines(r *Router, o keptOwner, w *writer) {
	if r.config.kept.Has(o) {
		r.config.kept.Of(o).Print(1, func(text string) { w.line("%s", text) })
	}
}

// keptBeginnings are what the lines that are kept of an interface begin with that do
// not stand at the end of its section, in the order in which IOS shows them.
var keptBeginnings = []string{"vrf", "ip vrf", "encapsulation", "ip"}

// keptOfInterface prints the lines that are kept in the section of an interface and
// begin with one of these; those that begin with none of keptBeginnings for "".
func keptOfInterface(beginnings ...string) func(r *Router, i *forwarding.Interface, w *writer) {
	return func(r *Router, i *forwarding.Interface, w *writer) {
		o := keptOwner{modeInterface, i}
		if !r.config.kept.Has(o) {
			return
		}
		for _, l := range r.config.kept.Of(o).Lines {
			text := strings.TrimPrefix(l.Text, "no ")
			at := slices.IndexFunc(keptBeginnings, func(b string) bool { return strings.HasPrefix(text, b+" ") })
			if at < 0 && beginnings[0] == "" || at >= 0 && slices.Contains(beginnings, keptBeginnings[at]) {
				w.line(" %s", l.Text)
			}
		}
	}
}

// printKeptInterfaces prints the interfaces that are kept, as far as match has them.
func (r *Router) printKeptInterfaces(w *writer, match func(kept.Interface) bool) {
	for _, b := range r.keptInterfaces(match) {
		b.PrintWhole(0, func(text string) { w.line("%s", text) })
		w.bang()
	}
}

// isSubinterface reports whether a kept interface is part of one that is built, and
// printed with it.
func (r *Router) isSubinterface(k kept.Interface) bool {
	of, sub := k.Sub()
	n, err := forwarding.ParseName(of)
	return sub && err == nil && r.stack.Interface(n) != nil
}

// showKeptInterface shows the section of an interface that is kept.
func showKeptInterface(r *Router, c *cli.Call) error {
	b := keptInterfaceBlock(r.config.kept.At(kept.Interfaces), c.Value("interface").(kept.Interface).String())
	if b == nil {
		return cli.InvalidAt("interface")
	}
	var w writer
	w.bang()
	b.PrintWhole(0, func(text string) { w.line("%s", text) })
	w.line("end")
	c.Printf("Building configuration...\n\nCurrent configuration : %d bytes\n%s\n", w.text.Len(), w.text.String())
	return nil
}
