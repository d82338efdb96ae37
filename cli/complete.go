package cli

// A Completer is a TokenType that can complete what is typed of a value.
type Completer interface {
	Complete(dev any, word string) (whole string, ok bool)
}

// complete returns the line after Tab: with its last word completed, if there
// is just one way to do so.
func (g *Grammar) complete(md *mode, line string, dev any, level int) string {
	if endsInBlank(line) {
		return line
	}
	words := split(line)
	last := words[len(words)-1]
	p := g.placeOf(md, line[:last.Offset], dev, level)
	if p.verdict != matched {
		return line
	}
	var found []string
	for i := range p.labels {
		l := &p.labels[i]
		if l.hidden() || !p.labelsM.allowed(l) {
			continue
		}
		if l.tok.keyword() {
			switch sharedPrefix(last.Text, l.tok.text) {
			case len(l.tok.text):
				if len(last.Text) == len(l.tok.text) {
					return line[:last.Offset] + l.tok.text + " "
				}
			case len(last.Text):
				found = append(found, l.tok.text+" ")
			}
		} else if c, ok := l.tok.typ.(Completer); ok {
			if whole, ok := c.Complete(dev, last.Text); ok {
				found = append(found, whole)
			}
		}
	}
	if len(found) != 1 {
		return line
	}
	return line[:last.Offset] + found[0]
}
