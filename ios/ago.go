package ios

import (
	"fmt"
	"time"
)

// ago is how long ago something happened, as `show interfaces` has it; a
// negative time is one that has not come yet.
func (r *Router) ago(at time.Duration) string {
	if at < 0 {
		return "never"
	}
	return ageText(r.Clock.Now() - at)
}

// ageText is a span of time with the two largest units that it has: 00:04:10,
// 1d02h, 3w0d, 1y10w.
func ageText(d time.Duration) string {
	const (
		day  = 24 * time.Hour
		week = 7 * day
		year = 52 * week
	)
	switch {
	case d < day:
		return fmt.Sprintf("%02d:%02d:%02d", d/time.Hour, d/time.Minute%60, d/time.Second%60)
	case d < week:
		return fmt.Sprintf("%dd%02dh", d/day, d%day/time.Hour)
	case d < year:
		return fmt.Sprintf("%dw%dd", d/week, d%week/day)
	}
	return fmt.Sprintf("%dy%dw", d/year, d%year/week)
}
