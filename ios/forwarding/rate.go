package forwarding

import (
	"math"
	"time"
)

// rateStep is how often IOS takes a sample for its five minute averages.
const rateStep = 5 * time.Second

// rateDecay is what is left of an average after one step.
var rateDecay = math.Exp(-float64(rateStep) / float64(5*time.Minute))

// meter is an exponentially decayed average of bits and packets a second. It
// needs no timer: the steps that have passed are made up for when it is used.
// The zero value is ready to use.
type meter struct {
	step          time.Duration // number of the step that is being filled
	bytes, count  float64       // in this step
	bits, packets float64       // averages a second, until the last step
}

func (m *meter) add(now time.Duration, bytes int) {
	m.advance(now)
	m.bytes += float64(bytes)
	m.count++
}

func (m *meter) advance(now time.Duration) {
	steps := now/rateStep - m.step
	if steps <= 0 {
		return
	}
	m.step += steps
	seconds := rateStep.Seconds()
	m.bits = m.bits*rateDecay + m.bytes*8/seconds*(1-rateDecay)
	m.packets = m.packets*rateDecay + m.count/seconds*(1-rateDecay)
	idle := math.Pow(rateDecay, float64(steps-1))
	m.bits *= idle
	m.packets *= idle
	m.bytes, m.count = 0, 0
}

// read gives the averages a second.
func (m *meter) read(now time.Duration) (bits, packets int) {
	m.advance(now)
	return int(math.Round(m.bits)), int(math.Round(m.packets))
}
