package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// Inject has a packet come in on an interface, or be made by this router where that is
// nil, as if it had done so by itself.
func (s *Stack) Inject(in *Interface, p packet.IPv4) {
	switch {
	case s.closed || !p.Valid():
	case in == nil:
		s.send(p)
	default:
		in.countIn(in.link.length(len(p)))
		s.env.Spend(costReceive)
		s.walk(s.fromWire, &transit{packet: slices.Clone(p), in: in}, nil)
	}
}
