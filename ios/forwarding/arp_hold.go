package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// hold keeps a packet until the hardware address of its next hop is known, where
// the stack does so; of too many the oldest is lost (RFC 1122 §2.3.2.2).
func (s *Stack) hold(t *transit) {
	n := s.neighbours[t.nextHop]
	if s.HoldUnresolved == 0 || n == nil || n.complete {
		return
	}
	if len(n.held) == 0 { // a first packet, or one after a time without an answer
		n.asked = 1
	}
	if len(n.held) >= s.HoldUnresolved {
		s.conclude(StageTransmit, n.held[0], dropped(TooManyWait), func() {})
		n.held = n.held[1:]
	}
	kept := *t
	kept.packet = slices.Clone(t.packet)
	n.held = append(n.held, &kept)
	if len(n.held) == 1 {
		s.wake(n)
	}
}

// release sends what waited for a neighbour that has answered.
func (s *Stack) release(n *neighbour) {
	held := n.held
	n.held = nil
	for _, t := range held {
		s.conclude(StageTransmit, t, taken(Sent), func() {
			t.out.sendEthernet(t.Identity, n.mac, packet.EtherTypeIPv4, t.packet)
		})
	}
}

// noAnswer tells the senders of what waited that the neighbour does not answer. Its
// entry stays until it has not been used for a while.
func (s *Stack) noAnswer(n *neighbour) {
	held := n.held
	n.held, n.confirmed = nil, s.env.Clock.Now()
	s.wake(n)
	for _, t := range held {
		s.conclude(StageTransmit, t, dropped(NeighbourSilent), func() {
			s.limitedUnreachable(t, packet.UnreachHost, 0)
		})
	}
}
