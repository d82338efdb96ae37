package ios

import (
	"time"

	"github.com/ioslab/ioslab/ios/debugtext"
)

// Messages that any host on the network can provoke, without a key or an SA, are
// limited to as many of a kind as a person can read, so that a flood of packets does
// not fill the log. `show logging` counts those left out.
const (
	provokedAtOnce = 20
	provokedEvery  = 6 * time.Second
)

// logLimits are the limits of each message, by its mnemonic.
type logLimits struct {
	kinds  map[string]*logLimit
	last   map[string]time.Duration // when a message with an interval of its own was logged
	unsaid int
}

// logLimit is a bucket of messages that may be said, into which one more falls from
// time to time. The zero value is full.
type logLimit struct {
	taken int
	at    time.Duration // when the last one fell in, or the bucket was full
}

// take takes one of a bucket that holds so many, and reports whether there was one.
func (l *logLimit) take(size int, every, now time.Duration) bool {
	fell := int((now - l.at) / every)
	l.taken, l.at = l.taken-fell, l.at+time.Duration(fell)*every
	if l.taken <= 0 {
		l.taken, l.at = 0, now
	}
	if l.taken == size {
		return false
	}
	l.taken++
	return true
}

// allows reports whether a message may be said now.
func (l *logLimits) allows(m debugtext.Message, now time.Duration) bool {
	if m.Every > 0 {
		return l.due(m, now)
	}
	k := l.kinds[m.Mnemonic]
	if k == nil {
		if l.kinds == nil {
			l.kinds = map[string]*logLimit{}
		}
		k = &logLimit{}
		l.kinds[m.Mnemonic] = k
	}
	if !k.take(provokedAtOnce, provokedEvery, now) {
		l.unsaid++
		return false
	}
	return true
}

// due reports whether the interval of a message is over, which begins anew then.
func (l *logLimits) due(m debugtext.Message, now time.Duration) bool {
	if at, said := l.last[m.Mnemonic]; said && now-at < m.Every {
		return false
	}
	if l.last == nil {
		l.last = map[string]time.Duration{}
	}
	l.last[m.Mnemonic] = now
	return true
}
