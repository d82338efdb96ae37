package acl

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

const day = 24 * 60

func at(day, hour, minute int) time.Time { // of October 2026, whose first day is a Thursday
	return time.Date(2026, time.October, day, hour, minute, 0, 0, time.UTC)
}

func TestTimeRangeContains(t *testing.T) {
	office := Period{Days: Weekdays, From: 8 * 60, To: 17 * 60}
	night := Period{Days: Daily, From: 22 * 60, To: 6 * 60}
	week := Period{Days: 1 << time.Monday, Until: 1 << time.Friday, From: 7 * 60, To: 18 * 60}
	over := Period{Days: 1 << time.Saturday, Until: 1 << time.Monday, From: 20 * 60, To: 5 * 60}
	for _, c := range []struct {
		name string
		r    *TimeRange
		t    time.Time
		want bool
	}{
		{"nothing is said", &TimeRange{}, at(1, 0, 0), false},
		{"before the start", &TimeRange{Start: at(1, 8, 0)}, at(1, 7, 59), false},
		{"from the start on", &TimeRange{Start: at(1, 8, 0)}, at(1, 8, 0), true},
		{"in the last minute", &TimeRange{End: at(1, 8, 0)}, at(1, 8, 0).Add(59 * time.Second), true},
		{"after it", &TimeRange{End: at(1, 8, 0)}, at(1, 8, 1), false},
		{"a Thursday at eight", &TimeRange{Periods: []Period{office}}, at(1, 8, 0), true},
		{"a Thursday before", &TimeRange{Periods: []Period{office}}, at(1, 7, 59), false},
		{"in the last minute of the period", &TimeRange{Periods: []Period{office}}, at(1, 17, 0).Add(59 * time.Second), true},
		{"after the period", &TimeRange{Periods: []Period{office}}, at(1, 17, 1), false},
		{"a Saturday", &TimeRange{Periods: []Period{office}}, at(3, 12, 0), false},
		{"the evening", &TimeRange{Periods: []Period{night}}, at(1, 23, 0), true},
		{"the morning after", &TimeRange{Periods: []Period{night}}, at(2, 5, 0), true},
		{"noon", &TimeRange{Periods: []Period{night}}, at(2, 12, 0), false},
		{"one of two periods", &TimeRange{Periods: []Period{office, night}}, at(3, 23, 0), true},
		{"from Monday to Friday", &TimeRange{Periods: []Period{week}}, at(6, 3, 0), true},
		{"before Monday's hour", &TimeRange{Periods: []Period{week}}, at(5, 6, 59), false},
		{"after Friday's hour", &TimeRange{Periods: []Period{week}}, at(9, 18, 1), false},
		{"over the end of the week", &TimeRange{Periods: []Period{over}}, at(5, 4, 0), true},
		{"a period outside the bounds", &TimeRange{Start: at(2, 0, 0), Periods: []Period{office}}, at(1, 9, 0), false},
		{"a bound outside the periods", &TimeRange{Start: at(1, 0, 0), Periods: []Period{office}}, at(1, 7, 0), false},
	} {
		if got := c.r.Contains(c.t); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestTimeRangeNext goes through weeks minute by minute: whether a range is active changes
// at no other time than next says.
func TestTimeRangeNext(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(13, 14))}
	for range 20 {
		r := &TimeRange{}
		for range g.IntN(4) {
			p := Period{Days: Days(1 + g.IntN(127)), From: g.IntN(day), To: g.IntN(day)}
			if g.IntN(3) == 0 {
				p.Days, p.Until = 1<<g.IntN(7), 1<<g.IntN(7)
			}
			r.Add(p)
		}
		if g.IntN(2) == 0 {
			r.Start = at(1+g.IntN(8), g.IntN(24), g.IntN(60))
		}
		if g.IntN(2) == 0 {
			r.End = at(8+g.IntN(8), g.IntN(24), g.IntN(60))
		}
		now := at(1, 0, 0)
		next, ok := r.next(now)
		was := r.Contains(now)
		for range 18 * day {
			now = now.Add(time.Minute)
			is := r.Contains(now)
			if is != was && (!ok || next != now) {
				t.Fatalf("%v: changes at %v, and next was %v", r.Lines(), now, next)
			}
			if was = is; ok && now == next {
				next, ok = r.next(now)
			}
		}
	}
}

