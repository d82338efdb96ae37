package keyengine

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios/debugtext"
)

// A peer that has proved who it is may still ask for pairs without end.
const (
	maxPairsOfFlow = 8
	maxPairsOfPeer = 512
)

// makeRoom ends the oldest pair where the newest is one too many.
func (e *Engine) makeRoom(f *flow, peer netip.Addr) {
	if len(f.pairs) > maxPairsOfFlow {
		e.expire(f.pairs[0])
	}
	if all := e.withAddress(peer); len(all) > maxPairsOfPeer {
		e.expire(slices.MinFunc(all, func(a, b *pair) int { return cmp.Compare(a.inConn, b.inConn) }))
	}
}

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
