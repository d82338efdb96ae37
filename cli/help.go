package cli

import (
	"sort"
	"strings"
)

// crEntry is how help says that the line may end.
const crEntry = "<cr>"

// sortLabels puts labels in the order of help: capitals and ranges come before
// keywords, as in ASCII.
func sortLabels(labels []label) {
	sort.SliceStable(labels, func(i, j int) bool { return labels[i].tok.text < labels[j].tok.text })
}

// A place is where a line stands that may go on.
type place struct {
	m      *matcher
	labels []label
	end    bool     // the line may end here
	inside *label   // the line stops inside the value of a variable
	typed  []string // of which these words are there
}

// placeAt follows a line of whole words from a start.
func (g *Grammar) placeAt(start group, line string, dev any, level int) (place, verdict) {
	m := newMatcher(g, line, dev, level)
	p := place{m: m}
	found := m.walk(start, 0, func(g group) bool {
		labels, end := m.labels(g)
		p.labels, p.end = labels, end != nil
		if n := len(m.bound); n > 0 {
			if last := m.bound[n-1]; phrase(last.tok) {
				p.inside, p.typed = &label{tok: last.tok, states: g.states}, last.words
			}
		}
		return true
	})
	if found {
		return p, matched
	}
	if m.inside != nil {
		p.inside, p.typed = m.inside, m.insideWords
		return p, matched
	}
	return p, m.best.verdict
}

// shown lists the labels that help and Tab know of.
func (p *place) shown() []*label {
	labels := p.labels
	if p.inside != nil {
		labels = []label{*p.inside}
	}
	var shown []*label
	for i := range labels {
		if l := &labels[i]; !l.hidden() && p.m.allowed(l) {
			shown = append(shown, l)
		}
	}
	return shown
}

// entries lists the help for a place; prefix is the beginning of the next word.
func (p *place) entries(prefix string) []HelpEntry {
	var list []HelpEntry
	for _, l := range p.shown() {
		if l.tok.keyword() {
			if sharedPrefix(prefix, l.tok.text) == len(prefix) {
				list = append(list, HelpEntry{l.tok.text, l.tok.help})
			}
			continue
		}
		list = append(list, p.valueEntries(l.tok, prefix)...)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Text < list[j].Text })
	return unique(list)
}

// phrase reports whether a token is a Phrase.
func phrase(t *token) bool {
	_, ok := t.typ.(Phrase)
	return ok
}

// valueEntries lists the help for a variable.
func (p *place) valueEntries(tok *token, prefix string) []HelpEntry {
	dev := p.m.dev
	list := tok.typ.Help()
	if h, ok := tok.typ.(DeviceHelper); ok {
		list = h.HelpFor(dev, p.typed)
	}
	list = append([]HelpEntry(nil), list...)
	for i := range list {
		if list[i].Help == "" {
			list[i].Help = tok.help
		}
	}
	if prefix == "" {
		return list
	}
	var named, placeholders []HelpEntry
	for _, e := range list {
		switch {
		case sharedPrefix(prefix, strings.ToLower(e.Text)) == len(prefix) && !placeholder(e.Text):
			named = append(named, e)
		case placeholder(e.Text):
			placeholders = append(placeholders, e)
		}
	}
	if len(named) > 0 {
		return named
	}
	if h, ok := tok.typ.(DeviceHelper); ok && strings.HasSuffix(prefix, "/") { // a value of parts, as FastEthernet0/1
		return h.HelpFor(dev, append(append([]string(nil), p.typed...), prefix))
	}
	_, ok, partial, _ := tok.typ.Match(dev, append(append([]string(nil), p.typed...), prefix))
	if ok || partial {
		return placeholders
	}
	return nil
}

// placeholder tells the entries that stand for a value from those that are
// typed as they are.
func placeholder(text string) bool {
	return strings.HasPrefix(text, "<") || strings.ContainsAny(text, ".:") || text == strings.ToUpper(text)
}

func unique(list []HelpEntry) []HelpEntry {
	var kept []HelpEntry
	for i, e := range list {
		if i == 0 || e.Text != list[i-1].Text {
			kept = append(kept, e)
		}
	}
	return kept
}

// help returns what `?` prints after a line: of the first mode that has
// anything to say.
func (g *Grammar) help(from *mode, line string, dev any, level, width int) string {
	whole, prefix := lastWord(line)
	worst := invalid
	for _, start := range starts(from, nil) {
		p, v := g.placeAt(start, whole, dev, level)
		worst = max(worst, v)
		if v != matched {
			continue
		}
		list := p.entries(prefix)
		switch {
		case prefix != "" && len(list) > 0:
			return columns(list, width) + "\n"
		case prefix != "":
			continue
		case p.end:
			list = append(list, HelpEntry{Text: crEntry})
		}
		title := ""
		if strings.TrimSpace(whole) == "" {
			if from.Rest != nil {
				list = from.Rest.among(list)
			}
			if from.Title != "" {
				title = from.Title + "\n"
			}
		}
		return title + table(list) + "\n"
	}
	switch {
	case worst == ambiguous:
		return textAmbiguous(line) + "\n"
	case from.Rest != nil:
		return table([]HelpEntry{from.Rest.entry(), {Text: crEntry}}) + "\n"
	}
	return textUnknown + "\n"
}

// lastWord parts a line from the word that is being typed.
func lastWord(line string) (whole, word string) {
	i := strings.LastIndexAny(line, " \t") + 1
	return line[:i], line[i:]
}

// table lays out entries with their help.
func table(list []HelpEntry) string {
	longest := 0
	for _, e := range list {
		longest = max(longest, len(e.Text))
	}
	var out strings.Builder
	for _, e := range list {
		line := "  " + e.Text
		if e.Help != "" {
			line += strings.Repeat(" ", longest+2-len(e.Text)) + e.Help
		}
		out.WriteString(line + "\n")
	}
	return out.String()
}

// columns lays out words side by side.
func columns(list []HelpEntry, width int) string {
	if width <= 0 {
		width = DefaultWidth
	}
	for n := len(list); ; n-- {
		widths := make([]int, n)
		total := 0
		for i, e := range list {
			widths[i%n] = max(widths[i%n], len(e.Text)+2)
		}
		for _, w := range widths {
			total += w
		}
		if total > width && n > 1 {
			continue
		}
		var out strings.Builder
		for i, e := range list {
			if i%n == n-1 || i == len(list)-1 {
				out.WriteString(e.Text + "\n")
			} else {
				out.WriteString(e.Text + strings.Repeat(" ", widths[i%n]-len(e.Text)))
			}
		}
		return out.String()
	}
}

// showHelp prints help for a line and shows the line again.
func (s *Session) showHelp(line string) {
	text := s.grammar.help(s.top().mode, line, s.device, s.privilege, s.term.width)
	s.carried = s.editor.Text()
	s.start("", func() { s.call("").Print(text) })
}
