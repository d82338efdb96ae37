package tcp

import (
	"testing"
	"time"
)

func TestRetransmissionTimes(t *testing.T) {
	r := roundTrip{rto: firstRTO}
	step := func(took time.Duration) {
		r.begin(1, 0)
		r.acked(1, took)
	}
	step(2 * time.Second)
	equal(t, "first", r.rto, "6s")
	step(2 * time.Second)
	equal(t, "the same again", r.rto, "5s")
	r.backOff()
	equal(t, "lost", r.rto, "10s")
	for range 100 {
		step(10 * time.Millisecond)
	}
	equal(t, "fast", r.rto, "1s")
	for range 10 {
		r.backOff()
	}
	equal(t, "lost and lost", r.rto, "1m0s")
	r.begin(5, 0)
	r.backOff()
	r.acked(5, time.Hour) // may be that of the first
	equal(t, "not timed", r.rto, "1m0s")
}
