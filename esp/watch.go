package esp

import (
	"sync/atomic"
	"time"
)

// Clock is the router's clock.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}

// Pair is the two SAs of one quick mode.
type Pair struct {
	In  *Inbound
	Out *Outbound
}

// Used reports whether anything passed in either direction.
func (p Pair) Used() bool { return p.In.Used() || p.Out.Used() }

// Watch tells when a pair is to be renewed and when it is at its end. Each is
// told once, the end at most after the renewal's time.
type Watch struct {
	pair       Pair
	soft, hard func()
	softTime   atomic.Bool // the time to renew has come
	softDone   atomic.Bool
	stops      []func()
}

// NewWatch starts to watch a pair: soft is called when it is time for a new
// pair, which it never is for one that carried nothing; hard when the pair
// must go. Both run on the loop.
func NewWatch(clock Clock, pair Pair, soft, hard func()) *Watch {
	w := &Watch{pair: pair, soft: soft, hard: hard}
	now := clock.Now()
	if at, ok := pair.Out.Softens(); ok {
		w.stops = append(w.stops, clock.After(max(at-now, 0), func() {
			w.softTime.Store(true)
			w.Check()
		}))
	}
	if at, ok := pair.Out.Ends(); ok {
		w.stops = append(w.stops, clock.After(max(at-now, 0), w.end))
	}
	return w
}

// Check looks at the volume; call it after each packet that either SA carried.
func (w *Watch) Check() {
	if w.softDue() {
		w.softDone.Store(true)
		if w.soft != nil {
			w.soft()
		}
	}
	if w.VolumeEnded() {
		w.end()
	}
}

func (w *Watch) softDue() bool {
	return !w.softDone.Load() &&
		(w.softTime.Load() && w.pair.Used() || w.pair.In.VolumeSoft() || w.pair.Out.VolumeSoft())
}

// VolumeEnded reports whether either SA has no volume left. May be called from anywhere.
func (w *Watch) VolumeEnded() bool { return w.pair.In.VolumeEnded() || w.pair.Out.VolumeEnded() }

// Due reports whether Check would do anything. May be called from anywhere.
func (w *Watch) Due() bool { return w.softDue() || w.VolumeEnded() }

func (w *Watch) end() {
	hard := w.hard
	w.Stop()
	if hard != nil {
		hard()
	}
}

// Stop ends the watch; nothing is told any more.
func (w *Watch) Stop() {
	for _, stop := range w.stops {
		stop()
	}
	w.stops, w.soft, w.hard = nil, nil, nil
	w.softDone.Store(true)
}
