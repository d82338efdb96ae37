package forwarding

import "github.com/ioslab/ioslab/ios/packet"

// switches reports whether CEF may switch what comes in on an interface: `ip cef`, and
// no `no ip route-cache` there. Both only say whose work it is: the way is the same.
func (s *Stack) switches(in *Interface) bool {
	return s.CEF && s.Routing && in.FastSwitching && in.CEFSwitching
}

// processed reports whether the router's processor has a packet in hand at a stage: its
// own and those for it, what is sent to all, and what CEF leaves to it, which is what has
// IP options, what it is to answer with an ICMP error, and what waits for an ARP entry.
func (s *Stack) processed(at Stage, t *transit, v verdict) bool {
	switch {
	case t.made(), t.group, !s.switches(t.in):
		return true
	case !t.packet.Valid():
		return false
	case t.packet.HeaderLen() > packet.MinIPv4Header, t.packet.Dst().IsMulticast(), s.forSelf(t):
		return true
	case at == StageDeliver && v.reason != NotForThisRouter: // to an alias of NAT
		return true
	case v.reason == Redirected, StageForward <= at && at < StageTimeToLive && t.packet.TTL() <= 1:
		return true
	case v.outcome == Dropped && s.answer(at, t, v) != nil:
		return true
	}
	return t.unresolved(s)
}

// unresolved reports whether the packet has a way out on which the hardware address of
// its next hop is not known.
func (t *transit) unresolved(s *Stack) bool {
	return t.out != nil && t.out.link.addressed() && !t.out.toAll(t.nextHop) && !s.knows(t.out, t.nextHop)
}

// toAll reports whether the packet leaves to all stations of a link, or to a group.
func (t *transit) toAll() bool {
	return t.out != nil && (t.packet.Dst().IsMulticast() || t.out.toAll(t.nextHop))
}
