package ios

import (
	"net/netip"
	"testing"
)

func TestPrefixMatch(t *testing.T) {
	for _, c := range []struct {
		word        string
		ok, partial bool
		bad         int
	}{
		{"10.0.0.0/8", true, true, 10},
		{"10.1.2.3/32", true, true, 11},
		{"0.0.0.0/0", true, true, 9},
		{"10.0.0", false, true, 0},
		{"10.0.0.0", false, true, 0},
		{"10.0.0.0/", false, true, 0},
		{"10.0.0.0/33", false, false, 0},
		{"10.0.0.256/8", false, false, 0},
		{"10.0.x.0/8", false, false, 5},
		{"::/0", false, false, 0},
		{"LAN", false, false, 0},
	} {
		_, ok, partial, bad := prefixType{}.Match(nil, []string{c.word})
		if ok != c.ok || partial != c.partial || bad != c.bad {
			t.Errorf("%s: %v, %v, %d; want %v, %v, %d", c.word, ok, partial, bad, c.ok, c.partial, c.bad)
		}
	}
}

// What Match accepts is a prefix of IPv4, and its caret is within the word.
func FuzzPrefixMatch(f *testing.F) {
	for _, s := range []string{"10.0.0.0/8", "10.0.0", "1.1.1.1/", "/", "", "ſ", "1.1.1.1/032", "::ffff:1.1.1.1/96"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		n, ok, _, bad := prefixType{}.Match(nil, []string{word})
		if bad < 0 || bad > len(word) || ok != (n == 1) {
			t.Fatalf("%q: %d words, %v, %d", word, n, ok, bad)
		}
		if p := (prefixType{}).Value(nil, []string{word}).(netip.Prefix); ok && (!p.IsValid() || !p.Addr().Is4()) {
			t.Fatalf("%q is %v", word, p)
		}
	})
}
