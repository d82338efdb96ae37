package tcp

// seq is a sequence number: they are compared around the circle (RFC 9293 §3.4).
type seq uint32

func (a seq) before(b seq) bool { return int32(a-b) < 0 }

// to is how far b lies behind a; negative where it lies before.
func (a seq) to(b seq) int { return int(int32(b - a)) }

func later(a, b seq) seq {
	if a.before(b) {
		return b
	}
	return a
}
