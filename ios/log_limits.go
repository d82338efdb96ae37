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

// logLimit is a bucket of messages that may be said; one more falls in every
// provokedEvery.
type logLimit struct {
	left int
	at   time.Duration // when the last one fell in, or the bucket was full
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
		k = &logLimit{left: provokedAtOnce, at: now}
		l.kinds[m.Mnemonic] = k
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
