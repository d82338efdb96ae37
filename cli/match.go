package cli

import "slices"

// A verdict is what the matcher says of a line.
type verdict int

const (
	invalid verdict = iota
	ambiguous
	incomplete
	matched
	rest // a line for the Rest of the mode
)

// A binding is a token with what was typed for it.
type binding struct {
	tok    *token
	text   string
	words  []string
	offset int
}

// A parse is the outcome of matching a line.
type parse struct {
	verdict verdict
	column  int       // invalid: offset of the first character that cannot be accepted
	form    *form     // matched
	bound   []binding // matched: the tokens, without `no`, `default` and `do`
	filter  []binding // matched: what follows `|`
	mode    *mode     // where it was found
	do      bool
	unknown bool // invalid: nothing in the mode begins with the first word
}

// A group is a place on the line together with all the forms that are still
// possible there.
type group struct {
	mode   *mode    // at the start of a line
	kept   bool     // there: of its Kept rows
	states []state  // after a word
	after  *choices // behind these, nil where they are to be gathered
}

// A matcher holds what is fixed while one line is matched.
type matcher struct {
	line  string
	words []Word
	texts []string
	dev   any
	level int
	exec  *mode // where `do` leads
	kept  bool  // the line begins with a Kept row

	bound   []binding
	command *form // behind `|`: the command whose output is filtered
	piped   int   // how many bindings are the command's
	best    parse

	inside      *label   // the line stops inside the value of this variable
	insideWords []string // of which these words are there
	probe       *probe   // nil where it is not asked what a line was meant to be
}

func newMatcher(g *Grammar, line string, dev any, level int) *matcher {
	m := &matcher{line: line, words: split(line), dev: dev, level: level, exec: g.modes[ModeExec]}
	m.best = parse{column: -1, unknown: true}
	m.texts = make([]string, len(m.words))
	for i, w := range m.words {
		m.texts[i] = w.Text
	}
	m.bound = make([]binding, 0, len(m.words))
	return m
}

// match parses a line in a mode, and where it is unknown there, in the modes
// above; not above top, if it is not nil. Below says that the line stands below the
// lines of its mode, as those of a mode above do.
//
// Kept rows are as wide as what is not built of IOS, so they come second: their
// words in full count more than other rows' abbreviations, and less than a row of a
// mode above that has more keywords of the line; their abbreviations count least.
func (g *Grammar) match(from, top *mode, below bool, line string, dev any, level int) parse {
	refused := parse{column: -1, unknown: true}
	var held, short *parse // by a Kept row: in full, and in part
	for md := from; md != nil; md = md.parent {
		p := g.matchAt(group{mode: md}, line, dev, level)
		k := parse{column: -1, unknown: true}
		if inFull := p.verdict == matched && !p.abbreviated(); !inFull && len(md.kept) > 0 {
			k = g.matchAt(group{mode: md, kept: true}, line, dev, level)
		}
		full := &p
		if p.abbreviated() && k.verdict == matched && !k.abbreviated() || p.verdict != matched {
			full = &k
		}
		switch {
		case full.verdict == matched && (full == &p || !full.abbreviated()):
			if held != nil && !below && full.keywords() <= held.keywords() {
				return *held
			}
			if full == &p || md.parent == nil {
				return *full
			}
			if held == nil {
				held = full
			}
		case p.verdict != invalid && held == nil && (short == nil || short.verdict < matched):
			return p
		case k.verdict != invalid && (short == nil || k.verdict > short.verdict) && !k.mistaken():
			short = &k
		}
		for _, q := range []*parse{&p, &k} {
			if q.verdict == invalid && q.column > refused.column {
				refused = *q
			}
		}
		if md == top {
			break
		}
	}
	switch {
	case held != nil:
		return *held
	case short != nil:
		return *short
	}
	return refused
}

// mistaken reports whether the first word was taken for an abbreviation, and
// commands of the modes above begin with just that word.
func (p *parse) mistaken() bool {
	if len(p.bound) == 0 {
		return false
	}
	b := p.bound[0]
	return b.tok.keyword() && len(b.words[0]) < len(b.tok.text) && p.mode.above(b.words[0])
}

// abbreviated reports whether a keyword was not typed in full.
func (p *parse) abbreviated() bool {
	return slices.ContainsFunc(p.bound, func(b binding) bool {
		return b.tok.keyword() && len(b.words[0]) < len(b.tok.text)
	})
}

// keywords counts the keywords of a line that was matched.
func (p *parse) keywords() int {
	n := 0
	for _, b := range p.bound {
		if b.tok.keyword() {
			n++
		}
	}
	return n
}

