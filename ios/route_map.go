package ios

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/routemap"
)

// modeRouteMap is the configuration of an entry of a route-map; its data is the
// *routemap.Entry.
const modeRouteMap = "config-route-map"

// routeMapEntry is how an entry is named.
const routeMapEntry = `
			WORD:name               "Name of the route-map"
			[ ( permit              "What matches is permitted"
			  | deny                "What matches is denied" )
			  [ <0-65535>:sequence  "Place of the entry in the route-map" ] ]`

var routeMapCommands = []cli.Command{
	{
		Modes:   []string{modeConfig},
		Grammar: `route-map "A route-map, or an entry of it"` + routeMapEntry,
		Header:  true, Run: on(enterRouteMap), Unset: on(removeRouteMap),
		Examples: []string{"route-map MAP permit 10", "route-map MAP deny 20", "route-map MAP"},
	},
	{
		Modes:    []string{modeRouteMap},
		Grammar:  `description "A note on this entry" LINE:text "The note"`,
		No:       cli.Optional,
		Run:      clause(func(e *routemap.Entry, c *cli.Call) { e.Description = c.Str("text") }),
		Unset:    clause(func(e *routemap.Entry, _ *cli.Call) { e.Description = "" }),
		Examples: []string{"description around the translation"},
	},
}

// standardSequence is the number of the first entry of a map that is given none.
const standardSequence = 10

// errWhichEntry is what IOS says where a line could mean several entries.
var errWhichEntry = refusal("% Please specify the entry by its sequence")

// namedEntry is the number of the entry that a line names: without one, that of the
// only entry.
func (r *Router) namedEntry(c *cli.Call) (sequence int, err error) {
	m := r.routeMaps.Get(c.Str("name"))
	switch {
	case c.Has("sequence"):
		return c.Int("sequence"), nil
	case m == nil:
		return standardSequence, nil
	case len(m.Entries()) > 1:
		return 0, errWhichEntry
	}
	return m.Entries()[0].Sequence, nil
}

func enterRouteMap(r *Router, c *cli.Call) error {
	sequence, err := r.namedEntry(c)
	if err != nil {
		return err
	}
	deny := c.Has("deny")
	if m := r.routeMaps.Get(c.Str("name")); m != nil && !c.Has("permit") && !deny {
		e := m.Entry(sequence)
		deny = e != nil && e.Deny
	}
	c.Enter(modeRouteMap, r.routeMaps.Open(c.Str("name"), sequence, deny))
	return nil
}

func removeRouteMap(r *Router, c *cli.Call) error {
	m := r.routeMaps.Get(c.Str("name"))
	if m == nil {
		return nil
	}
	entries := m.Entries()
	if c.Has("sequence") || c.Has("permit") || c.Has("deny") {
		sequence, err := r.namedEntry(c)
		if err != nil {
			return err
		}
		entries = slices.DeleteFunc(slices.Clone(entries), func(e *routemap.Entry) bool { return e.Sequence != sequence })
	}
	for _, e := range entries {
		r.config.kept.Forget(keptOwner{modeRouteMap, e})
		r.routeMaps.Remove(m, e)
	}
	return nil
}

// clause adapts a change of the entry that the session is in.
func clause(change func(*routemap.Entry, *cli.Call)) func(*cli.Call) error {
	return func(c *cli.Call) error {
		e := c.Data().(*routemap.Entry)
		change(e, c)
		e.Changed()
		return nil
	}
}

// listClause is a row whose lines add to a list, or take from it: all, where they name
// none. The values are the variables of that name.
func listClause[T comparable](grammar, name string, field func(*routemap.Entry) *[]T, value func(any) T, examples ...string) cli.Command {
	typed := func(c *cli.Call) (list []T) {
		for _, v := range c.Values(name) {
			list = append(list, value(v))
		}
		return list
	}
	return cli.Command{
		Modes: []string{modeRouteMap}, Grammar: grammar, No: cli.Optional, Examples: examples,
		Run: clause(func(e *routemap.Entry, c *cli.Call) {
			list := field(e)
			for _, v := range typed(c) {
				if !slices.Contains(*list, v) {
					*list = append(*list, v)
				}
			}
		}),
		Unset: clause(func(e *routemap.Entry, c *cli.Call) {
			list, gone := field(e), typed(c)
			*list = slices.DeleteFunc(*list, func(v T) bool { return len(gone) == 0 || slices.Contains(gone, v) })
		}),
	}
}

func printRouteMaps(r *Router, w *writer) {
	for _, m := range r.routeMaps.All() {
		for _, e := range m.Entries() {
			w.line("route-map %s %s %d", m.Name, action(e.Deny), e.Sequence)
			if e.Description != "" {
				w.line(" description %s", e.Description)
			}
			for _, line := range r.matchLines(e) {
				w.line(" match %s", line)
			}
			for _, line := range r.keptClauses(e, "continue") {
				w.line(" %s", strings.TrimSuffix("continue "+line, " "))
			}
			for _, line := range r.setLines(e) {
				w.line(" set %s", line)
			}
			w.bang()
		}
	}
}

func action(deny bool) string {
	if deny {
		return "deny"
	}
	return "permit"
}

// keptClauses are the lines of an entry that are kept and begin with that word, from
// the next one on.
func (r *Router) keptClauses(e *routemap.Entry, word string) (rest []string) {
	o := keptOwner{modeRouteMap, e}
	if !r.config.kept.Has(o) {
		return nil
	}
	r.config.kept.Of(o).Print(0, func(text string) {
		if text, is := strings.CutPrefix(text+" ", word+" "); is {
			rest = append(rest, strings.TrimSuffix(text, " "))
		}
	})
	return rest
}

// addresses are addresses as a line has them.
func addresses(list []netip.Addr) string {
	var text []string
	for _, a := range list {
		text = append(text, a.String())
	}
	return strings.Join(text, " ")
}
