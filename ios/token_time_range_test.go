package ios

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// FuzzTimeRangeTokens: what is accepted has a value, and what is not has a place within the
// words at which it goes wrong.
func FuzzTimeRangeTokens(f *testing.F) {
	for _, s := range []string{"8:00", "23:59", "24:00", "1:", ":1", "8:061", "weekdays", "mon tu", "t", "sunday weekend", "Saturday x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words := strings.Fields(line)
		if len(words) == 0 {
			return
		}
		for _, typ := range []cli.TokenType{minuteType{}, daysType{}, daysType{several: true}} {
			n, ok, _, bad := typ.Match(nil, words)
			if bad < 0 || bad > len(strings.Join(words, " "))+1 || n < 0 || n > len(words) {
				t.Fatalf("%T on %q: %d words, wrong at %d", typ, words, n, bad)
			}
			if !ok {
				continue
			}
			switch v := typ.(cli.Valuer).Value(nil, words[:n]).(type) {
			case int:
				if v < 0 || v >= 24*60 {
					t.Fatalf("%q is minute %d", words, v)
				}
			case acl.Days:
				if v == 0 || v > acl.Daily {
					t.Fatalf("%q are days %b", words, v)
				}
			}
		}
	})
}

func TestDaysAreRead(t *testing.T) {
	for typed, want := range map[string]acl.Days{
		"mon": 1 << time.Monday, "MONDAY wed": 1<<time.Monday | 1<<time.Wednesday, "weekd": acl.Weekdays, "weeke": acl.Weekend, "d": acl.Daily,
		"t": 0, "week": 0, "xday": 0, "weekend mon": acl.Weekend,
	} {
		days := daysType{several: true}
		words, got := strings.Fields(typed), acl.Days(0)
		if n, ok, _, _ := days.Match(nil, words); ok {
			got = days.Value(nil, words[:n]).(acl.Days)
		}
		if got != want {
			t.Errorf("%s: %b, want %b", typed, got, want)
		}
	}
}
