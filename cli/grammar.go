package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ModeExec is the name of the mode of user and privileged EXEC. Every grammar
// has it; the other modes are configuration modes.
const ModeExec = "exec"

// Privilege levels that IOS gives a name.
const (
	UserLevel       = 1
	PrivilegedLevel = 15
)

// A Command is one row of the grammar: declared once for set, `no`, help and
// examples. See Language for the syntax of Grammar.
type Command struct {
	Modes     []string            // names of the modes it exists in
	Grammar   string              // what is typed, with the help of each token beside it
	No        string              // what follows `no`, where it differs from Grammar; or Optional
	Since     string              // the release of the device that it came with; "" = the first
	Until     string              // the release that it was gone from; "" = none
	Privilege int                 // EXEC only: 15 = privileged EXEC only
	Run       func(c *Call) error // set or execute; nil = only the `no` form exists
	Unset     func(c *Call) error // the `no` form; nil = `no` is not accepted
	Default   func(c *Call) error // the `default` form; nil = like Unset
	Examples  []string            // configuration lines for the round-trip test
	Standard  []string            // configuration lines that say what is so by itself, for that test
	Hidden    bool                // matched, but not shown in help nor completed
	Kept      string              // if set, the row is tried where no other of the mode takes the line, and this is the help of its tokens
	Header    bool                // it opens a mode of its own: see Session.refused
}

// Optional, as the No of a Command, is its Grammar with all that follows the
// first keywords made optional: `no mtu [ <64-17940>:bytes ]`.
const Optional = "[ ]"

// Words returns the keywords that every line of the command begins with.
func (c *Command) Words() string {
	var keywords []string
	words, _ := lexGrammar(c.Grammar)
	for _, w := range words {
		if w[0] == '"' {
			continue
		}
		if isVariable(w) || strings.Contains("()[]{}|", w) {
			break
		}
		w, _, _ = strings.Cut(w, "@")
		keywords = append(keywords, w)
	}
	return strings.Join(keywords, " ")
}

// A Mode is one of the shell's modes.
type Mode struct {
	Name      string
	Prompt    string // what follows the host name: "(config-if)"
	Title     string // first line of the mode's help: "Interface configuration commands:"
	Parent    string // where unknown commands are tried next and `exit` leads to
	Separator byte   // ends the prompt; 0 = '#', and in EXEC by privilege
	ExitHelp  string // what help says of `exit`
	Rest      *Rest  // takes the lines that no row takes; nil refuses them
}

// A Grammar is a compiled set of commands. It is immutable and may be shared
// by any number of sessions.
type Grammar struct {
	modes    map[string]*mode
	commands []Command
}

// Commands returns the rows of the grammar, without the built-in ones.
func (g *Grammar) Commands() []Command { return g.commands }

// mode is a compiled Mode.
type mode struct {
	Mode
	parent *mode
	labels []label // what a line may begin with
	kept   []label // the same of the Kept rows
}

func (m *mode) isExec() bool { return m.Name == ModeExec }

// formKind tells the forms apart in which a row may be typed.
type formKind int

const (
	formSet formKind = iota
	formNo
	formDefault
	formDo     // the keyword after which EXEC's commands follow
	formFilter // what follows `|`
)

// A form is one way to type a command, as an automaton over its tokens.
type form struct {
	cmd    *Command
	kind   formKind
	tokens []token
	first  []edge
	follow [][]edge
	last   []bool
	pipe   bool // output filters may follow
}

// An edge leads to a token. It may be taken while none of the bits in mask has
// been used; taking it uses them: so each part of a { } is taken once at most.
type edge struct {
	to   int
	mask uint64
}

// A state is a place in a form: after token at, with these bits used.
type state struct {
	f    *form
	at   int
	used uint64
}

// A label gathers all the states that one way of reading the next word leads to.
type label struct {
	tok    *token
	states []state
	later  bool     // all its tokens are
	after  *choices // of all the states, where they were gathered in advance
}

// choices are what may come next where a line may still be meant for several forms.
type choices struct {
	labels []label
	end    *form // may end here
}

// choose gathers the choices behind states.
func choose(states []state) choices {
	var c choices
	for _, s := range states {
		c.labels = gather(c.labels, s.f, s.f.follow[s.at], s.used)
		if c.end == nil && s.f.last[s.at] {
			c.end = s.f
		}
	}
	return c
}

// manyForms is from how many on the choices behind a word are gathered in advance:
// behind `ip` there are dozens, to be gathered anew for each line.
const manyForms = 2

func gatherAhead(labels []label) {
	for i := range labels {
		if l := &labels[i]; len(l.states) >= manyForms {
			after := choose(l.states)
			gatherAhead(after.labels)
			l.after = &after
		}
	}
}

func (l *label) hidden() bool {
	for _, s := range l.states {
		if !s.f.cmd.Hidden {
			return false
		}
	}
	return true
}

// A Language is what a Grammar is compiled from.
//
// The grammar string of a command is made of keywords (`crypto isakmp policy`),
// variables TYPE:name, ( a | b ) for a choice, [ a ] for what may be left out,
// and { a X:n | b } for any of these in any order, each at most once. TYPE is a
// range <1-100>, A.B.C.D, MASK, WILDCARD, WORD, LINE (the rest of the line),
// H.H.H, hh:mm:ss, or a key of Types. Each keyword and variable is followed by
// its help in double quotes:
//
//	set peer "IPsec peer" A.B.C.D:peer "IP address of peer"
//
// A keyword that later releases have, and that is taken all the same, has the
// first of them behind it, as sha256@15.1: an abbreviation does not mean it where
// a keyword without one begins alike.
//
// Help may be left out where the Prefixes have it, as that of `set` here, and in a No
// grammar where the same token of the Grammar has it.
type Language struct {
	Modes    []Mode
	Commands []Command
	Prefixes Prefixes
	Types    map[string]TokenType
	Releases []string // of the device's software, the oldest first: what Since and Until may name
}

