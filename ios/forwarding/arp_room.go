package forwarding

// roomForNeighbour says whether the ARP cache takes another entry. Where it is full
// those go that nobody misses: neighbours to whom nothing was ever sent, and addresses
// that have not answered. Otherwise whoever asks for the router under thousands of
// addresses, or has it ask for them, would keep others out for hours.
func (s *Stack) roomForNeighbour() bool {
	if len(s.neighbours) < maxNeighbours {
		return true
	}
	now := s.env.Clock.Now()
	if s.swept != never && now-s.swept < sweepInterval {
		return false
	}
	s.swept = now
	for _, n := range s.sorted() {
		unused := n.complete && n.lastUsed == never && !n.usedFast.Load()
		silent := !n.complete && len(n.held) == 0 && now-n.confirmed >= arpRequestEvery
		if unused || silent {
			s.forget(n)
		}
	}
	return len(s.neighbours) < maxNeighbours
}
