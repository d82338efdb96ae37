package forwarding

import "net/netip"

// hasRoomFor reports whether the ARP cache would take an entry for an address.
func (s *Stack) hasRoomFor(a netip.Addr) bool {
	if s.neighbours[a] != nil || len(s.neighbours) < maxNeighbours {
		return true
	}
	if !s.sweepDue() {
		return false
	}
	for _, n := range s.neighbours {
		if s.unmissed(n) {
			return true
		}
	}
	return false
}

// roomForNeighbour reports whether the ARP cache takes another entry. Where it is full
// entries without use go: neighbours to whom nothing was ever sent, and addresses that
// have not answered. Otherwise a host that asks for the router under thousands of
// addresses, or has it ask for them, would keep others out for hours.
func (s *Stack) roomForNeighbour() bool {
	if len(s.neighbours) < maxNeighbours {
		return true
	}
	if !s.sweepDue() {
		return false
	}
	s.swept = s.env.Clock.Now()
	for _, n := range s.sorted() {
		if s.unmissed(n) {
			s.forget(n)
		}
	}
	return len(s.neighbours) < maxNeighbours
}

func (s *Stack) sweepDue() bool {
	return s.swept == never || s.env.Clock.Now()-s.swept >= sweepInterval
}

// unmissed reports whether an entry may go where there is no room.
func (s *Stack) unmissed(n *neighbour) bool {
	unused := n.complete && n.lastUsed == never && !n.usedFast.Load()
	silent := !n.complete && len(n.held) == 0 && s.env.Clock.Now()-n.confirmed >= arpRequestEvery
	return unused || silent
}
