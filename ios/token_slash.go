package ios

import (
	"strconv"

	"github.com/ioslab/ioslab/cli"
)

// slashType is the length of a prefix behind a slash: /24.
type slashType struct{}

// Match accepts /1 to /32.
func (slashType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := words[0]
	if word[0] != '/' {
		return 0, false, false, 0
	}
	if len(word) == 1 {
		return 0, false, true, 0
	}
	bits, err := strconv.Atoi(word[1:])
	if err != nil || word[1] == '+' || bits < 1 || bits > 32 {
		return 0, false, false, 1
	}
	return 1, true, true, len(word)
}

// Help is what may be typed.
func (slashType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "/nn"}} }

// Value is the length.
func (slashType) Value(_ any, words []string) any {
	bits, _ := strconv.Atoi(words[0][1:])
	return bits
}
