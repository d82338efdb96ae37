package cli

import "slices"

// A Completer is a TokenType that can complete what is typed of a value.
type Completer interface {
	// Complete returns the whole word, with a blank after it if more may
	// not be added to the word itself.
	Complete(dev any, word string) (whole string, ok bool)
}

// complete returns the line after Tab: with its last word completed, if there
// is just one way to do so.
func (g *Grammar) complete(from *mode, line string, dev any, level int) string {
	whole, word := lastWord(line)
	if word == "" {
		return line
	}
	for _, start := range starts(from, nil) {
		p, v := g.placeAt(start, whole, dev, level)
		if v != matched {
			continue
		}
		switch found := distinct(p.completions(word)); len(found) {
		case 0:
		case 1:
			return whole + found[0]
		default:
			return line
		}
	}
	return line
}

// distinct leaves out words that several variables complete alike.
func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// completions lists what a word may become; only itself, if it is a whole keyword.
func (p *place) completions(word string) []string {
	var found, later []string
	for _, l := range p.shown() {
		if c, ok := l.tok.typ.(Completer); ok {
			if whole, ok := c.Complete(p.m.dev, word); ok {
				found = append(found, whole)
			}
		}
		if phrase(l.tok) {
			found = append(found, p.phraseWords(l.tok, word)...)
		}
		if !l.tok.keyword() || sharedPrefix(word, l.tok.text) < len(word) {
			continue
		}
		if len(word) == len(l.tok.text) {
			return []string{l.tok.text + " "}
		}
		if l.later {
			later = append(later, l.tok.text+" ")
		} else {
			found = append(found, l.tok.text+" ")
		}
	}
	if len(found) == 0 {
		return later
	}
	return found
}

// phraseWords lists the keywords of a phrase that begin with the word.
func (p *place) phraseWords(tok *token, word string) []string {
	var found []string
	for _, e := range p.valueEntries(tok, word) {
		switch {
		case placeholder(e.Text):
		case len(e.Text) == len(word):
			return []string{e.Text + " "}
		default:
			found = append(found, e.Text+" ")
		}
	}
	return found
}
