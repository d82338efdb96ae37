package cli

import (
	"errors"
	"strings"
)

// Resolve tells what a line means in a mode: the line with its keywords in
// full, single blanks between its words. The error is what a user would see.
func (g *Grammar) Resolve(mode, line string, dev any, level int) (string, error) {
	p := g.match(g.modes[mode], nil, false, line, dev, level)
	switch p.verdict {
	case matched:
		return p.spelled(), nil
	case ambiguous:
		return "", errors.New(textAmbiguous(line))
	case incomplete:
		return "", &LineError{Column: -1, Message: textIncomplete}
	}
	return "", &LineError{Column: p.column, Message: textInvalid}
}

// A Speller is a TokenType whose words have one way to be written.
type Speller interface {
	Spell(words []string) string
}

// Spelled returns the command in full, without the filter or the `no` that was typed.
func (c *Call) Spelled() string { return spell(c.bound) }

// Lead returns the keywords that the command begins with, in full, up to its first
// variable.
func (c *Call) Lead() string {
	n := 0
	for n < len(c.bound) && c.bound[n].tok.keyword() {
		n++
	}
	return spell(c.bound[:n])
}

func spell(bound []binding) string {
	var words []string
	for _, b := range bound {
		text := b.text
		if s, ok := b.tok.typ.(Speller); ok {
			text = s.Spell(b.words)
		}
		words = append(words, strings.TrimRight(text, " \t"))
	}
	return strings.Join(words, " ")
}

// spelled is the line that was matched, in full.
func (p *parse) spelled() string {
	var words []string
	if p.do {
		words = append(words, doForm.tokens[0].text)
	}
	switch p.form.kind {
	case formNo:
		words = append(words, noToken.text)
	case formDefault:
		words = append(words, defaultToken.text)
	}
	for _, b := range append(p.bound[:len(p.bound):len(p.bound)], p.filter...) {
		words = append(words, b.text)
	}
	return strings.Join(words, " ")
}
