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
	words, err := lexGrammar(text)
	if err != nil {
		return nil, err
	}
	p := &grammarParser{words: words, types: types, syntax: new(syntax)}
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

// lexGrammar splits a grammar string into words, brackets and quoted help, which
// keeps its opening quote. A backslash makes an ordinary character of a bracket.
func lexGrammar(text string) ([]string, error) {
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
		case '"':
			flush()
			help, _, closed := strings.Cut(text[i+1:], `"`)
			if !closed {
				return nil, fmt.Errorf("the quote of %q is not closed", help)
			}
			words = append(words, `"`+help)
			i += len(help) + 1
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
	return words, nil
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
			tok, err := p.token()
			if err != nil {
				return nil, err
			}
			seq.kids = append(seq.kids, &node{op: 't', tok: len(p.syntax.tokens)})
			p.syntax.tokens = append(p.syntax.tokens, tok)
		}
	}
}

// token parses a keyword or a variable, and the help that may follow it.
func (p *grammarParser) token() (token, error) {
	word := p.peek()
	p.next++
	if word[0] == '"' {
		return token{}, fmt.Errorf("help %q follows no token", word[1:])
	}
	tok, err := newToken(word, p.types)
	if err != nil {
		return token{}, err
	}
	if help, quoted := strings.CutPrefix(p.peek(), `"`); quoted {
		p.next++
		tok.help = help
	}
	return tok, nil
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

// leading returns the elements of the syntax before its first bracket.
func (s *syntax) leading() []*node {
	for i, n := range s.tree.kids {
		if n.op != 't' {
			return s.tree.kids[:i]
		}
	}
	return s.tree.kids
}

// keywords counts the keywords that the syntax begins with.
func (s *syntax) keywords() int {
	leading := s.leading()
	for i, n := range leading {
		if !s.tokens[n.tok].keyword() {
			return i
		}
	}
	return len(leading)
}

// optional returns the syntax with all that follows its first keywords optional.
func (s *syntax) optional() *syntax {
	n := s.keywords()
	rest := &node{op: 's', kids: s.tree.kids[n:]}
	kids := append(s.tree.kids[:n:n], &node{op: '[', kids: []*node{rest}})
	return &syntax{tree: &node{op: 's', kids: kids}, tokens: s.tokens}
}
