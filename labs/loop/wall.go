package loop

import (
	"context"
	"time"
)

// maxLate is how late an event may run before the loop takes it that the machine
// slept (a closed laptop lid, a stopped process) and shifts its epoch.
const maxLate = 5 * time.Second

// wall ties the loop's time to the machine's monotonic clock.
type wall struct {
	read  func() time.Duration // the machine's clock, from some fixed point on
	epoch time.Duration        // what read showed at loop time 0
}

// now returns the loop's time, never earlier than last.
func (w *wall) now(last time.Duration) time.Duration {
	return max(last, w.read()-w.epoch)
}

// Bind ties the loop to the wall clock, from its present time on.
func (l *Loop) Bind() {
	start := time.Now()
	l.bind(func() time.Duration { return time.Since(start) })
}

func (l *Loop) bind(read func() time.Duration) {
	l.wall = &wall{read: read, epoch: read() - l.now}
}

// Run runs events on the wall clock until the context is done.
func (l *Loop) Run(ctx context.Context) {
	sleep := time.NewTimer(0)
	defer sleep.Stop()
	for ctx.Err() == nil {
		wait, ok := l.runDue()
		if ok {
			sleep.Reset(wait)
		} else {
			sleep.Stop()
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-sleep.C:
		}
	}
}

// runDue runs what is due on the wall clock and returns how long it is until
// the next event.
func (l *Loop) runDue() (wait time.Duration, ok bool) {
	// What falls due while this runs waits for the next round, so that the
	// inbox has its turn.
	l.skipGap()
	until := l.Now()
	l.takeInbox()
	defer l.endRound()
	for {
		next, ok := l.Next()
		if !ok {
			return 0, false
		}
		if next > until {
			return max(0, next-l.Now()), true
		}
		l.dispatch()
	}
}

func (l *Loop) endRound() {
	for _, f := range l.rounds {
		f()
	}
}

// skipGap shifts the epoch where the next event is overdue by more than the loop
// can account for: then the time in between did not pass in the lab.
func (l *Loop) skipGap() {
	next, ok := l.Next()
	if !ok {
		return
	}
	next = max(next, l.now)
	if late := l.wall.read() - l.wall.epoch - next; late > maxLate {
		l.wall.epoch += late
	}
}
