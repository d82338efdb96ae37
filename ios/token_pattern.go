package ios

import (
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// patternType is sixteen bits in hexadecimal.
type patternType struct{}

// Match accepts up to four digits, with or without 0x before them.
func (patternType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	w := words[0]
	digits := hexDigits(w)
	for i := range len(digits) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(digits[i])) || i >= 4 {
			return 0, false, false, len(w) - len(digits) + i
		}
	}
	if digits == "" {
		return 0, false, true, len(w)
	}
	return 1, true, true, len(w)
}

func hexDigits(w string) string {
	if len(w) > 1 && w[0] == '0' && w[1]|0x20 == 'x' {
		return w[2:]
	}
	return w
}

// Help is what `?` shows.
func (patternType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "0-FFFF"}} }

// Value is the number as a uint16.
func (patternType) Value(_ any, words []string) any {
	v, _ := strconv.ParseUint(hexDigits(words[0]), 16, 16)
	return uint16(v)
}