// starts lists where a line may begin: in a mode, its Kept rows last, and in the
// modes above it up to top; up to the highest if top is nil.
func starts(from, top *mode) []group {
	var list []group
	for md := from; md != nil; md = md.parent {
		list = append(list, group{mode: md})
		if len(md.kept) > 0 {
			list = append(list, group{mode: md, kept: true})
		}
		if md == top {
			break
		}
	}
	return list
}

// matchAt parses a line from one start only.
func (g *Grammar) matchAt(start group, line string, dev any, level int) parse {
	m := newMatcher(g, line, dev, level)
	m.walk(start, 0, m.finish)
	m.best.mode = start.mode
	return m.best
}

// labels lists what may come next, and the form that may end here.
func (m *matcher) labels(g group) ([]label, *form) {
	switch {
	case g.kept:
		return g.mode.kept, nil
	case g.mode != nil:
		return g.mode.labels, nil
	}
	c := g.after
	if c == nil {
		here := choose(g.states)
		c = &here
	}
	if c.end != nil && c.end.pipe && m.command == nil {
		return gather(slices.Clone(c.labels), filterForm, filterForm.first, 0), c.end
	}
	return c.labels, c.end
}

// walk follows every way to read the words from number at on, the likeliest
// first, until done returns true.
func (m *matcher) walk(g group, at int, done func(g group) bool) bool {
	if at == 0 {
		m.kept = g.kept
	}
	if m.probe != nil {
		m.probe.count(m.bound)
	}
	if at == len(m.words) {
		if m.probe != nil {
			labels, _ := m.labels(g)
			m.probe.at(len(m.line), at, labels)
		}
		return done(g)
	}
	labels, end := m.labels(g)
	if isRemark(m.texts[at]) {
		return m.remarked(labels, step{end: end, at: at, done: done}, g)
	}
	word := m.words[at]
	m.fail(word.Offset)
	if m.probe != nil {
		m.probe.at(word.Offset, at, labels)
	}
	step := step{end: end, at: at, done: done}

	exact, prefixed, several := m.keyword(labels, word)
	if exact != nil {
		return m.into(exact, 1, step)
	}
	if prefixed != nil && m.into(prefixed, 1, step) {
		return true
	}
	for rank := rankExact; rank <= rankLine; rank++ {
		if m.variables(labels, rank, step) {
			return true
		}
	}
	if several && m.best.verdict < ambiguous && m.best.column <= word.Offset+len(word.Text) {
		m.best.verdict = ambiguous
	}
	return false
}

// remarked reads the words from a remark on. Free text holds it; else the command
// ends before it; where it cannot, a name may begin with an exclamation mark.
func (m *matcher) remarked(labels []label, s step, g group) bool {
	if m.variables(labels, rankLine, s) {
		return true
	}
	return s.done(g) || m.variables(labels, rankWord, s)
}

// A step is what into needs to know of where the walk stands.
type step struct {
	end  *form // the form that may end before the word
	at   int   // the word
	done func(g group) bool
}

// keyword finds the label that a word is, or is the only beginning of. What later
// releases have goes behind what the release of the grammar has.
func (m *matcher) keyword(labels []label, word Word) (exact, prefixed *label, several bool) {
	for i := range labels {
		l := &labels[i]
		if !l.tok.keyword() || !m.allowed(l) {
			continue
		}
		n := sharedPrefix(word.Text, l.tok.text)
		if n < len(word.Text) {
			m.fail(word.Offset + n)
			continue
		}
		m.known(word)
		switch {
		case n == len(l.tok.text):
			return l, nil, false
		case l.hidden(): // must be typed in full
		case prefixed == nil || prefixed.later && !l.later:
			prefixed, several = l, false
		case l.later && !prefixed.later:
		default:
			several = true
		}
	}
	if several {
		prefixed = nil
	}
	return nil, prefixed, several
}

// variables tries the variables of a rank on the words of the step.
func (m *matcher) variables(labels []label, rank int, s step) bool {
	for i := range labels {
		l := &labels[i]
		if !l.tok.keyword() && l.tok.rank == rank && m.allowed(l) && m.variable(l, s) {
			return true
		}
	}
	return false
}

