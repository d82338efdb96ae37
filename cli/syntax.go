package cli

import (
	"errors"
	"fmt"
	"strings"
)

// A syntax is a parsed grammar string.
type syntax struct {
	tree   *node
	tokens []token // the leaves in order
}

// node is an element of a grammar string.
type node struct {
	op   byte // 't' token, 's' sequence, '(' choice, '[' optional, '{' any order
	tok  int
	kids []*node
}

// parseGrammar parses a grammar string.
func parseGrammar(text string, types map[string]TokenType) (*syntax, error) {
	p := &grammarParser{words: lexGrammar(text), types: types, syntax: new(syntax)}
	tree, err := p.sequence()
	if err != nil {
		return nil, err
	}
	if p.next < len(p.words) {
		return nil, fmt.Errorf("unexpected %q", p.words[p.next])
	}
	if len(p.syntax.tokens) == 0 {
		return nil, errors.New("empty grammar")
	}
	p.syntax.tree = tree
	return p.syntax, nil
}

// lexGrammar splits a grammar string into words and brackets. A backslash
// makes an ordinary character of a bracket.
func lexGrammar(text string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case ' ', '\t', '\n':
			flush()
		case '(', ')', '[', ']', '{', '}', '|':
			flush()
			words = append(words, string(c))
		case '\\':
			if i+1 < len(text) {
				i++
				word.WriteString(`\` + text[i:i+1])
			}
		default:
			word.WriteByte(c)
		}
	}
	flush()
	return words
}

type grammarParser struct {
	words  []string
	next   int
	depth  int
	parts  int // of all { }
	types  map[string]TokenType
	syntax *syntax
}

// maxNesting bounds the recursion; no command comes near it.
const maxNesting = 32

// maxParts is how many bits an edge's mask has.
const maxParts = 64

func (p *grammarParser) peek() string {
	if p.next < len(p.words) {
		return p.words[p.next]
	}
	return ""
}

func (p *grammarParser) sequence() (*node, error) {
	seq := &node{op: 's'}
	for {
		switch w := p.peek(); w {
		case "", ")", "]", "}", "|":
			return seq, nil
		case "(", "[", "{":
			n, err := p.bracket(w[0])
			if err != nil {
				return nil, err
			}
			seq.kids = append(seq.kids, n)
		default:
			p.next++
			tok, err := newToken(w, p.types)
			if err != nil {
				return nil, err
			}
			seq.kids = append(seq.kids, &node{op: 't', tok: len(p.syntax.tokens)})
			p.syntax.tokens = append(p.syntax.tokens, tok)
		}
	}
}

// bracket parses ( ), [ ] or { } with its alternatives.
func (p *grammarParser) bracket(open byte) (*node, error) {
	p.next++
	if p.depth++; p.depth > maxNesting {
		return nil, errors.New("brackets nested too deeply")
	}
	defer func() { p.depth-- }()
	n := &node{op: open}
	for {
		alternative, err := p.sequence()
		if err != nil {
			return nil, err
		}
		if len(alternative.kids) == 0 {
			return nil, fmt.Errorf("empty alternative in %q", open)
		}
		n.kids = append(n.kids, alternative)
		if open == '{' {
			if p.parts++; p.parts > maxParts {
				return nil, errors.New("too many parts in {}")
			}
		}
		closing := p.peek()
		p.next++
		switch {
		case closing == "|":
		case closing == closingOf(open):
			return n, nil
		default:
			return nil, fmt.Errorf("%q is not closed", open)
		}
	}
}

func closingOf(open byte) string {
	switch open {
	case '(':
		return ")"
	case '[':
		return "]"
	}
	return "}"
}

// borrowHelp gives the tokens of a No grammar the help of the same tokens of
// the Grammar, and the rest the lines of help that are left over.
func (s *syntax) borrowHelp(from *syntax, extra []string) ([]string, error) {
	taken := make([]bool, len(from.tokens))
next:
	for i := range s.tokens {
		tok := &s.tokens[i]
		for j := range from.tokens {
			if !taken[j] && from.tokens[j].same(tok) && from.tokens[j].name == tok.name {
				taken[j] = true
				tok.help = from.tokens[j].help
				continue next
			}
		}
		if len(extra) == 0 {
			return nil, fmt.Errorf("no help for %q of the no form", tok.text)
		}
		tok.help, extra = extra[0], extra[1:]
	}
	return extra, nil
}
