package forwarding

import (
	"strings"
	"testing"
)

func TestParseName(t *testing.T) {
	for _, c := range []struct{ typed, name, short string }{
		{"fa0/0", "FastEthernet0/0", "Fa0/0"},
		{"f0/0", "FastEthernet0/0", "Fa0/0"},
		{"FastEthernet 0/0", "FastEthernet0/0", "Fa0/0"},
		{"fastethernet1/0", "FastEthernet1/0", "Fa1/0"},
		{"e0", "Ethernet0", "Et0"},
		{"gi 0/0/1", "GigabitEthernet0/0/1", "Gi0/0/1"},
		{"Te1/4", "TenGigabitEthernet1/4", "Te1/4"},
		{"s0/1", "Serial0/1", "Se0/1"},
		{"Lo0", "Loopback0", "Lo0"},
		{"loopback 2147483647", "Loopback2147483647", "Lo2147483647"},
		{"null0", "Null0", "Nu0"},
	} {
		n, err := ParseName(c.typed)
		if err != nil || n.String() != c.name || n.Short() != c.short {
			t.Errorf("ParseName(%q) = %v, %v, %v", c.typed, n, n.Short(), err)
		}
	}
}

func TestMatchNameRefuses(t *testing.T) {
	for _, c := range []struct {
		typed         string
		partial       bool
		word, badChar int
	}{
		{"", true, 0, 0},
		{"f", true, 0, 0},
		{"fast", true, 0, 0},
		{"fa0/", true, 0, 0},
		{"loopback", true, 0, 0},
		{"fx0/0", false, 0, 1},
		{"fa0/x", false, 0, 4},
		{"fa0/0.100", false, 0, 5},
		{"lo0/0", false, 0, 3},
		{"zz", false, 0, 0},
		{"0/0", false, 0, 0},
		{"fa/0", false, 0, 2},
		{"fa0//0", false, 0, 4},
		{"fa0/0/0/0", false, 0, 7},
		{"fa0/256", false, 0, 6},
		{"loopback 2147483648", false, 1, 9},
		{"fa x", false, 1, 0},
		{"null1", false, 0, 4},
	} {
		m := MatchName(strings.Fields(c.typed))
		if m.OK || m.Partial != c.partial || m.BadWord != c.word || m.BadChar != c.badChar {
			t.Errorf("MatchName(%q) = %+v", c.typed, m)
		}
	}
}

func TestMatchNameLeavesWords(t *testing.T) {
	for typed, words := range map[string]int{"lo0 repeat 5": 1, "lo 0 repeat 5": 2} {
		if m := MatchName(strings.Fields(typed)); !m.OK || m.Words != words {
			t.Errorf("MatchName(%q) = %+v", typed, m)
		}
	}
}

func TestNameOrder(t *testing.T) {
	ordered := []string{"fa0/0", "s0/0", "fa0/1", "s0/1", "fa1/0", "null0", "lo0", "lo10"}
	for i := range ordered {
		for j := range ordered {
			a, _ := ParseName(ordered[i])
			b, _ := ParseName(ordered[j])
			if c := a.Compare(b); (c < 0) != (i < j) || (c > 0) != (i > j) {
				t.Errorf("Compare(%v, %v) = %d", a, b, c)
			}
		}
	}
}

func FuzzMatchName(f *testing.F) {
	for _, s := range []string{"fa0/0", "FastEthernet 0/0/0", "lo", "x", "fa0/", "ü0", "gi 0/0 x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Fields(s)
		m := MatchName(words)
		switch {
		case m.OK:
			again, err := ParseName(m.Name.String())
			if err != nil || again != m.Name {
				t.Fatalf("%q gives %v, which reads as %v, %v", s, m.Name, again, err)
			}
		case !m.Partial:
			if m.BadWord >= len(words) || m.BadChar > len(words[m.BadWord]) {
				t.Fatalf("%q is bad at word %d, character %d", s, m.BadWord, m.BadChar)
			}
		}
	})
}
