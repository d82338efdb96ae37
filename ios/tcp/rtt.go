package tcp

import "time"

// roundTrip is what a connection knows of the time to its peer and back (RFC 6298).
type roundTrip struct {
	rto           time.Duration
	smooth, vary  time.Duration
	known         bool
	timing        bool // a segment is timed, which has not been sent twice
	timedEnd      seq
	timedSince    time.Duration
	retransmitted bool // the SYN was
}

// begin times the segment that ends there, unless another is timed.
func (r *roundTrip) begin(end seq, now time.Duration) {
	if !r.timing {
		r.timing, r.timedEnd, r.timedSince = true, end, now
	}
}

// acked takes the time of the segment that an ACK covers (§2, §3).
func (r *roundTrip) acked(ack seq, now time.Duration) {
	if !r.timing || ack.before(r.timedEnd) {
		return
	}
	r.timing = false
	took := now - r.timedSince
	if !r.known {
		r.known, r.smooth, r.vary = true, took, took/2
	} else {
		r.vary += ((r.smooth - took).Abs() - r.vary) / 4
		r.smooth += (took - r.smooth) / 8
	}
	r.rto = min(max(r.smooth+4*r.vary, minRTO), maxRTO)
}

// backOff doubles the time (§5.5). What is sent again is not timed.
func (r *roundTrip) backOff() {
	r.timing = false
	r.rto = min(2*r.rto, maxRTO)
}
