package logging

import (
	"fmt"
	"time"
)

// Stamp says how a record's time is written: `service timestamps`.
type Stamp struct {
	Kind     StampKind
	Msec     bool
	Local    bool // localtime: in the configured zone rather than UTC
	ShowZone bool
	Year     bool
}

// StampKind is what a stamp shows.
type StampKind int

// The kinds of stamp.
const (
	NoStamp StampKind = iota
	Uptime
	Datetime
)

// DefaultStamp is what both debug and log records bear unless configured.
var DefaultStamp = Stamp{Kind: Datetime, Msec: true}

// Words returns the stamp's part of `service timestamps debug …`.
func (s Stamp) Words() string {
	if s.Kind == Uptime {
		return "uptime"
	}
	out := "datetime"
	for _, o := range []struct {
		on   bool
		word string
	}{{s.Msec, " msec"}, {s.Local, " localtime"}, {s.ShowZone, " show-timezone"}, {s.Year, " year"}} {
		if o.on {
			out += o.word
		}
	}
	return out
}

// Time is the moment of a record as the router knows it.
type Time struct {
	Uptime time.Duration
	Clock  time.Time // in the configured zone
	Set    bool      // false: the clock has not been set since boot; the stamp bears a star
}

// Format writes the stamp for t, with its colon and blank.
func (s Stamp) Format(t Time) string {
	switch s.Kind {
	case NoStamp:
		return ""
	case Uptime:
		return FormatUptime(t.Uptime) + ": "
	}
	clock := t.Clock
	if !s.Local {
		clock = clock.UTC()
	}
	layout := "Jan _2 "
	if s.Year {
		layout += "2006 "
	}
	layout += "15:04:05"
	if s.Msec {
		layout += ".000"
	}
	if s.ShowZone {
		layout += " MST"
	}
	star := "*"
	if t.Set {
		star = ""
	}
	return star + clock.Format(layout) + ": "
}

// FormatUptime writes a duration as IOS does in stamps and ages: 00:08:42,
// 1d02h, 3w2d, 1y10w.
func FormatUptime(d time.Duration) string {
	const day, week, year = 24 * time.Hour, 7 * 24 * time.Hour, 365 * 24 * time.Hour
	switch {
	case d < day:
		s := int(d / time.Second)
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	case d < week:
		return fmt.Sprintf("%dd%02dh", d/day, d%day/time.Hour)
	case d < year:
		return fmt.Sprintf("%dw%dd", d/week, d%week/day)
	}
	return fmt.Sprintf("%dy%02dw", d/year, d%year/week)
}
