package ios

import (
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
	"github.com/ioslab/ioslab/ios/routemap"
)

// keptOwner is an object that is built, as owner of the lines of its section that
// are kept: the mode of the section, and what the mode's data is.
type keptOwner struct {
	mode string
	data any
}

// owner is the object whose section the session is in.
func (r *Router) owner(c *cli.Call) keptOwner { return keptOwner{c.Session.Mode(), c.Data()} }

// withhold takes an object out of use, or puts it back, after a change of what is
// kept of its section.
func (r *Router) withhold(o keptOwner) {
	switch o.mode {
	case modeInterface:
		r.withholdInterface(o.data.(*forwarding.Interface))
	case modeISAKMP:
		if p, ok := r.isakmpConfig.Policy(o.data.(int)); ok {
			p.Withheld = r.config.kept.Withheld(o) != ""
			r.isakmpConfig.SetPolicy(p)
		}
	case modeCryptoMap, modeTransformSet:
		r.withholdEntries()
	case modeRouteMap:
		e := o.data.(*routemap.Entry)
		e.Withheld = r.config.kept.Withheld(o) != ""
		e.Changed()
	}
}

// withholdInterface has an interface be down while a line of its section asks for
// what it cannot do.
func (r *Router) withholdInterface(i *forwarding.Interface) {
	s := r.settings(i)
	switch line := r.config.kept.Withheld(keptOwner{modeInterface, i}); {
	case line != "" && !s.withheld:
		s.withheld, s.shutdown = true, i.Shutdown()
		i.SetShutdown(true)
	case line == "" && s.withheld:
		s.withheld = false
		i.SetShutdown(s.shutdown)
	}
}

// withholdEntries has crypto map entries be incomplete that have such a line, or a
// transform set that has one or is only kept.
func (r *Router) withholdEntries() {
	for _, m := range r.keys.Maps {
		for _, e := range m.Entries {
			e.Withheld = r.config.kept.Withheld(keptOwner{modeCryptoMap, e}) != "" ||
				slices.ContainsFunc(e.TransformSets, r.setWithheld)
		}
	}
}

func (r *Router) setWithheld(name string) bool {
	_, built := r.keys.TransformSet(name)
	return !built || r.config.kept.Withheld(keptOwner{modeTransformSet, name}) != ""
}

// keepsTransformSet reports whether there is a transform set of that name which is
// only kept.
func (r *Router) keepsTransformSet(name string) bool {
	return r.keepsAt(kept.IPsec, "crypto ipsec transform-set "+name)
}

// keepsCryptoMap reports whether there are entries of a crypto map of that name
// which are only kept.
func (r *Router) keepsCryptoMap(name string) bool {
	return r.keepsAt(kept.Maps, "crypto map "+name)
}

func (r *Router) keepsAt(p kept.Place, beginning string) bool {
	return slices.ContainsFunc(r.config.kept.At(p).Lines, func(b *kept.Block) bool {
		return strings.HasPrefix(b.Text, beginning+" ")
	})
}

// appliedMap is the line of an interface whose crypto map is only kept.
var appliedMap = kept.Row{Grammar: "crypto map WORD:name", Withholds: true}

// keepAppliedMap keeps a crypto map on an interface that has only entries which are
// kept. Without it the interface would send in clear what is to be protected.
func (r *Router) keepAppliedMap(c *cli.Call) error {
	o := r.owner(c)
	if err := r.config.kept.Of(o).Set("crypto map", c.Spelled(), &appliedMap); err != nil {
		return r.refuseFull(err)
	}
	r.withhold(o)
	r.noteWithheld(c, o)
	return nil
}

// supersede takes back the lines of a section that say of the same thing what a
// command which is built has said anew.
func (r *Router) supersede(o keptOwner, words string) {
	if words != "" && r.config.kept.Has(o) && r.config.kept.Of(o).Supersede(words) {
		r.withhold(o)
	}
}

// superseding adapts the rows that are built to what is kept beside what they do: in
// their sections, and of configuration itself under the same words.
func superseding(row cli.Command) cli.Command {
	if slices.Contains(row.Modes, modeConfig) && row.Kept == "" && row.Unset != nil {
		unset := row.Unset
		row.Unset = on(func(r *Router, c *cli.Call) error {
			r.config.kept.Remove(c.Spelled())
			return unset(c)
		})
	}
	modes := []string{modeInterface, modeCryptoMap, modeISAKMP, modeTransformSet, modeLine}
	if row.Kept != "" || !slices.ContainsFunc(row.Modes, func(m string) bool { return slices.Contains(modes, m) }) {
		return row
	}
	words := row.Words()
	after := func(run func(*cli.Call) error) func(*cli.Call) error {
		if run == nil {
			return nil
		}
		return on(func(r *Router, c *cli.Call) error {
			o := r.owner(c)
			if err := run(c); err != nil {
				return err
			}
			r.supersede(o, words)
			return nil
		})
	}
	row.Run, row.Unset, row.Default = after(row.Run), after(row.Unset), after(row.Default)
	return row
}

// noteWithheld says that an object is left out of use for the line that was given. An
// object that is only kept is not in use anyway.
func (r *Router) noteWithheld(c *cli.Call, o keptOwner) {
	what := map[string]string{
		modeInterface: "the interface is left down", modeCryptoMap: "the entry is left incomplete",
		modeISAKMP: "the policy is not used", modeTransformSet: "the transform set is not used",
		modeRouteMap: "the entry matches no packet",
	}[o.mode]
	if r.config.kept.Withheld(o) == "" || what == "" {
		r.noteKept(c, "")
		return
	}
	if r.loading {
		r.keptLines++
		r.keptNote = keptWords + ", and " + what
		return
	}
	c.Printf("[ioslab] %s is %s, and %s\n", c.Spelled(), keptWords, what)
}
