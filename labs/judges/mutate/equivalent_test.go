package main

import (
	"strings"
	"testing"
)

const entry = `# A comment.

esp/replay.go Window.Check
- if seq > w.last {
+ if seq >= w.last {
An equal number
has been refused.

esp/replay.go
- const a = 1
+
Nothing reads it.
`

func TestEquivalents(t *testing.T) {
	all, err := readEquivalents(entry)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.list) != 2 || all.list[0].reason != "An equal number has been refused." || all.list[1].line != 9 {
		t.Fatalf("got %+v", all.list)
	}
	s := &subject{folder: "esp"}
	named := mutant{file: "replay.go", function: "Window.Check", before: "if seq > w.last {", after: "if seq >= w.last {"}
	removal := mutant{file: "replay.go", before: "const a = 1"}
	for _, tt := range []struct {
		name   string
		change func(*mutant)
		want   bool
	}{
		{"the same", func(*mutant) {}, true},
		{"another file", func(m *mutant) { m.file = "seal.go" }, false},
		{"another function", func(m *mutant) { m.function = "Window.Newest" }, false},
		{"another line", func(m *mutant) { m.before = "if seq > 0 {" }, false},
		{"another change", func(m *mutant) { m.after = "if seq < w.last {" }, false},
	} {
		m := named
		tt.change(&m)
		if all.mark(s, []*mutant{&m}); all.covers(&m) != tt.want {
			t.Errorf("%s: covered %v", tt.name, !tt.want)
		}
	}
	if unused := all.unused("esp"); len(unused) != 1 || unused[0] != all.list[1] {
		t.Errorf("unused: %+v", unused)
	}
	if unused := all.unused("isakmp"); len(unused) != 0 {
		t.Errorf("unused of another package: %+v", unused)
	}
	if all.mark(s, []*mutant{&removal}); !all.covers(&removal) || len(all.unused("esp")) != 0 {
		t.Error("the removal is not covered")
	}
}

func TestEquivalentsWithoutReason(t *testing.T) {
	for _, text := range []string{"a.go f\n- a\n+ b\n", "a.go f\nsome reason\n", "a.go f\n"} {
		if _, err := readEquivalents(text); err == nil || !strings.Contains(err.Error(), "equivalent.txt:1") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestNamedEquivalents reads those of the project.
func TestNamedEquivalents(t *testing.T) {
	if _, err := readEquivalents(equivalentText); err != nil {
		t.Error(err)
	}
}
