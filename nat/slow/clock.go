package slow

import "time"

// Clock is a loop's clock that is moved by hand. The zero value is at the beginning.
type Clock struct {
	now    time.Duration
	timers []*timer
}

// Now is the time.
func (c *Clock) Now() time.Duration { return c.now }

type timer struct {
	at time.Duration
	f  func()
}

// After is nat.Env's.
func (c *Clock) After(d time.Duration, f func()) (stop func()) {
	t := &timer{c.now + d, f}
	c.timers = append(c.timers, t)
	return func() { t.f = nil }
}

// Wait moves on, and runs what is due meanwhile.
func (c *Clock) Wait(d time.Duration) {
	to := c.now + d
	for {
		var next *timer
		kept := c.timers[:0]
		for _, t := range c.timers {
			if t.f == nil {
				continue
			}
			kept = append(kept, t)
			if t.at <= to && (next == nil || t.at < next.at) {
				next = t
			}
		}
		if c.timers = kept; next == nil {
			c.now = to
			return
		}
		c.now = next.at
		f := next.f
		next.f = nil
		f()
	}
}