// variable tries a variable on the words of the step.
func (m *matcher) variable(l *label, s step) bool {
	words := m.texts[s.at:]
	if !l.tok.isLine() {
		words = beforeRemark(words)
	}
	n, ok, partial, bad := l.tok.typ.Match(m.dev, words)
	if !ok || n < 1 {
		lacksMore, lacksClarity := partial && multiWord(l.tok.typ), false
		if p, is := l.tok.typ.(Phrase); is {
			lacksMore, lacksClarity = p.Lacks(m.dev, words)
		}
		if lacksMore {
			m.best.verdict = max(m.best.verdict, incomplete)
			m.inside, m.insideWords = l, words
		}
		m.fail(m.offsetOf(s.at, bad))
		if lacksClarity {
			m.best.verdict = max(m.best.verdict, ambiguous)
		}
		return false
	}
	m.known(m.words[s.at])
	return m.into(l, min(n, len(m.words)-s.at), s)
}

// known notes that the mode knows something that begins with the word.
func (m *matcher) known(word Word) {
	if word.Offset == m.words[0].Offset {
		m.best.unknown = false
	}
}

// multiWord reports whether a partial match of the type is an incomplete command
// and not a wrong value: so it is with the types of the device.
func multiWord(t TokenType) bool {
	switch t.(type) {
	case rangeType, addressType, maskType, wildcardType, macType, timeType:
		return false
	}
	return true
}

// offsetOf turns an offset counted over single blanks into one on the line.
func (m *matcher) offsetOf(at, bad int) int {
	for ; at < len(m.words)-1 && bad > len(m.words[at].Text); at++ {
		bad -= len(m.words[at].Text) + 1
	}
	return m.words[at].Offset + max(0, min(bad, len(m.words[at].Text)))
}

// into goes on behind a label that has read n words.
func (m *matcher) into(l *label, n int, s step) bool {
	word := m.words[s.at]
	b := binding{tok: l.tok, text: word.Text, words: m.texts[s.at : s.at+n], offset: word.Offset}
	switch {
	case l.tok.keyword():
		b.text = l.tok.text
	case l.tok.isLine():
		b.text = m.line[word.Offset:]
	case n > 1:
		last := m.words[s.at+n-1]
		b.text = m.line[word.Offset : last.Offset+len(last.Text)]
	}
	next := group{states: m.permitted(l.states)}
	if len(next.states) == len(l.states) {
		next.after = l.after
	}
	switch f := next.states[0].f; {
	case f == filterForm && m.command == nil:
		m.command, m.piped = s.end, len(m.bound)
		defer func() { m.command = nil }()
	case f == doForm:
		next = group{mode: m.exec, kept: m.kept}
	}
	m.bound = append(m.bound, b)
	found := m.walk(next, s.at+n, s.done)
	m.bound = m.bound[:len(m.bound)-1]
	return found
}

// permitted leaves out the states above the session's privilege.
func (m *matcher) permitted(states []state) []state {
	above := func(s state) bool { return s.f.cmd.Privilege > m.level }
	if m.level >= PrivilegedLevel || !slices.ContainsFunc(states, above) {
		return states
	}
	return slices.DeleteFunc(slices.Clone(states), above)
}

// allowed reports whether the session's privilege sees anything under the label.
func (m *matcher) allowed(l *label) bool {
	return slices.ContainsFunc(l.states, func(s state) bool { return s.f.cmd.Privilege <= m.level })
}

// fail notes how far along the line something could be accepted.
func (m *matcher) fail(column int) {
	if column > m.best.column {
		m.best.column = column
		if m.best.verdict == ambiguous {
			m.best.verdict = invalid
		}
	}
}

// finish is reached where all words are read.
func (m *matcher) finish(g group) bool {
	_, end := m.labels(g)
	if end == nil {
		m.best.verdict = max(m.best.verdict, incomplete)
		return false
	}
	m.best.verdict = matched
	bound := append([]binding(nil), m.bound...)
	if m.command != nil {
		m.best.filter = bound[m.piped:]
		bound, end = bound[:m.piped], m.command
	}
	if len(bound) > 0 && bound[0].tok == &doForm.tokens[0] {
		m.best.do = true
		bound = bound[1:]
	}
	end.rename(bound)
	if end.kind == formNo || end.kind == formDefault {
		bound = bound[1:]
	}
	m.best.form, m.best.bound = end, bound
	return true
}

// rename gives bindings, whose tokens stand for all forms that begin alike,
// the tokens of the form that was meant.
func (f *form) rename(bound []binding) {
	var try func(edges []edge, used uint64, i int) bool
	try = func(edges []edge, used uint64, i int) bool {
		for _, e := range edges {
			tok := &f.tokens[e.to]
			if used&e.mask != 0 || !tok.same(bound[i].tok) {
				continue
			}
			last := i == len(bound)-1
			if last && f.last[e.to] || !last && try(f.follow[e.to], used|e.mask, i+1) {
				bound[i].tok = tok
				return true
			}
		}
		return false
	}
	if len(bound) > 0 {
		try(f.first, 0, 0)
	}
}
