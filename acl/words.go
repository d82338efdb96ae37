package acl

import (
	"slices"
	"strconv"
	"strings"
)

// Problem says what is wrong with a line.
type Problem uint8

// The problems, which IOS reports as % Invalid input detected, % Incomplete
// command and % Ambiguous command.
const (
	Invalid Problem = iota
	Incomplete
	Ambiguous
)

// ParseError is a line that is not an entry. Word is the index of the
// offending word (the number of words where the line is incomplete), Offset
// the place in it, in bytes, of the first character that cannot be accepted.
type ParseError struct {
	Problem      Problem
	Word, Offset int
}

func (e *ParseError) Error() string {
	switch e.Problem {
	case Incomplete:
		return "% Incomplete command."
	case Ambiguous:
		return "% Ambiguous command: "
	}
	return "% Invalid input detected at '^' marker."
}

// Choice is a word that may come next, or what a value looks like.
type Choice struct{ Word, Help string }

// EndOfLine is the choice to type Return.
const EndOfLine = "<cr>"

type altKind uint8

const (
	altKeyword altKind = iota
	altNumber
	altAddress
	altName
	altEnd
)

// alternative is one thing that may stand at a place of a line.
type alternative struct {
	kind      altKind
	tag       int // how the grammar tells its alternatives apart
	word      string
	low, high uint32 // of a number; of a keyword low is its value
	help      string
}

func keyword(tag int, word, help string) alternative {
	return alternative{altKeyword, tag, word, 0, 0, help}
}

func numberIn(tag int, low, high uint32, help string) alternative {
	word := "<" + strconv.FormatUint(uint64(low), 10) + "-" + strconv.FormatUint(uint64(high), 10) + ">"
	return alternative{altNumber, tag, word, low, high, help}
}

func address(tag int, help string) alternative {
	return alternative{altAddress, tag, "A.B.C.D", 0, 0, help}
}

// name is any word.
func name(tag int, help string) alternative {
	return alternative{altName, tag, "WORD", 0, 0, help}
}

func namesOf(tag int, names []Name) []alternative {
	alts := make([]alternative, len(names))
	for i, n := range names {
		alts[i] = alternative{altKeyword, tag, n.Word, uint32(n.Value), 0, n.Help}
	}
	return alts
}

var endOfLine = alternative{kind: altEnd, tag: tagEnd, word: EndOfLine}

// reader walks the words of a line. After an incomplete or finished line
// choices are what could have come next.
type reader struct {
	words   []string
	next    int
	choices []Choice
}

// pick takes the next word as one of the alternatives and returns that one's
// tag and its value. Only where alts has the end of line may words run out.
func (r *reader) pick(alts ...[]alternative) (tag int, value uint32, err error) {
	if r.next >= len(r.words) {
		return r.end(alts)
	}
	w := r.words[r.next]
	var found *alternative
	best, matches := 0, 0
	for _, row := range alts {
		for i := range row {
			a := &row[i]
			ok, exact, offset, v := a.match(w)
			best = max(best, offset)
			switch {
			case exact:
				r.next++
				return a.tag, v, nil
			case ok:
				matches, found = matches+1, a
			}
		}
	}
	switch matches {
	case 1:
		r.next++
		return found.tag, found.low, nil
	case 0:
		return 0, 0, &ParseError{Invalid, r.next, best}
	}
	return 0, 0, &ParseError{Ambiguous, r.next, 0}
}

func (r *reader) end(alts [][]alternative) (int, uint32, error) {
	end := false
	for _, row := range alts {
		r.choices = slices.Grow(r.choices, len(row))
		for _, a := range row {
			end = end || a.kind == altEnd
			r.choices = append(r.choices, Choice{a.word, a.help})
		}
	}
	if end {
		return tagEnd, 0, nil
	}
	return 0, 0, &ParseError{Incomplete, len(r.words), 0}
}

// match reports whether w can be the alternative (ok for an abbreviation, exact
// for a whole word or a value), and how much of w is acceptable.
func (a *alternative) match(w string) (ok, exact bool, offset int, value uint32) {
	switch a.kind {
	case altKeyword:
		n := commonPrefix(w, a.word)
		return n == len(w) && n > 0, n == len(w) && n == len(a.word), n, a.low
	case altNumber:
		n := 0
		for n < len(w) && w[n] >= '0' && w[n] <= '9' {
			n++
		}
		if n == 0 || n < len(w) {
			return false, false, n, 0
		}
		v, err := strconv.ParseUint(w, 10, 32)
		if err != nil || uint32(v) < a.low || uint32(v) > a.high {
			return false, false, 0, 0
		}
		return false, true, n, uint32(v)
	case altName:
		fields := strings.Fields(w)
		return false, len(fields) == 1 && fields[0] == w, 0, 0
	case altAddress:
		v, n := parseAddress(w)
		return false, n < 0, max(n, 0), v
	}
	return false, false, 0, 0
}

func commonPrefix(w, word string) int {
	w = strings.ToLower(w)
	n := 0
	for n < len(w) && n < len(word) && w[n] == word[n] {
		n++
	}
	return n
}

// parseAddress reads a dotted address. bad is -1, or the offset of the first
// character that cannot be accepted (the length of w where more is needed).
func parseAddress(w string) (v uint32, bad int) {
	octet, digits, octets := uint32(0), 0, 0
	for i := 0; i < len(w); i++ {
		switch c := w[i]; {
		case c >= '0' && c <= '9' && digits < 3 && octet*10+uint32(c-'0') <= 255:
			octet = octet*10 + uint32(c-'0')
			digits++
		case c == '.' && digits > 0 && octets < 3:
			v, octet, digits = v<<8|octet, 0, 0
			octets++
		default:
			return 0, i
		}
	}
	if octets < 3 || digits == 0 {
		return 0, len(w)
	}
	return v<<8 | octet, -1
}
