package ios

import (
	"time"

	"github.com/ioslab/ioslab/ios/logging"
)

// Epoch is the time of day at which a router without a battery wakes up.
var Epoch = time.Date(2002, time.March, 1, 0, 0, 0, 0, time.UTC)

const (
	// tick is the platform's: its stamps move in steps of four milliseconds.
	tick = 4 * time.Millisecond
	// tickPhase is where the steps stand in a second, as in the reference trace.
	tickPhase = 3 * time.Millisecond
)

// wallClock is what a router believes of the time of day.
type wallClock struct {
	offset time.Duration // what `clock set` added to Epoch + uptime
	set    bool
	zone   *time.Location
}

// Uptime is the time since the router booted, in the platform's ticks.
func (r *Router) Uptime() time.Duration {
	up := r.Clock.Now() - r.bootedAt
	if up < tickPhase {
		return 0
	}
	return (up-tickPhase)/tick*tick + tickPhase
}

// Now is the time of day as the router believes it.
func (r *Router) Now() time.Time {
	return Epoch.Add(r.Uptime() + r.wall.offset).In(r.wall.zone)
}

func (r *Router) stampTime() logging.Time {
	return logging.Time{Uptime: r.Uptime(), Clock: r.Now(), Set: r.wall.set}
}
