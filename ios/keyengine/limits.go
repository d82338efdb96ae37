package keyengine

import (
	"time"

	"github.com/ioslab/ioslab/isakmp/debugtext"
)

// logInterval is how far apart IOS logs the same complaint about packets.
const logInterval = time.Minute

type complaint int

const (
	notIPsec complaint = iota
	invalidSPI
	replayed
	macFailed
	complaints
)

// logLimits remembers when each complaint was last logged.
type logLimits [complaints]struct {
	at   time.Duration
	said bool
}

// limited logs a complaint unless it has just been logged.
func (e *Engine) limited(c complaint, line debugtext.Line) {
	last := &e.limits[c]
	if now := e.env.Clock.Now(); !last.said || now-last.at >= logInterval {
		last.at, last.said = now, true
		e.env.Say(line)
	}
}
