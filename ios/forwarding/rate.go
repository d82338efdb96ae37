package forwarding

import "time"

// rateStep is how often IOS takes a sample for its five minute averages.
const rateStep = 5 * time.Second

// Averages are kept in whole millionths: every machine must come to the same
// figure, which floating point does not promise.
const (
	million = 1_000_000
	// rateDecay is what is left of an average after one step: exp(-5 s/5 min).
	rateDecay = 983_471
	// rateForgotten is after how many steps nothing is left of any average.
	rateForgotten = 3000
)

// meter is an exponentially decayed average of bits and packets a second. It
// needs no timer: the steps that have passed are made up for when it is used.
// The zero value is ready to use.
type meter struct {
	step          time.Duration // number of the step that is being filled
	bytes, count  int64         // in this step
	bits, packets int64         // millionths a second, until the last step
}

func (m *meter) add(now time.Duration, packets, bytes uint64) {
	m.advance(now)
	m.bytes += int64(bytes)
	m.count += int64(packets)
}

func (m *meter) advance(now time.Duration) {
	steps := now/rateStep - m.step
	if steps <= 0 {
		return
	}
	m.step += steps
	const seconds = int64(rateStep / time.Second)
	m.bits = decay(m.bits) + m.bytes*8/seconds*(million-rateDecay)
	m.packets = decay(m.packets) + m.count*(million-rateDecay)/seconds
	m.bytes, m.count = 0, 0
	if steps > rateForgotten {
		m.bits, m.packets = 0, 0
	}
	for ; steps > 1 && m.bits|m.packets != 0; steps-- {
		m.bits, m.packets = decay(m.bits), decay(m.packets)
	}
}

// decay takes an average through one step, without running over at any rate.
func decay(v int64) int64 {
	return v/million*rateDecay + v%million*rateDecay/million
}

// read gives the averages a second.
func (m *meter) read(now time.Duration) (bits, packets int) {
	m.advance(now)
	return int((m.bits + million/2) / million), int((m.packets + million/2) / million)
}
