package esp

// WindowSize is how many sequence numbers back a late packet may be. Window keeps a
// bit for each in a uint64, so a larger one needs a ring of words there.
const WindowSize = 64

// Window is an anti-replay window (RFC 4303 §3.4.3 and appendix A). The zero
// value is an SA's window at its start. Allows is asked before the check
// value is verified, Mark told after, so that a forged packet moves nothing.
type Window struct {
	top  uint32
	seen uint64 // bit n: top-n has come
}

// Allows reports whether a packet of this sequence number may be new.
func (w *Window) Allows(seq uint32) bool {
	switch {
	case seq == 0: // never sent
		return false
	case seq > w.top:
		return true
	}
	back := w.top - seq
	return back < WindowSize && w.seen&(1<<back) == 0
}

// Mark notes that a packet came. Its number must have been allowed.
func (w *Window) Mark(seq uint32) {
	if seq > w.top {
		w.seen <<= seq - w.top // more than 63 leaves nothing
		w.top = seq
	}
	if back := w.top - seq; back < WindowSize {
		w.seen |= 1 << back
	}
}

// Top is the highest sequence number that came.
func (w *Window) Top() uint32 { return w.top }
