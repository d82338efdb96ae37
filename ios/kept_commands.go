package ios

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/kept"
)

// keptHelp is what `?` says of what is kept.
const keptHelp = "Kept in the configuration, without effect"

// keptWords are what a console and a check say of it.
const keptWords = "kept, without effect"

// keptModes are the modes of the sections that are kept. A line of theirs that no row
// takes is kept as well, unless it is one of configuration itself.
func keptModes() []cli.Mode {
	flat := map[string]bool{}
	for _, h := range kept.NestedHeaders {
		flat[h.Mode] = h.Flat
	}
	var list []cli.Mode
	for i := range kept.Modes {
		m := &kept.Modes[i]
		parent, exit := m.Parent, "Back to the section above"
		if parent == "" {
			parent, exit = modeConfig, "Back to configuration"
		}
		list = append(list, cli.Mode{
			Name: m.Key, Prompt: m.Prompt(), Title: m.Title, Parent: parent, ExitHelp: exit,
			Rest: &cli.Rest{Take: on(keepRest), Stays: staysIn(m), Help: keptHelp, Flat: flat[m.Key]},
		})
	}
	return list
}

// staysIn tells which lines are of a mode, of those that no row of it takes.
func staysIn(m *kept.Mode) func(cli.RestLine) bool {
	return func(l cli.RestLine) bool {
		switch {
		case l.Below && l.Head && l.Whole:
			return false
		case m.Owns(l.Text) || m.Owns(l.Spelled):
			return true
		case l.Indented && (!l.Whole || l.Kept):
			return true
		case l.Ambiguous && !l.Indented && (l.Head || !kept.SubWord(strings.ToLower(l.Word))):
			return false
		case kept.SubWord(strings.ToLower(l.Word)):
			return !l.Head || !l.Whole
		}
		return !l.Head && !l.Whole && !l.Outdented
	}
}

// keptCommands are the rows of all that is kept.
func keptCommands() []cli.Command {
	var rows []cli.Command
	for i := range kept.Headers {
		h := &kept.Headers[i]
		rows = append(rows, keptHeader(h, modeConfig, func(r *Router, _ *cli.Call) *kept.Block { return r.config.kept.At(h.Place) }))
	}
	parents := map[string]string{}
	for _, m := range kept.Modes {
		parents[m.Key] = m.Parent
	}
	for i := range kept.NestedHeaders {
		h := &kept.NestedHeaders[i]
		rows = append(rows, keptHeader(h, parents[h.Mode], ownBlock))
		if end := strings.TrimSpace(h.End); end != "" && end != "quit" {
			rows = append(rows, cli.Command{
				Modes: []string{h.Mode}, Grammar: end, Kept: "Back to the section above",
				Run: func(c *cli.Call) error { c.Session.Leave(); return nil },
			})
		}
	}
	for i := range kept.Lines {
		row := &kept.Lines[i]
		rows = append(rows, keptRow(row, []string{modeConfig}, func(r *Router, _ *cli.Call) *kept.Block { return r.config.kept.At(row.Place) }))
	}
	for i := range kept.Texts {
		t := &kept.Texts[i]
		if t.Mode != "" {
			rows = append(rows, keptText(t, t.Mode, ownBlock))
			continue
		}
		rows = append(rows, keptText(t, modeConfig, func(r *Router, _ *cli.Call) *kept.Block { return r.config.kept.At(t.Place) }))
	}
	for i := range kept.LineTexts {
		rows = append(rows, keptText(&kept.LineTexts[i], modeLine, builtBlock))
	}
	for _, t := range []struct {
		rows  []kept.Row
		modes []string
		block keptPlace
	}{
		{kept.InterfaceLines, []string{modeInterface}, builtBlock},
		{kept.InterfaceLines, keptInterfaceModes, ownBlock},
		{kept.KeptInterfaceLines, keptInterfaceModes, ownBlock},
		{kept.MapLines, []string{modeCryptoMap}, builtBlock},
		{kept.PolicyLines, []string{modeISAKMP}, builtBlock},
		{kept.RouteMapLines, []string{modeRouteMap}, builtBlock},
		{kept.TransformLines, []string{modeTransformSet}, builtBlock},
		{kept.LineLines, []string{modeLine}, builtBlock},
	} {
		for i := range t.rows {
			rows = append(rows, keptRow(&t.rows[i], t.modes, t.block))
		}
	}
	return append(rows, keptInterfaceCommands...)
}

// keptInterfaceModes are the modes of interfaces that are kept.
var keptInterfaceModes = []string{"config-if kept", "config-subif"}

// keptPlace is where a line is kept that was typed.
type keptPlace func(r *Router, c *cli.Call) *kept.Block

// ownBlock is the kept section that the session is in.
func ownBlock(_ *Router, c *cli.Call) *kept.Block { return c.Data().(*kept.Block) }

// builtBlock is what is kept of the built section that the session is in.
func builtBlock(r *Router, c *cli.Call) *kept.Block { return r.config.kept.Of(r.owner(c)) }

