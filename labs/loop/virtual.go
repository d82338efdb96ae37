package loop

import "time"

// RunUntil runs every event that is due by time t, in virtual time, and leaves
// the clock at t.
func (l *Loop) RunUntil(t time.Duration) {
	l.RunWhile(t, func() bool { return true })
	l.now = max(l.now, t)
}

// Pass runs every event that is due until d has passed, in virtual time.
func (l *Loop) Pass(d time.Duration) { l.RunUntil(l.Now() + d) }

// RunWhile runs events in virtual time as long as more says so, no later than
// limit. The clock stays at the last event that ran. It returns false where
// it ran out of events, or of time, while more still wanted some.
func (l *Loop) RunWhile(limit time.Duration, more func() bool) bool {
	for more() {
		l.takeInbox()
		next, ok := l.Next()
		if !ok || next > limit {
			return false
		}
		l.dispatch()
	}
	return true
}
