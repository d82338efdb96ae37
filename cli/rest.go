package cli

import (
	"slices"
	"sort"
)

// A Rest takes the lines of a configuration mode that no row takes: those of a
// section that the device keeps and does not carry out.
type Rest struct {
	// Take is given such a line, by `no` and `default` as well.
	Take func(c *Call) error
	// Stays reports whether a line is the mode's, which no row of the mode
	// itself has taken. Else it leaves the mode, and is carried out or refused by
	// the modes above.
	Stays func(l RestLine) bool
	// Help is what `?` says of such lines.
	Help string
	// Flat says that the lines of the mode are indented no deeper than the line that
	// opened it.
	Flat bool
}

// among lists what may be typed in the mode, with the lines that it takes.
func (r *Rest) among(list []HelpEntry) []HelpEntry {
	list = append(list, r.entry())
	for _, t := range []*token{noToken, defaultToken} {
		list = append(list, HelpEntry{t.text, t.help})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Text < list[j].Text })
	return unique(list)
}

func (r *Rest) entry() HelpEntry { return HelpEntry{"LINE", r.Help} }

// A RestLine is what is known of a line that no row of a mode has taken.
type RestLine struct {
	Text      string // behind `no` and `default`
	Word      string // its first
	Spelled   string // the command of a mode above that it is, with its keywords in full; "" if it is none
	Kept      bool   // that command is Kept, and opens no mode
	Head      bool   // commands of the modes above begin with just that word
	Whole     bool   // it is a command of a mode above, of which one that is Kept is not abbreviated
	Ambiguous bool   // it begins as several commands of the modes above do
	Below     bool   // it is not indented, and the lines of the mode before it were, or in a file there were none
	Outdented bool   // those lines there were
	Indented  bool   // deeper than the line that opened the mode
}

// match finds what a line means to the session, which may have to leave nested
// modes for it: a line that is indented, and less than those before it in its
// mode, is none of that mode's. What a row of a kept section takes with more words
// (`no crypto map`) is kept where it is indented, by hand as in a file.
func (s *Session) match(line string) parse {
	for {
		top := s.top()
		indent := indentation(line)
		below := indent == 0 && (top.indent > 0 || s.loading && top.indent < 0)
		p := s.grammar.match(top.mode, s.ceiling, below, line, s.device, s.privilege)
		indented := indent > top.under
		if own := p.mode == top.mode && p.verdict != invalid; top.mode.Rest == nil || own && (p.verdict != incomplete || !indented) {
			return p
		}
		words := split(line)
		if nested := top.mode.parent; nested.Rest != nil && p.verdict != matched && s.outdented(indent) {
			s.unwind(nested)
			continue
		}
		said := words[0]
		if len(words) > 1 && (sameWord(said.Text, noToken.text) || sameWord(said.Text, defaultToken.text)) {
			said = words[1]
		}
		l := RestLine{
			Text: line[said.Offset:], Word: said.Text, Head: top.mode.above(said.Text),
			Ambiguous: p.verdict == ambiguous, Below: below, Outdented: below && top.indent > 0, Indented: indented,
		}
		if p.verdict == matched {
			l.Spelled, l.Kept = spell(p.bound), p.form.cmd.Kept != "" && !p.form.cmd.Header
			l.Whole = l.Head || !l.Kept
		}
		if top.mode.Rest.Stays(l) {
			return parse{verdict: rest, mode: top.mode}
		}
		return p
	}
}

// outdented reports whether a line is indented too little to be one of the mode,
// which is nested in another of its kind. What a person types by hand is not
// indented at all.
func (s *Session) outdented(indent int) bool {
	top := s.top()
	return indent > 0 && (indent < top.indent || s.loading && !top.mode.Rest.Flat && indent <= top.under)
}

// above reports whether commands of the modes above begin with just that word.
func (m *mode) above(word string) bool {
	is := func(l label) bool { return l.tok.keyword() && sameWord(word, l.tok.text) }
	for md := m.parent; md != nil; md = md.parent {
		if slices.ContainsFunc(md.labels, is) || slices.ContainsFunc(md.kept, is) {
			return true
		}
	}
	return false
}

// sameWord reports whether a typed word is a keyword in full.
func sameWord(word, keyword string) bool {
	return len(word) == len(keyword) && sharedPrefix(word, keyword) == len(keyword)
}

// indentation counts the blanks that a line begins with.
func indentation(line string) int {
	n := 0
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		n++
	}
	return n
}
