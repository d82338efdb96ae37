package showtext

import (
	"fmt"
	"testing"
	"time"
)

func part(name string) Part[int] {
	return Part[int]{name, func(v int) string { return fmt.Sprintf("%s%d ", name, v) }}
}

func TestLayoutsOfTheNextRelease(t *testing.T) {
	base := Layout[int]{part("a"), part("b"), part("c")}
	loud := Part[int]{"b", func(int) string { return "B! " }}
	for _, c := range []struct {
		name   string
		layout Layout[int]
		want   string
	}{
		{"with", base.With(loud, part("d")), "a1 B! c1 d1 "},
		{"before", base.Before("c", part("x"), part("y")), "a1 b1 x1 y1 c1 "},
		{"without", base.Without("a"), "b1 c1 "},
		{"base", base, "a1 b1 c1 "}, // is what it was
	} {
		if got := c.layout.Text(1); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	table := Table[int]{
		Above: "Above\n",
		Columns: []Column[int]{
			{"left", -6, func(v int) any { return v }},
			{"right", 6, func(v int) any { return v * v }},
			{"last", 0, func(v int) any { return "end" }},
		},
		Under: Layout[int]{part("under")},
		Below: "Below\n",
	}
	const want = "Above\nleft    right last\n3           9 end\nunder3 4          16 end\nunder4 Below\n"
	if got := table.Text([]int{3, 4}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := table.Without("right").Text(nil), "Above\nleft   last\nBelow\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := table.Text(nil); got != "Above\nleft    right last\nBelow\n" {
		t.Errorf("the table has lost a column: %q", got)
	}
}

// What a release does not have cannot be taken from it.
func TestMistakesInALayout(t *testing.T) {
	for name, f := range map[string]func(){
		"without": func() { Layout[int]{part("a")}.Without("b") },
		"before":  func() { Layout[int]{part("a")}.Before("b", part("c")) },
		"column":  func() { Table[int]{}.Without("b") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestUptime(t *testing.T) {
	for _, c := range []struct {
		minutes int
		want    string
	}{
		{0, "0 minutes"},
		{1, "1 minute"},
		{61, "1 hour, 1 minute"},
		{2 * 24 * 60, "2 days, 0 minutes"},
		{365*24*60 + 7*24*60 + 3*60 + 5, "1 year, 1 week, 3 hours, 5 minutes"},
	} {
		if got := uptime(time.Duration(c.minutes) * time.Minute); got != c.want {
			t.Errorf("%d minutes: %q, want %q", c.minutes, got, c.want)
		}
	}
}
