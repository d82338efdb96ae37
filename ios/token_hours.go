package ios

import (
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// hoursType is an offset from UTC in hours, with its sign.
type hoursType struct{}

// Match accepts -23 to 23.
func (hoursType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	w := words[0]
	if w == "-" {
		return 0, false, true, 1
	}
	digits := strings.TrimPrefix(w, "-")
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false, false, len(w) - len(digits) + i
		}
	}
	v, err := strconv.Atoi(w)
	if err != nil || v < -23 || v > 23 {
		return 0, false, false, 0
	}
	return 1, true, true, len(w)
}

// Help is what `?` shows.
func (hoursType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "<-23 - 23>"}} }

// Value is the number.
func (hoursType) Value(_ any, words []string) any {
	v, _ := strconv.Atoi(words[0])
	return v
}