func TestTimeRangeLines(t *testing.T) {
	r := &TimeRange{Start: at(1, 8, 0), End: at(30, 18, 0)}
	for _, p := range []Period{
		{Days: Weekend, From: 20 * 60, To: 22 * 60}, {Days: Weekdays, From: 8 * 60, To: 17*60 + 5}, {Days: Daily, From: 9*60 + 30, To: 10 * 60},
		{Days: 1<<time.Sunday | 1<<time.Monday, From: 0, To: 23*60 + 59}, {Days: 1 << time.Monday, Until: 1 << time.Friday, From: 60, To: 120},
		{Days: Weekend, From: 20 * 60, To: 22 * 60},
	} {
		r.Add(p)
	}
	want := []string{
		"absolute start 08:00 01 October 2026 end 18:00 30 October 2026",
		"periodic Monday Sunday 0:00 to 23:59", "periodic Monday 1:00 to Friday 2:00", "periodic weekdays 8:00 to 17:05",
		"periodic daily 9:30 to 10:00", "periodic weekend 20:00 to 22:00",
	}
	got := r.Lines()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%q\nwant %q", got, want)
		}
	}
}

// TestEntriesOfATimeRange count while it is active, in a list that has an index too.
func TestEntriesOfATimeRange(t *testing.T) {
	for _, others := range []int{0, 40} {
		var table Table
		l, _ := table.Open("T", Extended)
		r := table.TimeRanges.Open("HOURS")
		r.Add(Period{Days: Daily, From: 8 * 60, To: 17 * 60})
		for i := range others {
			l.Add(Entry{Kind: Extended, Src: Addresses{Addr: uint32(i)}, Dst: Any})
		}
		l.Add(mustParse(t, "permit tcp any any eq 80 time-range HOURS", Extended))
		l.Add(mustParse(t, "permit udp any any time-range NONE", Extended))
		snapshot := l.Snapshot()
		look := func(p Packet) Outcome {
			if a, b := l.Lookup(&p), snapshot.Lookup(&p); a != b {
				t.Errorf("the list says %v, its snapshot %v", a, b)
			}
			return l.Lookup(&p).Outcome
		}
		web, other := tcp("10.1.1.1", "20.1.1.1", 1024, 80, flagSYN), udp("10.1.1.1", "20.1.1.1", 1, 2)
		wait, ok := table.TimeRanges.Tell(at(1, 7, 59))
		if wait != time.Minute || !ok || look(web) != ImplicitlyDenied {
			t.Errorf("before: wait %v %v, outcome %v", wait, ok, look(web))
		}
		if _, ok := table.TimeRanges.Tell(at(1, 8, 0)); !ok || look(web) != Permitted {
			t.Errorf("inside: outcome %v", look(web))
		}
		if text := l.ShowLines()[1+others]; text != fmt.Sprintf("    %d", 10*(1+others))+" permit tcp any any eq www time-range HOURS (active)" {
			t.Error(text)
		}
		if look(other) != ImplicitlyDenied || r.Uses() != 1 || len(table.TimeRanges.All()) != 1 {
			t.Error("a range that is not defined counts")
		}
		table.TimeRanges.Delete("HOURS")
		if look(web) != ImplicitlyDenied {
			t.Error("the entry counts without its range")
		}
		table.Delete("T")
		if len(table.TimeRanges.ranges) != 0 {
			t.Error("ranges are left that nothing names")
		}
	}
}
