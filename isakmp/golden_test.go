package isakmp_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

// golden compares records, masked but with every blank, with a file, in which ¶
// ends a line so that trailing blanks show.
func golden(t *testing.T, name string, records []string) {
	t.Helper()
	got := masked(strings.Join(records, "\n"))
	for i := range got {
		got[i] += "¶"
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := diff(got, strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")); d != "" {
		t.Errorf("%s: %s", name, d)
	}
}