// Compile builds the grammar of one of the Releases of a device, once for all
// its sessions; the release is "" where there is but one. The error names the
// row that is wrong.
func (lang *Language) Compile(release string) (*Grammar, error) {
	commands, err := lang.commandsOf(release)
	if err != nil {
		return nil, err
	}
	g := &Grammar{modes: make(map[string]*mode), commands: commands}
	var order []*mode
	for _, m := range lang.Modes {
		if g.modes[m.Name] != nil {
			return nil, fmt.Errorf("cli: mode %q is declared twice", m.Name)
		}
		compiled := &mode{Mode: m}
		g.modes[m.Name] = compiled
		order = append(order, compiled)
	}
	if g.modes[ModeExec] == nil {
		return nil, fmt.Errorf("cli: there is no mode %q", ModeExec)
	}
	for _, m := range order {
		if err := g.link(m); err != nil {
			return nil, err
		}
	}
	rows := append(append([]Command(nil), commands...), builtins(lang.Modes)...)
	for i := range rows {
		if err := g.add(&rows[i], lang, release); err != nil {
			return nil, err
		}
	}
	for _, m := range order {
		if !m.isExec() {
			m.labels = gather(m.labels, doForm, doForm.first, 0)
			if len(m.kept) > 0 { // else `do` would be the beginning of a word of theirs
				m.kept = gather(m.kept, doForm, doForm.first, 0)
			}
		}
		sortLabels(m.labels)
		gatherAhead(m.labels)
		sortLabels(m.kept)
		gatherAhead(m.kept)
	}
	return g, nil
}

// link finds a mode's parent. EXEC is no parent: a command that no
// configuration mode knows is not looked for there.
func (g *Grammar) link(m *mode) error {
	if m.Parent == "" || m.Parent == ModeExec {
		return nil
	}
	m.parent = g.modes[m.Parent]
	if m.parent == nil {
		return fmt.Errorf("cli: mode %q has an unknown parent %q", m.Name, m.Parent)
	}
	for p, n := m.parent, 0; p != nil; p, n = p.parent, n+1 {
		if p == m || n > len(g.modes) {
			return fmt.Errorf("cli: mode %q is its own ancestor", m.Name)
		}
	}
	return nil
}

// add compiles the forms of a row into its modes.
func (g *Grammar) add(cmd *Command, lang *Language, release string) error {
	forms, err := lang.forms(cmd, release)
	if err != nil {
		return fmt.Errorf("cli: command %q: %w", cmd.Grammar, err)
	}
	for _, name := range cmd.Modes {
		m := g.modes[name]
		if m == nil {
			return fmt.Errorf("cli: command %q is in an unknown mode %q", cmd.Grammar, name)
		}
		labels := &m.labels
		if cmd.Kept != "" {
			labels = &m.kept
		}
		for _, f := range forms {
			*labels = gather(*labels, f, f.first, 0)
		}
	}
	return nil
}

// gather files the targets of edges under their labels.
func gather(labels []label, f *form, edges []edge, used uint64) []label {
next:
	for _, e := range edges {
		if used&e.mask != 0 {
			continue
		}
		tok := &f.tokens[e.to]
		s := state{f, e.to, used | e.mask}
		for i := range labels {
			if labels[i].tok.same(tok) {
				labels[i].states = append(labels[i].states, s)
				labels[i].later = labels[i].later && tok.later
				continue next
			}
		}
		labels = append(labels, label{tok: tok, states: []state{s}, later: tok.later})
	}
	return labels
}

// forms makes the forms in which a row can be typed.
func (lang *Language) forms(cmd *Command, release string) ([]*form, error) {
	set, err := parseGrammar(cmd.Grammar, lang.Types)
	if err != nil {
		return nil, err
	}
	if len(cmd.Modes) > 0 {
		lang.Prefixes.fill(set, cmd.Modes[0])
	}
	set.fillHelp(cmd.Kept)
	negated := set
	switch cmd.No {
	case "":
	case Optional:
		negated = set.optional()
	default:
		if negated, err = parseGrammar(cmd.No, lang.Types); err != nil {
			return nil, err
		}
		negated.borrowHelp(set)
		negated.fillHelp(cmd.Kept)
	}
	if err := cmp.Or(set.checkHelp(), negated.checkHelp()); err != nil {
		return nil, err
	}
	for _, s := range []*syntax{set, negated} {
		if err := lang.date(s, release); err != nil {
			return nil, err
		}
	}
	var forms []*form
	if cmd.Run != nil {
		forms = append(forms, set.form(cmd, formSet, nil))
	}
	if cmd.Unset != nil {
		forms = append(forms, negated.form(cmd, formNo, noToken))
	}
	if cmd.Default != nil || cmd.Unset != nil && !slices.Contains(cmd.Modes, ModeExec) { // EXEC knows no defaults
		forms = append(forms, negated.form(cmd, formDefault, defaultToken))
	}
	return forms, nil
}
