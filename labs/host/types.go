package host

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// prefixType is an address with or without a prefix length: 10.0.0.2/24.
type prefixType struct{}

func (prefixType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := words[0]
	if _, err := parsePrefix(word); err == nil {
		return 1, true, true, len(word)
	}
	if bad = wrongInPrefix(word); bad < len(word) {
		return 0, false, false, bad
	}
	return 0, false, len(words) == 1, 0 // too short, and not just not typed to its end yet
}

// wrongInPrefix is the place of the first character that cannot stand there.
func wrongInPrefix(word string) int {
	dots, value, digits, slash := 0, 0, 0, false
	for i := range len(word) {
		most := 255
		if slash {
			most = 32
		}
		switch c := word[i]; {
		case c >= '0' && c <= '9' && value*10+int(c-'0') <= most && (digits == 0 || value > 0):
			value, digits = value*10+int(c-'0'), digits+1
		case c == '.' && digits > 0 && dots < 3:
			dots, value, digits = dots+1, 0, 0
		case c == '/' && digits > 0 && dots == 3 && !slash:
			value, digits, slash = 0, 0, true
		default:
			return i
		}
	}
	return len(word)
}

func (prefixType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "A.B.C.D/N"}} }

func (prefixType) Value(_ any, words []string) any {
	p, _ := parsePrefix(words[0]) // Match has accepted it
	return p
}

func parsePrefix(word string) (netip.Prefix, error) {
	if !strings.Contains(word, "/") {
		a, err := netip.ParseAddr(word)
		if err == nil && !a.Is4() {
			return netip.Prefix{}, strconv.ErrSyntax
		}
		return netip.PrefixFrom(a, 32), err
	}
	p, err := netip.ParsePrefix(word)
	if err == nil && !p.Addr().Is4() {
		err = strconv.ErrSyntax
	}
	return p, err
}

// secondsType is a time in seconds, which may have a fraction: 0.2.
type secondsType struct{}

const (
	minSeconds = 0.002
	maxSeconds = 3600
)

func (secondsType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word, point := words[0], false
	for i := range len(word) {
		if word[i] == '.' && !point {
			point = true
		} else if word[i] < '0' || word[i] > '9' {
			return 0, false, false, i
		}
	}
	if f, err := strconv.ParseFloat(word, 64); err != nil || f < minSeconds || f > maxSeconds {
		return 0, false, len(words) == 1 && err == nil && f < minSeconds, 0
	}
	return 1, true, true, len(word)
}

func (secondsType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "<0.002-3600>"}} }

func (secondsType) Value(_ any, words []string) any {
	f, _ := strconv.ParseFloat(words[0], 64) // Match has accepted it
	return time.Duration(f*1e6+0.5) * time.Microsecond
}
