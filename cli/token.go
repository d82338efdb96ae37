package cli

import (
	"fmt"
	"strings"
)

// A HelpEntry is a line of `?` help: what may be typed, and what it means.
type HelpEntry struct{ Text, Help string }

// A TokenType is a kind of variable. The device registers its own with Compile.
type TokenType interface {
	// Match says how much of the words (those that remain on the line) it
	// accepts: n words eaten; ok a full match; partial that it could become
	// one if more was typed. bad is the offset, counted from the start of
	// words[0] with single blanks between words, of the first character
	// that cannot be accepted.
	Match(dev any, words []string) (n int, ok, partial bool, bad int)
	// Help is what `?` shows. An entry without Help takes the token's own.
	Help() []HelpEntry
}

// A Valuer is a TokenType that turns what it matched into a value, which
// Call.Value returns.
type Valuer interface {
	Value(dev any, words []string) any
}

// A DeviceHelper is a TokenType whose help depends on the device and on the
// words of the value that are typed already (`interface Ethernet ?`).
type DeviceHelper interface {
	HelpFor(dev any, typed []string) []HelpEntry
}

// A Phrase is a TokenType that reads the rest of the line by a grammar of its
// own, such as an entry of an access list. Its HelpFor lists what may follow
// the words typed; where Match accepts them the line may end there too.
type Phrase interface {
	TokenType
	DeviceHelper
	// Lacks tells why Match has refused the words: more must follow them, or
	// one begins several keywords; else one is wrong.
	Lacks(dev any, words []string) (more, clarity bool)
}

// A token is a leaf of a grammar string: a keyword or a variable.
type token struct {
	text string    // the keyword, or the type as written
	name string    // of a variable
	typ  TokenType // nil for a keyword
	help string
	rank int // of a variable: the more exact ones are tried first

	since string // the release that a keyword came with, "" for the first
	later bool   // than the release of the grammar: other keywords go before it
}

const (
	rankExact = iota
	rankWord
	rankLine
)

// String returns the token as a grammar string has it.
func (t *token) String() string {
	if t.keyword() {
		return t.text
	}
	return t.text + ":" + t.name
}

func (t *token) keyword() bool { return t.typ == nil }

// same reports whether two tokens read a word in the same way.
func (t *token) same(u *token) bool {
	return t.text == u.text && t.keyword() == u.keyword()
}

// is reports whether the token is known to handlers by this name.
func (t *token) is(name string) bool {
	if t.keyword() {
		return t.text == name
	}
	return t.name == name
}

func (t *token) isLine() bool { return t.rank == rankLine }

var (
	noToken      = &token{text: "no", help: "Negate a command"}
	defaultToken = &token{text: "default", help: "Set a command back to its default"}
)

// isVariable reports whether a word of a grammar string has the shape of a
// variable, TYPE:name. The keyword flash: has not.
func isVariable(word string) bool {
	colon := strings.LastIndexByte(word, ':')
	return colon > 0 && colon < len(word)-1
}

// newToken reads a word of a grammar string.
func newToken(word string, types map[string]TokenType) (token, error) {
	if colon := strings.LastIndexByte(word, ':'); isVariable(word) {
		typ, rank, err := typeOf(word[:colon], types)
		if err != nil {
			return token{}, err
		}
		if typ != nil {
			return token{text: word[:colon], name: word[colon+1:], typ: typ, rank: rank}, nil
		}
	}
	if typ, _, _ := typeOf(word, types); typ != nil {
		return token{}, fmt.Errorf("%s has no name", word)
	}
	word, since, _ := strings.Cut(strings.ReplaceAll(word, `\`, ""), "@")
	if word != strings.ToLower(word) {
		return token{}, fmt.Errorf("%q is neither a type nor a keyword", word)
	}
	return token{text: word, since: since}, nil
}

// typeOf finds the type that a variable names; nil if there is none.
func typeOf(name string, types map[string]TokenType) (TokenType, int, error) {
	if t, ok := types[name]; ok {
		return t, rankExact, nil
	}
	switch name {
	case "A.B.C.D":
		return addressType{}, rankExact, nil
	case "MASK":
		return maskType{}, rankExact, nil
	case "WILDCARD":
		return wildcardType{}, rankExact, nil
	case "H.H.H":
		return macType{}, rankExact, nil
	case "hh:mm:ss":
		return timeType{}, rankExact, nil
	case "WORD":
		return wordType{}, rankWord, nil
	case "LINE":
		return lineType{}, rankLine, nil
	}
	if strings.HasPrefix(name, "<") {
		t, err := newRange(name)
		return t, rankExact, err
	}
	return nil, 0, nil
}
