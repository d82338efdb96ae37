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
	loop     *loop.Loop
	from, to *End
	depart   func()
	deliver  func()

	departing queue         // handed over, but not on the link yet
	departure time.Duration // of the last of them
	underWay  queue         // nil for a frame that got lost on the way
	free      time.Duration
	arrival   time.Duration // of the last frame
}

func (d *direction) init(l *loop.Loop, from, to *End) {
	d.loop, d.from, d.to = l, from, to
	d.depart, d.deliver = d.departFirst, d.deliverFirst
}

func (d *direction) send(at time.Duration, frame []byte, s Settings, rnd *rand.Rand) {
	d.from.show(at, true, frame)
	if s.Loss > 0 && rnd.Float64() < s.Loss {
		return
	}
	if d.underWay.len() >= maxUnderWay {
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
	d.underWay.push(frame)
	d.loop.At(d.arrival, d.deliver)
}

func (d *direction) deliverFirst() {
	if frame := d.underWay.pop(); frame != nil {
		d.to.show(d.loop.Now(), false, frame)
		d.to.receive(frame)
	}
}

// wait holds a frame back until it departs: its sender is still at work on it.
func (d *direction) wait(at time.Duration, frame []byte) {
	if d.departing.len() >= maxUnderWay {
		return
	}
	d.departure = max(at, d.departure)
	d.departing.push(frame)
	d.loop.At(d.departure, d.depart)
}

func (d *direction) departFirst() { d.from.depart(d.loop.Now(), d.departing.pop()) }