// keptHeader is the row of a command that opens a kept section.
func keptHeader(h *kept.Header, mode string, in keptPlace) cli.Command {
	return cli.Command{
		Modes: []string{mode}, Grammar: h.Grammar, No: h.No, Kept: keptHelp, Header: true, Hidden: h.Later,
		Run: on(func(r *Router, c *cli.Call) error {
			if r.otherMapType(h, c) {
				return errMapType
			}
			return r.openKept(c, in(r, c), h, c.Spelled(), c.Lead())
		}),
		Unset: on(func(r *Router, c *cli.Call) error { in(r, c).Close(c.Spelled(), h); return nil }),
	}
}

// otherMapType reports whether a header is that of a crypto map entry which is there with
// another type.
func (r *Router) otherMapType(h *kept.Header, c *cli.Call) bool {
	if h.Place != kept.Maps || c.Lead() != "crypto map" {
		return false
	}
	if m := r.keys.Map(c.Str("name")); m != nil && m.Entry(c.Int("seq")) != nil {
		return true
	}
	number := fmt.Sprintf("crypto map %s %d", c.Str("name"), c.Int("seq"))
	return r.keepsAt(kept.Maps, number) && r.config.kept.At(kept.Maps).Find(c.Spelled()) == nil
}

// openKept enters a kept section, which is new if there is none of that text.
func (r *Router) openKept(c *cli.Call, in *kept.Block, h *kept.Header, text, kind string) error {
	b, err := in.Open(h.Key(text), text, h)
	if err != nil {
		return r.refuseFull(err)
	}
	c.Enter(h.Mode, b)
	if h.Place != kept.Nested {
		r.noteKept(c, kind)
	} else {
		r.noteKept(c, "")
	}
	return nil
}

// keptRow is the row of a line that is kept.
func keptRow(row *kept.Row, modes []string, in keptPlace) cli.Command {
	change := func(do func(b *kept.Block, c *cli.Call) error) func(*cli.Call) error {
		return on(func(r *Router, c *cli.Call) error {
			if err := do(in(r, c), c); err != nil {
				return r.refuseFull(err)
			}
			o := r.owner(c)
			r.withhold(o)
			kind := c.Lead()
			if !r.loading && !r.config.toldKept[kind] && r.isBuilt(kind) { // of that command the line is one form
				kind = c.Spelled()
			}
			switch {
			case c.Default || c.No && row.Manner != kept.Switch && row.Manner != kept.ListSwitch:
			case row.Withholds && slices.Contains(modes, o.mode):
				r.noteWithheld(c, o)
			case slices.Equal(modes, keptInterfaceModes): // the header has said it
				r.noteKept(c, "")
			default:
				r.noteKept(c, kind)
			}
			return nil
		})
	}
	return cli.Command{
		Modes: modes, Grammar: row.Grammar, Kept: keptHelp,
		Run:     change(func(b *kept.Block, c *cli.Call) error { return b.Set(c.Lead(), c.Spelled(), row) }),
		Unset:   change(func(b *kept.Block, c *cli.Call) error { return b.Unset(c.Lead(), c.Spelled(), row) }),
		Default: change(func(b *kept.Block, c *cli.Call) error { b.Reset(c.Spelled()); return nil }),
	}
}

// isBuilt reports whether commands that are built begin with just these words.
func (r *Router) isBuilt(words string) bool {
	rows := r.grammar.Commands()
	return slices.ContainsFunc(rows, func(row cli.Command) bool { return row.Kept == "" && row.Words() == words })
}

// keepRest keeps a line of a section of which nothing is built.
func keepRest(r *Router, c *cli.Call) error {
	b := c.Data().(*kept.Block)
	text := strings.TrimRight(strings.TrimLeft(c.Line, " \t"), " \t")
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimLeft(rest, " \t")
	switch {
	case r.isExec(text):
		return cli.InvalidWord(0)
	case strings.EqualFold(word, "default"):
		b.Reset(rest)
		return nil
	case strings.EqualFold(word, "no"):
		if b.Remove(rest) || strings.EqualFold(rest, "shutdown") {
			return nil
		}
		text = "no " + rest
	}
	if _, err := b.Add(text); err != nil {
		return r.refuseFull(err)
	}
	r.noteKept(c, "")
	return nil
}

// execWords begin commands of EXEC that are typed into a configuration by mistake
// and are no line of any section.
var execWords = []string{"show", "ping", "traceroute", "write", "copy", "clear", "debug", "undebug", "reload", "configure"}

// isExec reports whether a line is a whole command of EXEC.
func (r *Router) isExec(line string) bool {
	whole, err := r.grammar.Resolve(modeExec, line, r, cli.PrivilegedLevel)
	first, _, _ := strings.Cut(whole, " ")
	return err == nil && slices.Contains(execWords, first)
}

// refuseFull counts a line that is over a limit of what is kept.
func (r *Router) refuseFull(err error) error {
	r.fullLines++
	return refuse("%v", err)
}

// noteKept counts a line that is kept. At a console it says so, once for each kind
// of line; "" is a line in a section of which that has been said.
func (r *Router) noteKept(c *cli.Call, kind string) {
	if r.loading {
		r.keptLines++
		r.keptNote = keptWords
		return
	}
	if kind == "" || r.config.toldKept[kind] {
		return
	}
	r.config.toldKept[kind] = true
	c.Printf("[ioslab] %s is %s\n", kind, keptWords)
}
