package link

import (
	"math/rand/v2"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

// A Link joins two ends.
type Link struct {
	loop *loop.Loop
	rnd  *rand.Rand
	base Settings
	ends [2]End
}

// An End of a link is where a node's interface is attached.
type End struct {
	link    *Link
	peer    *End
	own     Settings
	off     bool // the interface here is shut down
	carrier bool // what the interface here was last told
	out     direction

	receive   func(frame []byte)
	onCarrier func(up bool)
	taps      []*tap
}

// New returns a link with nothing attached. Chance is drawn from rnd.
func New(l *loop.Loop, rnd *rand.Rand, settings Settings) *Link {
	k := &Link{loop: l, rnd: rnd, base: settings}
	for i := range k.ends {
		e := &k.ends[i]
		e.link, e.peer = k, &k.ends[1-i]
		e.receive = func([]byte) {}
		e.onCarrier = func(bool) {}
		e.out.init(l, e, e.peer)
	}
	for i := range k.ends {
		k.ends[i].carrier = k.ends[i].hasCarrier()
	}
	return k
}

// End returns an end of the link, 0 or 1.
func (k *Link) End(i int) *End { return &k.ends[i] }

// Attach connects an interface: receive gets the frames, which are then its own,
// and carrier is told, in an event of its own, each time that the carrier comes or
// goes.
func (e *End) Attach(receive func(frame []byte), carrier func(up bool)) {
	e.receive, e.onCarrier = receive, carrier
}

// Carrier reports whether the interface at this end sees the other one.
func (e *End) Carrier() bool { return e.carrier }

// Send puts a frame on the link at a time that is not in the past: what becomes of
// it is decided by what the link is like then. The frame belongs to the link from
// now on, and does not overtake one that was handed over before.
func (e *End) Send(at time.Duration, frame []byte) {
	if now := e.link.loop.Now(); at <= now && e.out.departing.len() == 0 {
		e.depart(now, frame)
		return
	}
	e.out.wait(at, frame)
}

// depart puts a frame on the link now.
func (e *End) depart(now time.Duration, frame []byte) {
	if !e.carrier || !e.peer.carrier {
		return
	}
	e.out.send(now, frame, e.Settings(), e.link.rnd)
}

// Settings is what a frame meets now that passes the link.
func (e *End) Settings() Settings { return along(e.link.base, e.own, e.peer.own) }

// Off reports whether the interface at this end is shut down.
func (e *End) Off() bool { return e.off }

// Clear reports whether frames pass the link at once and unharmed, and nothing taps
// them: a caller that knows where they go may take them past it.
func (e *End) Clear() bool {
	s := e.Settings()
	return e.carrier && e.peer.carrier && s == (Settings{}) && !e.Tapped()
}

// Change sets properties at this end while the lab runs. Where the link goes
// down, what is under way is lost.
func (e *End) Change(s Settings) {
	e.own.merge(s)
	e.link.update()
}

// SetOff tells that the interface at this end was shut down, or not any more; the
// other end then has no carrier.
func (e *End) SetOff(off bool) {
	e.off = off
	e.link.update()
}

func (e *End) hasCarrier() bool {
	return !e.peer.off && !e.Settings().Down
}

func (k *Link) update() {
	for i := range k.ends {
		e := &k.ends[i]
		up := e.hasCarrier()
		if up == e.carrier {
			continue
		}
		e.carrier = up
		if !up {
			e.out.underWay.lose()
			e.peer.out.underWay.lose()
		}
		k.loop.At(k.loop.Now(), func() { e.onCarrier(up) })
	}
}
