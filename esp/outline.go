package esp

import (
	"math"

	"github.com/ioslab/ioslab/ios/packet"
)

// Outline returns a packet like the one that Seal would make of inner next: its
// length and outer headers are right, but nothing in it is sealed, and no sequence
// number is used. Seal makes the real one in its place.
func (o *Outbound) Outline(inner packet.IPv4) (packet.IPv4, error) {
	total := o.Length(len(inner))
	if total > math.MaxUint16 {
		return nil, ErrTooLong
	}
	last := o.seq.Load()
	if last == math.MaxUint32 {
		return nil, ErrSequence
	}
	out := make(packet.IPv4, total)
	o.outerHeader(out, inner, last+1)
	return out, nil
}
