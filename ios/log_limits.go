package ios

import "time"

// What anybody on the network can have a router say, without a key or an SA, is
// limited: as many messages of a kind as a person can read, so that a flood of
// packets is no flood of the log. `show logging` counts what went unsaid.
const (
	provokedAtOnce = 20
	provokedEvery  = 6 * time.Second
)

// logLimits are the limits of each message, by its mnemonic.
type logLimits struct {
	kinds  map[string]*logLimit
	unsaid int
}

// logLimit is a bucket of messages that may be said; one more falls in every
// provokedEvery.
type logLimit struct {
	left int
	at   time.Duration // when the last one fell in, or the bucket was full
}

// allows says whether a message may be said now.
func (l *logLimits) allows(mnemonic string, now time.Duration) bool {
	k := l.kinds[mnemonic]
	if k == nil {
		if l.kinds == nil {
			l.kinds = map[string]*logLimit{}
		}
		k = &logLimit{left: provokedAtOnce, at: now}
		l.kinds[mnemonic] = k
	}
	fell := int((now - k.at) / provokedEvery)
	k.left, k.at = k.left+fell, k.at+time.Duration(fell)*provokedEvery
	if k.left >= provokedAtOnce {
		k.left, k.at = provokedAtOnce, now
	}
	if k.left == 0 {
		l.unsaid++
		return false
	}
	k.left--
	return true
}
