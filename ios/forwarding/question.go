package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// A question is what the stages would do with a packet.
type question struct {
	report     func(Step)
	lastNumber uint64
}

// Ask tells what the stages would decide about a packet that came in on an interface
// now, or about one that the router made where that is nil. It changes nothing: there
// is no count, log, message or sequence number of it. Packets are numbered from 1 on.
// A packet that would wait for the hardware address of a neighbour ends there. An
// encrypted packet that would leave has its length and its headers, but nothing sealed
// in it.
//
// What the packet would leave behind is added to what is assumed, so that the answer to
// the packet can be asked about next; nil assumes nothing and keeps nothing.
func (s *Stack) Ask(assumed *Assumed, in *Interface, p packet.IPv4, report func(Step)) {
	stages := s.fromWire
	if in == nil {
		if !p.Valid() {
			return
		}
		stages = s.stagesOfOwn(p)
	}
	s.walk(stages, &transit{packet: slices.Clone(p), in: in, assumed: assumed}, &question{report: report})
}
