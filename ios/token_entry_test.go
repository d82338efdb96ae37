package ios

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/acl"
)

// FuzzEntryType checks that an entry is accepted, lacks something, or is wrong
// at a place that is on the line; and that help says a line may go on exactly
// where it may.
func FuzzEntryType(f *testing.F) {
	for _, s := range []string{
		"ip any any", "tcp any eq www 10.1.1.0 0.0.0.255 range 1 2 established log", "icmp host 10.1.1.1 any 3",
		"10.1.1.0 0.0.0.255 log", "host", "i a a", "tcp any any eq 1 2 3 4 5 6 7 8 9 10 11", "10.1.1", "udp any neq",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, line string, extended bool) {
		words := strings.Fields(line)
		if len(words) == 0 {
			return
		}
		typ := standardEntry
		if extended {
			typ.kind = acl.Extended
		}
		n, ok, _, bad := typ.Match(nil, words)
		more, clarity := typ.Lacks(nil, words)
		next := typ.HelpFor(nil, words)
		switch {
		case ok:
			if n != len(words) || more || clarity {
				t.Errorf("%q is accepted: n %d, more %v, clarity %v", line, n, more, clarity)
			}
			e := typ.Value(nil, words).(acl.Entry)
			if again, err := typ.parse(strings.Fields(e.String())[1:]); err != nil || again.String() != e.String() {
				t.Errorf("%q is printed as %q, which reads as %q, %v", line, e.String(), again.String(), err)
			}
		case more && (clarity || len(next) == 0):
			t.Errorf("%q lacks more, but nothing may follow", line)
		case !more && len(next) > 0:
			t.Errorf("%q is wrong, but %v may follow", line, next)
		case !more && (bad < 0 || bad >= len(strings.Join(words, " "))):
			t.Errorf("%q is wrong at %d", line, bad)
		}
	})
}
