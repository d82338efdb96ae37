package cli

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// The built-in token types. Where a value is well-formed but cannot be (a
// number out of range, an address that is too short) IOS puts the caret under
// its first character; where a character cannot stand, under that character.

// rangeType is a number within bounds.
type rangeType struct {
	low, high uint64
	text      string
}

func newRange(text string) (TokenType, error) {
	inner, closed := strings.CutSuffix(strings.TrimPrefix(text, "<"), ">")
	low, high, found := strings.Cut(inner, "-")
	if !closed || !found {
		return nil, fmt.Errorf("%s is no range", text)
	}
	a, err1 := strconv.ParseUint(low, 10, 63)
	b, err2 := strconv.ParseUint(high, 10, 63)
	if err1 != nil || err2 != nil || a > b {
		return nil, fmt.Errorf("%s is no range", text)
	}
	return rangeType{a, b, text}, nil
}

func (t rangeType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := words[0]
	n = digits(word)
	v, err := strconv.ParseUint(word[:n], 10, 63)
	switch {
	case err != nil || v > t.high:
		return 0, false, false, 0
	case n < len(word):
		return 0, false, false, n
	case v < t.low:
		return 0, false, true, 0
	}
	return 1, true, true, len(word)
}

func (t rangeType) Help() []HelpEntry { return []HelpEntry{{Text: t.text}} }

func (t rangeType) Value(_ any, words []string) any {
	v, _ := strconv.Atoi(words[0])
	return v
}

// digits counts the digits that a word begins with.
func digits(word string) int {
	n := 0
	for n < len(word) && word[n] >= '0' && word[n] <= '9' {
		n++
	}
	return n
}

// addressType is an IPv4 address.
type addressType struct{}

func (addressType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	return matchAddress(words[0])
}

func (addressType) Help() []HelpEntry { return []HelpEntry{{Text: "A.B.C.D"}} }

func (addressType) Value(_ any, words []string) any {
	addr, _ := parseAddress(words[0])
	return addr
}

func matchAddress(word string) (n int, ok, partial bool, bad int) {
	dots, octet, length := 0, 0, 0
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c == '.' && length > 0 && dots < 3:
			dots, octet, length = dots+1, 0, 0
		case c >= '0' && c <= '9' && length < 4 && octet*10+int(c-'0') <= 255:
			octet, length = octet*10+int(c-'0'), length+1
		default:
			return 0, false, false, i
		}
	}
	if dots < 3 || length == 0 {
		return 0, false, true, 0
	}
	return 1, true, true, len(word)
}

// parseAddress reads an address that matchAddress has accepted; unlike
// netip.ParseAddr it takes leading zeros, as IOS does.
func parseAddress(word string) (netip.Addr, bool) {
	if _, ok, _, _ := matchAddress(word); !ok {
		return netip.Addr{}, false
	}
	octets := make([]byte, 0, 4)
	for part := range strings.SplitSeq(word, ".") {
		v, _ := strconv.Atoi(part)
		octets = append(octets, byte(v))
	}
	return netip.AddrFrom4([4]byte(octets)), true
}

// maskType is a netmask: ones, then zeros.
type maskType struct{ addressType }

func (maskType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	n, ok, partial, bad = matchAddress(words[0])
	if ok && !contiguous(words[0]) {
		return 0, false, false, 0
	}
	return n, ok, partial, bad
}

func contiguous(word string) bool {
	addr, _ := parseAddress(word)
	b := addr.As4()
	host := ^(uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]))
	return host&(host+1) == 0
}

// wildcardType is a mask of the bits that do not matter, of any pattern.
type wildcardType struct{ addressType }

// wordType is any one word.
type wordType struct{}

func (wordType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	return 1, true, true, len(words[0])
}

func (wordType) Help() []HelpEntry { return []HelpEntry{{Text: "WORD"}} }

// lineType is the rest of the line, blanks and all.
type lineType struct{}

func (lineType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	return len(words), true, true, 0
}

func (lineType) Help() []HelpEntry { return []HelpEntry{{Text: "LINE"}} }

// macType is a hardware address in three groups.
type macType struct{}

func (macType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := words[0]
	groups, length := 1, 0
	for i := 0; i < len(word); i++ {
		switch c := word[i] | 0x20; {
		case word[i] == '.' && length > 0 && groups < 3:
			groups, length = groups+1, 0
		case (word[i] >= '0' && word[i] <= '9' || c >= 'a' && c <= 'f') && length < 4:
			length++
		default:
			return 0, false, false, i
		}
	}
	if groups < 3 || length == 0 {
		return 0, false, true, 0
	}
	return 1, true, true, len(word)
}

func (macType) Help() []HelpEntry { return []HelpEntry{{Text: "H.H.H"}} }

// timeType is a time of day.
type timeType struct{}

func (timeType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := words[0]
	colons, value, length := 0, 0, 0
	for i := 0; i < len(word); i++ {
		limit := 60
		if colons == 0 {
			limit = 24
		}
		switch c := word[i]; {
		case c == ':' && length > 0 && colons < 2:
			colons, value, length = colons+1, 0, 0
		case c >= '0' && c <= '9' && length < 2 && value*10+int(c-'0') < limit:
			value, length = value*10+int(c-'0'), length+1
		default:
			return 0, false, false, i
		}
	}
	if colons < 2 || length == 0 {
		return 0, false, true, 0
	}
	return 1, true, true, len(word)
}

func (timeType) Help() []HelpEntry { return []HelpEntry{{Text: "hh:mm:ss"}} }
