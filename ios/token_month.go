package ios

import (
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
)

// monthType is the English name of a month, as short as it is clear.
type monthType struct{}

// Match accepts what only one month begins with.
func (monthType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	word := strings.ToLower(words[0])
	matches := 0
	for m := time.January; m <= time.December; m++ {
		shared := sharedLength(word, strings.ToLower(m.String()))
		bad = max(bad, shared)
		if shared == len(word) {
			matches++
		}
	}
	switch {
	case matches == 1:
		return 1, true, true, len(word)
	case matches > 1:
		return 0, false, true, 0
	}
	return 0, false, false, bad
}

// Help is what `?` shows.
func (monthType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "MONTH"}} }

// Value is the time.Month.
func (monthType) Value(_ any, words []string) any {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(words[0])) {
			return m
		}
	}
	return time.January
}
