package normalise

import (
	"os"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The .normal and .loose files are what the reference implementation of the
// masking makes of the .txt files.
func TestLikeTheReference(t *testing.T) {
	for _, name := range []string{"sample", "seed-12.4-initiator"} {
		text := read(t, name+".txt")
		for suffix, f := range map[string]func(string) string{".normal": Text, ".loose": Loose} {
			got, want := f(text), read(t, name+suffix)
			if got == want {
				continue
			}
			g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
			for i := range min(len(g), len(w)) {
				if g[i] != w[i] {
					t.Errorf("%s%s line %d:\ngot  %q\nwant %q", name, suffix, i+1, g[i], w[i])
				}
			}
			if len(g) != len(w) {
				t.Errorf("%s%s: %d lines, want %d", name, suffix, len(g), len(w))
			}
		}
	}
}

func TestLineEnds(t *testing.T) {
	if got := Text("a\r\nb\rc\nd"); got != "a\nb\nc\nd\n" {
		t.Errorf("got %q", got)
	}
	if got := Text(""); got != "" {
		t.Errorf("nothing became %q", got)
	}
}

func TestNormalisedStaysNormalised(t *testing.T) {
	once := Text(read(t, "seed-12.4-initiator.txt"))
	if twice := Text(once); twice != once {
		t.Error("masking a second time changes the text")
	}
}

func FuzzText(f *testing.F) {
	f.Add("*Mar  1 00:01:43.503: peer = 0x64E2927C peer_handle = 0x80000002\tspi -99999")
	f.Fuzz(func(t *testing.T, text string) {
		if strict := Text(text); strings.Count(strict, "\n") < strings.Count(Loose(text), "\n") {
			t.Errorf("the loose form has more lines than %q", strict)
		}
	})
}
