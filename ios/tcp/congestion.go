package tcp

// congestion is how much may be under way because of the net (RFC 5681), with the
// recovery of RFC 6582. Sizes are in bytes.
type congestion struct {
	window, threshold int
	duplicates        int  // ACKs for the same data, one after the other
	recovering        bool // since a loss, until what was under way then is acknowledged
	recover           seq
}

// begin sets the initial window (RFC 5681 §3.1).
func (g *congestion) begin(mss int, una seq, lostSYN bool) {
	*g = congestion{window: min(4*mss, max(2*mss, 4380)), threshold: bufferSize, recover: una}
	if lostSYN {
		g.window = mss
	}
}

// acked takes an ACK of so many bytes and reports whether the first segment that is
// left was lost too.
func (g *congestion) acked(n, flight, mss int, ack seq) (lost bool) {
	g.duplicates = 0
	switch {
	case g.recovering && ack.before(g.recover): // RFC 6582 §3.2, a partial ACK
		g.window = max(g.window-n, 0) + mss
		return true
	case g.recovering:
		g.recovering = false
		g.window = min(g.threshold, max(flight, mss)+mss)
	case g.window < g.threshold: // slow start
		g.window += min(n, mss)
	default:
		g.window += max(mss*mss/g.window, 1)
	}
	g.window = min(g.window, bufferSize)
	return false
}

// duplicate takes an ACK that says again what the last one said, and reports whether the
// first segment is to be taken for lost.
func (g *congestion) duplicate(flight, mss int, una, sent seq) (lost bool) {
	g.duplicates++
	switch {
	case g.recovering:
		g.window = min(g.window+mss, 2*bufferSize)
	case g.duplicates == dupThreshold && !una.before(g.recover):
		g.recovering, g.recover = true, sent
		g.threshold = max(flight/2, 2*mss)
		g.window = g.threshold + dupThreshold*mss
		return true
	}
	return false
}

// timedOut takes the loss of all that is under way; first is false where the same was
// lost before.
func (g *congestion) timedOut(first bool, flight, mss int, sent seq) {
	if first {
		g.threshold = max(flight/2, 2*mss)
	}
	g.window, g.duplicates, g.recovering, g.recover = mss, 0, false, sent
}
