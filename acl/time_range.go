package acl

import (
	"cmp"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
)

// A TimeRange says when the entries that name it count. It is inside both of its bounds
// and in one of its periods; one that says nothing is never active. An end is given
// by its minute, the whole of which is inside.
//
// It is changed on the router's loop, which also tells it what time it is; whether it
// is active may be asked from anywhere.
type TimeRange struct {
	name       string
	defined    bool      // else entries name it, and nothing says when it is
	Start, End time.Time // as the clock shows them, written down as UTC; zero: none
	Periods    []Period
	uses       int
	active     atomic.Bool
}

// A Period comes again each week. It begins on each of its days, and ends on the same
// day or the next, or on the day Until.
type Period struct {
	Days     Days
	Until    Days // one day, or 0
	From, To int  // minutes of the day
}

// Days is a set of days of the week: 1<<time.Sunday and so on.
type Days uint8

// The sets that have a name.
const (
	Daily    Days = 1<<7 - 1
	Weekend  Days = 1<<time.Saturday | 1<<time.Sunday
	Weekdays      = Daily &^ Weekend
)

// Name is what entries call the range.
func (r *TimeRange) Name() string { return r.name }

// Active reports whether the router's clock is in the range.
func (r *TimeRange) Active() bool { return r.active.Load() }

// Uses is how many entries name the range.
func (r *TimeRange) Uses() int { return r.uses }

// Add adds a period, in the order of the times at which they begin. One that is there
// is not added again.
func (r *TimeRange) Add(p Period) {
	if slices.Contains(r.Periods, p) {
		return
	}
	r.Periods = append(r.Periods, p)
	slices.SortStableFunc(r.Periods, func(a, b Period) int { return cmp.Compare(a.From, b.From) })
}

// Remove takes a period away, if it is there.
func (r *TimeRange) Remove(p Period) {
	r.Periods = slices.DeleteFunc(r.Periods, func(q Period) bool { return p == q })
}

// Contains reports whether a time is in the range.
func (r *TimeRange) Contains(t time.Time) bool {
	if !r.Start.IsZero() && t.Before(r.Start) || !r.End.IsZero() && !t.Before(r.End.Add(time.Minute)) {
		return false
	}
	if len(r.Periods) == 0 {
		return !r.Start.IsZero() || !r.End.IsZero()
	}
	return slices.ContainsFunc(r.Periods, func(p Period) bool {
		for from, to := range p.near(t) {
			if !t.Before(from) && t.Before(to) {
				return true
			}
		}
		return false
	})
}

// near are the times around t at which the period begins and ends.
func (p Period) near(t time.Time) func(yield func(from, to time.Time) bool) {
	return func(yield func(from, to time.Time) bool) {
		year, month, day := t.Date()
		for offset := -8; offset <= 8; offset++ {
			from := time.Date(year, month, day+offset, 0, p.From, 0, 0, t.Location())
			if p.Days&(1<<from.Weekday()) == 0 {
				continue
			}
			until := 0
			if p.Until != 0 {
				for p.Until&(1<<((int(from.Weekday())+until)%7)) == 0 {
					until++
				}
			}
			if until == 0 && p.To < p.From {
				until = 1
				if p.Until != 0 {
					until = 7
				}
			}
			if !yield(from, time.Date(year, month, day+offset+until, 0, p.To+1, 0, 0, t.Location())) {
				return
			}
		}
	}
}

// next is when the answer of Contains may change after t; ok is false where it stays.
func (r *TimeRange) next(t time.Time) (when time.Time, ok bool) {
	consider := func(at time.Time) {
		if at.After(t) && (!ok || at.Before(when)) {
			when, ok = at, true
		}
	}
	if !r.Start.IsZero() {
		consider(r.Start)
	}
	if !r.End.IsZero() {
		consider(r.End.Add(time.Minute))
	}
	for _, p := range r.Periods {
		for from, to := range p.near(t) {
			consider(from)
			consider(to)
		}
	}
	return when, ok
}

