package ios

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var since = regexp.MustCompile(`@[0-9.]+T?`)

// What only one command begins with has its help there.
func TestPrefixesAreShared(t *testing.T) {
	for mode, list := range prefixes {
		for words := range list {
			users := 0
			for _, row := range grammarOf(DefaultVersion).Commands() {
				grammar := since.ReplaceAllString(strings.Join(strings.Fields(row.Grammar), " "), "")
				if slices.Contains(row.Modes, mode) && strings.HasPrefix(grammar, words+" ") {
					users++
				}
			}
			if users < 2 {
				t.Errorf("%d commands of %s begin with %q", users, mode, words)
			}
		}
	}
}
