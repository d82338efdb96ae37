package prefixlist

import (
	"net/netip"
	"slices"
	"testing"
)

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		entry Entry
		yes   []string
		no    []string
	}{
		{Entry{Prefix: prefix("10.1.0.0/16")}, []string{"10.1.0.0/16"}, []string{"10.1.0.0/17", "10.0.0.0/8", "10.2.0.0/16"}},
		{Entry{Prefix: prefix("10.1.0.0/16"), GE: 24}, []string{"10.1.7.0/24", "10.1.7.9/32"}, []string{"10.1.0.0/16", "10.1.0.0/23", "10.2.7.0/24"}},
		{Entry{Prefix: prefix("10.1.0.0/16"), LE: 24}, []string{"10.1.0.0/16", "10.1.7.0/24"}, []string{"10.1.7.0/25", "10.0.0.0/15"}},
		{Entry{Prefix: prefix("10.1.0.0/16"), GE: 20, LE: 24}, []string{"10.1.16.0/20", "10.1.7.0/24"}, []string{"10.1.0.0/19", "10.1.7.0/25"}},
		{Entry{Prefix: prefix("0.0.0.0/0"), LE: 32}, []string{"0.0.0.0/0", "10.1.7.9/32"}, nil},
		{Entry{Prefix: prefix("0.0.0.0/0")}, []string{"0.0.0.0/0"}, []string{"10.0.0.0/8"}},
	} {
		for _, p := range c.yes {
			if !c.entry.Matches(prefix(p)) {
				t.Errorf("%v does not match %s", &c.entry, p)
			}
		}
		for _, p := range c.no {
			if c.entry.Matches(prefix(p)) {
				t.Errorf("%v matches %s", &c.entry, p)
			}
		}
	}
}

// lines are the entries with their numbers.
func lines(l *List) (out []string) {
	for _, e := range l.Entries() {
		out = append(out, string(rune('0'+e.Sequence/5))+" "+e.String())
	}
	return out
}

func TestAdd(t *testing.T) {
	var table Table
	l := table.Open("L")
	for _, c := range []struct {
		add  Entry
		err  string
		want []string
	}{
		{Entry{Prefix: prefix("10.1.2.3/8")}, "", []string{"1 permit 10.0.0.0/8"}},
		{Entry{Prefix: prefix("10.0.0.0/8")}, "", []string{"1 permit 10.0.0.0/8"}},
		{Entry{Prefix: prefix("10.0.0.0/8"), Sequence: 5}, "", []string{"1 permit 10.0.0.0/8"}},
		{Entry{Prefix: prefix("10.0.0.0/8"), Sequence: 20}, "%Insertion failed - prefix-list entry exists: 5 permit 10.0.0.0/8", nil},
		{Entry{Prefix: prefix("10.0.0.0/8"), Sequence: 5, Deny: true}, "%Insertion failed - seq # exists: 5 permit 10.0.0.0/8", nil},
		{Entry{Prefix: prefix("10.0.0.0/8"), Deny: true, GE: 24, LE: 32}, "", []string{"1 permit 10.0.0.0/8", "2 deny 10.0.0.0/8 ge 24"}},
		{Entry{Prefix: prefix("10.0.0.0/8"), GE: 8}, "% Invalid prefix range for 10.0.0.0/8, make sure: len < ge-value <= le-value", nil},
		{Entry{Prefix: prefix("10.0.0.0/8"), LE: 8}, "% Invalid prefix range for 10.0.0.0/8, make sure: len < ge-value <= le-value", nil},
		{Entry{Prefix: prefix("10.0.0.0/8"), GE: 20, LE: 19}, "% Invalid prefix range for 10.0.0.0/8, make sure: len < ge-value <= le-value", nil},
	} {
		before, snapshot := lines(l), l.Snapshot()
		err := l.Add(c.add)
		if (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
			t.Errorf("adding %v: %v, want %q", &c.add, err, c.err)
		}
		if c.want == nil {
			c.want = before
		}
		if got := lines(l); !slices.Equal(got, c.want) {
			t.Errorf("after %v: %q, want %q", &c.add, got, c.want)
		}
		if same := l.Snapshot() == snapshot; same != slices.Equal(before, c.want) {
			t.Errorf("after %v: the same snapshot: %v", &c.add, same)
		}
	}
}

func TestLookup(t *testing.T) {
	var undefined *List
	var table Table
	l := table.Open("L")
	for name, s := range map[string]*Snapshot{"undefined": undefined.Snapshot(), "empty": l.Snapshot()} {
		if !s.Empty() || s.Lookup(prefix("10.0.0.0/8")) != nil {
			t.Errorf("a list that is %s has entries", name)
		}
	}
	l.Add(Entry{Prefix: prefix("10.1.0.0/16"), LE: 32, Deny: true})
	l.Add(Entry{Prefix: prefix("10.0.0.0/8"), LE: 32})
	for p, want := range map[string]int{"10.1.1.1/32": 5, "10.2.1.1/32": 10, "11.0.0.0/8": 0} {
		sequence := 0
		if e := l.Snapshot().Lookup(prefix(p)); e != nil {
			sequence = e.Sequence
			e.Hit(2)
		}
		if sequence != want {
			t.Errorf("%s is decided by %d", p, sequence)
		}
	}
	l.ClearHits(prefix("10.1.1.0/24"))
	if a, b := l.Entry(5).Hits(), l.Entry(10).Hits(); a != 0 || b != 0 {
		t.Errorf("hits of what matches are %d and %d after they were cleared", a, b)
	}
	l.Entry(5).Hit(1)
	l.Entry(10).Hit(1)
	if l.ClearHits(prefix("10.2.0.0/16")); l.Entry(5).Hits() != 1 || l.Entry(10).Hits() != 0 {
		t.Error("hits of other entries were cleared")
	}
}

func TestRemove(t *testing.T) {
	var table Table
	l := table.Open("L")
	l.Add(Entry{Prefix: prefix("10.1.0.0/16")})
	old := l.Snapshot()
	l.Remove(l.Entry(5))
	table.Tidy(l)
	if table.Get("L") != nil || old.Lookup(prefix("10.1.0.0/16")) == nil {
		t.Error("a list is there without an entry, or a snapshot has changed")
	}
	l = table.Open("L")
	l.Description = "kept"
	table.Tidy(l)
	if table.Get("L") == nil {
		t.Error("a list with a description is gone")
	}
}
