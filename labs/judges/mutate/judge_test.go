package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// small is a module of two packages: the tests of one know nothing of what
// more() does, the tests of the other do.
var small = map[string]string{
	"go.mod": "module example.test/small\n\ngo 1.26\n",
	"small.go": `package small

// Less reports whether a is less than b.
func Less(a, b int) bool { return a < b }

// More is a little more.
func More(a int) int { return a + 1 }

// Count counts down.
func Count(n int) (steps int) {
	for n > 0 {
		n--
		steps++
	}
	return steps
}
`,
	"small_test.go": `package small

import "testing"

func TestLess(t *testing.T) {
	if !Less(1, 2) || Less(2, 1) {
		t.Error("no")
	}
}

func TestCount(t *testing.T) {
	if Count(3) != 3 {
		t.Error("no")
	}
}
`,
	"other/other.go": "package other\n",
	"other/other_test.go": `package other

import (
	"testing"

	"example.test/small"
)

func TestMore(t *testing.T) {
	if small.More(1) != 2 {
		t.Error("no")
	}
}
`,
}

// inSmall makes the module and goes there.
func inSmall(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range small {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	t.Setenv("GOWORK", "off")
}

func TestJudge(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a dozen programs")
	}
	inSmall(t)
	var out strings.Builder
	got, err := judge(&out, ".,./other", options{seed: 1, parallel: 2, timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	// Less: >=, <=. More: -, 2, 0 and nothing removed. Count: <= 0, >= 0, > 1, two
	// steps reversed, two removed.
	if got.drawn != got.killed+got.survivors || got.uncompiled != 0 || got.equivalent != 0 {
		t.Errorf("%+v", got)
	}
	if got.timedOut == 0 {
		t.Error("a loop without an end was not noticed")
	}
	if got.survivors != 1 || !strings.Contains(out.String(), "survived  small.go:4: boundary moved\n"+
		"          - func Less(a, b int) bool { return a < b }\n"+
		"          + func Less(a, b int) bool { return a <= b }\n") {
		t.Errorf("survivors: %d\n%s", got.survivors, out.String())
	}
	if text, err := os.ReadFile("small.go"); err != nil || string(text) != small["small.go"] {
		t.Error("the tree has been changed")
	}
}

// TestTry looks at single mutants and at which tests kill them.
func TestTry(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	inSmall(t)
	for _, tt := range []struct {
		arg, after string
		want       outcome
		by         string
	}{
		{".", "func Less(a, b int) bool { return a >= b }", killed, "TestLess"},
		{".", "func More(a int) int { return a - 1 }", survived, ""},
		{".,./other", "func More(a int) int { return a - 1 }", killed, "TestMore"},
	} {
		s, err := load(".", tt.arg)
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.mutants(nil)
		if err != nil {
			t.Fatal(err)
		}
		met := false
		for _, m := range all {
			if m.after == tt.after {
				met = true
				if v := s.try(m, time.Minute); v.err != nil || v.outcome != tt.want || v.by != tt.by {
					t.Errorf("%s %s: %+v", tt.arg, tt.after, v)
				}
			}
		}
		if !met {
			t.Errorf("%s is not among the mutants", tt.after)
		}
	}
}

// TestDraw: the same seed draws the same mutants, another one others.
func TestDraw(t *testing.T) {
	inSmall(t)
	draw := func(o options) (names []string) {
		s, err := load(".", ".")
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.mutants(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range s.drawFrom(all, o) {
			names = append(names, m.before+" "+m.after)
		}
		return names
	}
	first, again, other := draw(options{seed: 1, draw: 4}), draw(options{seed: 1, draw: 4}), draw(options{seed: 2, draw: 4})
	if len(first) != 4 || strings.Join(first, "\n") != strings.Join(again, "\n") {
		t.Errorf("the same seed: %q and %q", first, again)
	}
	if strings.Join(first, "\n") == strings.Join(other, "\n") {
		t.Errorf("another seed draws the same: %q", first)
	}
}

func TestMutantsOfSomePlaces(t *testing.T) {
	inSmall(t)
	s, err := load(".", ".")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]int{"^large": 0, "small.go:4$": 3, "^small.go:7": 4} {
		if all, err := s.mutants(regexp.MustCompile(at)); err != nil || len(all) != want {
			t.Errorf("%s: %d, %v", at, len(all), err)
		}
	}
}

func TestTestsThatFail(t *testing.T) {
	inSmall(t)
	if err := os.WriteFile("bad_test.go", []byte("package small\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) { t.Error() }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if _, err := judge(&out, ".", options{draw: 1, parallel: 1}); err == nil || !strings.Contains(err.Error(), "TestBad") {
		t.Errorf("%v", err)
	}
	if _, err := load(".", "./..."); err == nil {
		t.Error("two packages taken for one")
	}
	if _, err := load(".", "./nowhere"); err == nil {
		t.Error("a package that is not there")
	}
}

func TestPercent(t *testing.T) {
	if p := (&tally{}).percent(); p != 100 {
		t.Errorf("of none: %v", p)
	}
	if p := (&tally{killed: 19, timedOut: 3, survivors: 1, equivalent: 5, uncompiled: 2}).percent(); p != 95 {
		t.Errorf("%v", p)
	}
}
