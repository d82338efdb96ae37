package forwarding

import "time"

// icmpBurst is how many ICMP errors of a kind a router sends at once. Two traceroutes at
// a time have their three answers, and a ping of five its redirects; more than that come
// as slowly as unreachables do.
const icmpBurst = 6

// burstLimit lets a burst of messages through, and after it one in each interval. The
// zero value has sent nothing yet.
type burstLimit struct {
	spent int           // of the burst
	since time.Duration // when the first of what is spent comes back
}

// allow reports whether another message may be sent, and counts it.
func (b *burstLimit) allow(now, interval time.Duration) bool {
	if interval == 0 {
		return true
	}
	if back := int((now - b.since) / interval); back >= b.spent {
		b.spent, b.since = 0, now
	} else {
		b.spent -= back
		b.since += time.Duration(back) * interval
	}
	if b.spent >= icmpBurst {
		return false
	}
	b.spent++
	return true
}
