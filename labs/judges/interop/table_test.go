//go:build linux

package interop

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
)

const readme = "README.md"

// A table has the results of a run.
type table struct {
	mu      sync.Mutex
	rows    []row
	results map[[2]int]bool
}

func newTable(rows []row) *table {
	return &table{rows: rows, results: map[[2]int]bool{}}
}

func (b *table) passed(row int, lead side, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.results[[2]int{row, int(lead)}] = ok
}

// text is the table as README.md has it.
func (b *table) text(version string) string {
	var w strings.Builder
	fmt.Fprintf(&w, "With %s (written by the last run with `-update`):\n\n", version)
	w.WriteString("| case | ioslab leads | strongSwan leads |\n|---|---|---|\n")
	for i, r := range b.rows {
		fmt.Fprintf(&w, "| %s |", r.name)
		for _, lead := range sides {
			result := "fails"
			if b.results[[2]int{i, int(lead)}] {
				result = "passes"
			}
			fmt.Fprintf(&w, " %s |", result)
		}
		w.WriteString("\n")
	}
	return w.String()
}

var tablePart = regexp.MustCompile(`(?s)(<!-- table -->\n).*(<!-- end -->)`)

// versionLine may differ where the peer was updated.
var versionLine = regexp.MustCompile(`(?m)^With .* \(written`)

// check holds the table against README.md, or writes it there. A run of a part
// of the cases says nothing about the table.
func (b *table) check(t *testing.T) {
	if len(b.results) < len(b.rows)*len(sides) {
		return
	}
	old, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if !tablePart.Match(old) {
		t.Fatalf("%s has no place for the table", readme)
	}
	made := tablePart.ReplaceAllString(string(old), "${1}"+strings.ReplaceAll(b.text(peerVersion(t)), "$", "$$")+"${2}")
	if *update {
		if err := os.WriteFile(readme, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	plain := func(s string) string { return versionLine.ReplaceAllString(s, "") }
	if plain(made) != plain(string(old)) {
		t.Errorf("%s does not hold this run's table; run the tests with -update", readme)
	}
}