// Lines are the lines that set the range.
func (r *TimeRange) Lines() []string {
	var lines []string
	if !r.Start.IsZero() || !r.End.IsZero() {
		s := "absolute"
		if !r.Start.IsZero() {
			s += " start " + r.Start.Format("15:04 02 January 2006")
		}
		if !r.End.IsZero() {
			s += " end " + r.End.Format("15:04 02 January 2006")
		}
		lines = append(lines, s)
	}
	for _, p := range r.Periods {
		lines = append(lines, p.String())
	}
	return lines
}

// String is the period as IOS prints it: `periodic weekdays 8:00 to 17:00`.
func (p Period) String() string {
	s := "periodic " + p.Days.String() + " " + timeOfDay(p.From) + " to "
	if p.Until != 0 {
		s += p.Until.String() + " "
	}
	return s + timeOfDay(p.To)
}

func timeOfDay(minutes int) string {
	m := strconv.Itoa(minutes % 60)
	if len(m) < 2 {
		m = "0" + m
	}
	return strconv.Itoa(minutes/60) + ":" + m
}

// String is the set's name, or its days from Monday on.
func (d Days) String() string {
	switch d {
	case Daily:
		return "daily"
	case Weekdays:
		return "weekdays"
	case Weekend:
		return "weekend"
	}
	s := ""
	for n := range 7 {
		if day := time.Weekday((n + 1) % 7); d&(1<<day) != 0 {
			s += " " + day.String()
		}
	}
	return s[min(1, len(s)):]
}

// TimeRanges are a router's time ranges by name. The zero value is empty.
type TimeRanges struct{ ranges map[string]*TimeRange }

// Get returns the time range of that name, or nil if it is not defined.
func (t *TimeRanges) Get(name string) *TimeRange {
	if r := t.ranges[name]; r != nil && r.defined {
		return r
	}
	return nil
}

// Open returns the range of that name, made if need be.
func (t *TimeRanges) Open(name string) *TimeRange {
	r := t.named(name)
	r.defined = true
	return r
}

// Delete removes a range. Entries that name it do not count from now on.
func (t *TimeRanges) Delete(name string) {
	if r := t.ranges[name]; r != nil {
		r.defined, r.Start, r.End, r.Periods = false, time.Time{}, time.Time{}, nil
		r.active.Store(false)
		t.release(r, 0)
	}
}

// All are the ranges that are defined, in the order of their names.
func (t *TimeRanges) All() []*TimeRange {
	var all []*TimeRange
	for _, r := range t.ranges {
		if r.defined {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *TimeRange) int { return cmp.Compare(a.name, b.name) })
	return all
}

// Tell tells the ranges what time the router's clock shows in its own zone. They want to
// be told again after the time that it returns, if ok.
func (t *TimeRanges) Tell(now time.Time) (wait time.Duration, ok bool) {
	year, month, day := now.Date()
	now = time.Date(year, month, day, now.Hour(), now.Minute(), now.Second(), now.Nanosecond(), time.UTC)
	for _, r := range t.ranges {
		r.active.Store(r.Contains(now))
		if when, changes := r.next(now); changes && (!ok || when.Sub(now) < wait) {
			wait, ok = when.Sub(now), true
		}
	}
	return wait, ok
}

func (t *TimeRanges) named(name string) *TimeRange {
	r := t.ranges[name]
	if r == nil {
		if t.ranges == nil {
			t.ranges = make(map[string]*TimeRange)
		}
		r = &TimeRange{name: name}
		t.ranges[name] = r
	}
	return r
}

// use is the range that one more entry names, nil for no name.
func (t *TimeRanges) use(name string) *TimeRange {
	if name == "" {
		return nil
	}
	r := t.named(name)
	r.uses++
	return r
}

// release forgets the range if nothing names it any more, when so many uses are over.
func (t *TimeRanges) release(r *TimeRange, uses int) {
	if r == nil {
		return
	}
	if r.uses -= uses; r.uses == 0 && !r.defined {
		delete(t.ranges, r.name)
	}
}
