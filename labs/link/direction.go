package link

import (
	"math/rand/v2"
	"time"

	"github.com/ioslab/ioslab/labs/loop"
)

const (
	// maxUnderWay bounds the frames that one direction holds.
	maxUnderWay = 1 << 14
	// queueBytes is what waits at most for a slow link: about the 40 packets of
	// an interface's output queue and what the hardware takes besides.
	queueBytes = 64 * 1500
)

// direction carries the frames from one end to the other. They stay in order, so
// one queue holds all that is under way and one function delivers the first.
type direction struct {
	loop    *loop.Loop
	to      *End
	deliver func()
	taps    []func(at time.Duration, frame []byte)

	underWay [][]byte // nil for a frame that got lost on the way
	first    int      // the frames before it have arrived
	free     time.Duration
	arrival  time.Duration // of the last frame
}

func (d *direction) init(l *loop.Loop, to *End) {
	d.loop, d.to = l, to
	d.deliver = d.deliverFirst
}

func (d *direction) send(at time.Duration, frame []byte, s Settings, rnd *rand.Rand) {
	for _, see := range d.taps {
		see(at, frame)
	}
	if s.Loss > 0 && rnd.Float64() < s.Loss {
		return
	}
	if len(d.underWay)-d.first >= maxUnderWay {
		return
	}
	sent := at
	if s.Rate > 0 {
		start := max(at, d.free)
		if waiting := (start - at).Seconds() * float64(s.Rate) / 8; waiting > queueBytes {
			return
		}
		sent = start + time.Duration(float64(8*len(frame))/float64(s.Rate)*float64(time.Second))
		d.free = sent
	}
	arrival := sent + s.Delay
	if s.Jitter > 0 {
		arrival += time.Duration(rnd.Int64N(int64(2*s.Jitter)+1)) - s.Jitter
	}
	d.arrival = max(arrival, sent, d.arrival)
	d.underWay = append(d.underWay, frame)
	d.loop.At(d.arrival, d.deliver)
}

func (d *direction) deliverFirst() {
	frame := d.underWay[d.first]
	d.underWay[d.first] = nil
	d.first++
	switch {
	case d.first == len(d.underWay):
		d.underWay, d.first = d.underWay[:0], 0
	case d.first >= 64 && d.first > len(d.underWay)/2: // keep the front short
		n := copy(d.underWay, d.underWay[d.first:])
		clear(d.underWay[n:])
		d.underWay, d.first = d.underWay[:n], 0
	}
	if frame != nil {
		d.to.receive(frame)
	}
}

// lose drops what is under way; its arrivals find nothing.
func (d *direction) lose() {
	clear(d.underWay[d.first:])
}
