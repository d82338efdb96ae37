package cli

import "fmt"

// Prefixes is the help of the words that several commands begin with, declared
// once for all of them: by mode, and there by the words from the start of the
// command up to the word itself (`show`, `show crypto`), as in its grammar.
type Prefixes map[string]map[string]string

// fill gives the words that the syntax begins with their shared help, where
// they have none of their own.
func (p Prefixes) fill(s *syntax, mode string) {
	words := ""
	for _, n := range s.leading() {
		tok := &s.tokens[n.tok]
		words += tok.String()
		if tok.help == "" {
			tok.help = p[mode][words]
		}
		words += " "
	}
}

// borrowHelp gives the tokens of a No grammar that have no help of their own
// that of the same tokens of the Grammar: the first that has not lent it yet,
// else the last.
func (s *syntax) borrowHelp(from *syntax) {
	lent := make([]bool, len(from.tokens))
	for i := range s.tokens {
		tok := &s.tokens[i]
		if tok.help != "" {
			continue
		}
		for j := range from.tokens {
			if from.tokens[j].String() != tok.String() {
				continue
			}
			tok.help = from.tokens[j].help
			if !lent[j] {
				lent[j] = true
				break
			}
		}
	}
}

// fillHelp gives all tokens without help the same.
func (s *syntax) fillHelp(help string) {
	for i := range s.tokens {
		if s.tokens[i].help == "" {
			s.tokens[i].help = help
		}
	}
}

// checkHelp reports a token that has no help.
func (s *syntax) checkHelp() error {
	for i := range s.tokens {
		if s.tokens[i].help == "" {
			return fmt.Errorf("no help for %q", s.tokens[i].String())
		}
	}
	return nil
}
