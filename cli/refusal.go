package cli

// A refusal is what a session remembers of a line that was refused and was
// perhaps meant to open a mode. The lines under it are not for the object that
// was configured before: those indented deeper are refused as well, and the mode
// is left, so that the others fit at best as commands of configuration itself.
type refusal struct {
	active bool
	indent int  // of the line that was refused
	header bool // it begins as commands do that open a mode
	lines  int  // that were refused after it
}

type coverage int

const (
	notCovered  coverage = iota
	coveredLine          // the line stands under one that was refused
	coveredExit          // it ends what that one would have opened
)

// covers reports what a line is that may stand under a refused one.
func (r *refusal) covers(s *Session, line string) coverage {
	if !r.active || !s.InConfig() {
		r.active = false
		return notCovered
	}
	words := split(line)
	leaves := len(words) == 1 && (sameWord(words[0].Text, "exit") || sameWord(words[0].Text, "quit"))
	deeper := indentation(line) > r.indent
	switch {
	case leaves && (deeper || r.header && r.lines > 0):
		r.active = false
		return coveredExit
	case deeper && !(len(words) == 1 && sameWord(words[0].Text, "end")):
		r.lines++
		return coveredLine
	}
	return notCovered
}

// doubts reports whether a command is perhaps a line of the mode that was refused: it
// opens no mode, and its first word is an abbreviation.
func (r *refusal) doubts(p *parse) bool {
	if !r.active || !r.header || p.verdict != matched || p.do || p.form.cmd.Header || len(p.bound) == 0 {
		return false
	}
	first := p.bound[0]
	leaves := first.tok.is("exit") || first.tok.is("end")
	return first.tok.keyword() && !leaves && len(first.words[0]) < len(first.tok.text)
}

// note takes in what has become of a line.
func (r *refusal) note(s *Session, line string, p *parse, err error) {
	if err == nil || !s.InConfig() {
		r.active = false
		return
	}
	header := p.verdict == matched && p.form.kind == formSet && p.form.cmd.Header
	if p.verdict == matched && !header {
		return // its mode knows it
	}
	if r.active && r.header {
		r.lines++ // still under it, by hand
		return
	}
	top := s.top().mode // where it leaves a section that is kept, its first word was perhaps a header's
	leaves := p.verdict == ambiguous && top.Rest != nil && !top.above(split(line)[0].Text)
	if !header && (leaves || s.grammar.meansHeader(top, line, s.device, s.privilege)) {
		header = true
		s.unwind(s.frames[1].mode)
	}
	*r = refusal{active: true, indent: indentation(line), header: header}
}

// meansHeader reports whether a line that was refused was perhaps to open a mode:
// a mode above, or configuration itself, reads further into it than the mode that
// it was typed in does, up to where commands go on that open a mode.
//
// It was not, where the mode itself has more of its words in full (`ip policy` in an
// interface, before `ip policy-list`), or has the first and the line ends before it
// names anything (`ip access-list`).
func (g *Grammar) meansHeader(from *mode, line string, dev any, level int) bool {
	own, ownWords := -1, 0
	for _, start := range starts(from, nil) {
		m := newMatcher(g, line, dev, level)
		m.probe = &probe{word: -1}
		m.walk(start, 0, m.finish)
		nameless := from.Rest == nil && ownWords > 0 && m.probe.keywords == len(m.words)
		if m.probe.header && !nameless && m.probe.keywords >= ownWords && (max(m.best.column, m.probe.word) > own || start.mode.parent == nil && start.mode == from) {
			return true
		}
		if start.mode == from {
			ownWords = max(ownWords, m.probe.keywords)
		}
		if start.mode == from && m.best.verdict != matched { // an abbreviation that does not count has matched
			own = max(own, m.best.column)
		}
	}
	return false
}

// A probe notes whether the last word that a matcher has come to, or what has to
// follow it, is one of a command that opens a mode.
type probe struct {
	word     int // its offset
	header   bool
	keywords int // how many words the line begins with, at most, that are keywords in full
}

// count notes with how many keywords in full a line begins as it is read here.
func (p *probe) count(bound []binding) {
	n := 0
	for n < len(bound) && bound[n].tok.keyword() && len(bound[n].words[0]) == len(bound[n].tok.text) {
		n++
	}
	p.keywords = max(p.keywords, n)
}

func (p *probe) at(offset, n int, labels []label) {
	if n == 0 || offset < p.word {
		return
	}
	header := false
	for i := range labels {
		for _, st := range labels[i].states {
			header = header || st.f.kind == formSet && st.f.cmd.Header
		}
	}
	p.header = header || p.header && offset == p.word
	p.word = offset
}
