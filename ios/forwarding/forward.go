package forwarding

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// forward decides whether a packet for somebody else may be passed on at all.
func (s *Stack) forward(t *transit) (Outcome, string) {
	s.env.Spend(costForward)
	dst := t.packet.Dst()
	switch {
	case !s.Routing:
		return Dropped, "not a router"
	case dst.IsMulticast() || dst.IsUnspecified() || t.group:
		return Dropped, "not for forwarding" // RFC 1812, 5.3.4: never what came as a link's broadcast
	}
	return Passed, ""
}

// timeToLive comes after the route, in the order of RFC 1812, 5.2.1.2: a router
// without a route says so to the first probe of a traceroute.
func (s *Stack) timeToLive(t *transit) (Outcome, string) {
	if t.packet.TTL() <= 1 {
		s.sendError(t, packet.ICMPTimeExceeded, 0, 0)
		return Dropped, "time to live exceeded"
	}
	t.packet.DecrementTTL()
	return Passed, ""
}

// route finds the way out.
func (s *Stack) route(t *transit) (Outcome, string) {
	dst := t.packet.Dst()
	r := s.Table().Lookup(dst)
	if r == nil {
		s.sendUnreachable(t, packet.UnreachHost)
		return Dropped, "no route"
	}
	path := r.path(t.packet.Src(), dst)
	t.out, t.nextHop = path.Out, path.NextHop
	if !t.nextHop.IsValid() {
		t.nextHop = dst
	}
	if t.out.name.Kind == Null {
		t.out.counters.OutDrops++
		s.sendUnreachable(t, packet.UnreachHost)
		return Dropped, "routed to Null0"
	}
	if t.out.broadcastOf(dst) && r.Source == Connected && !t.made() && !t.out.DirectedBroadcast {
		return Dropped, "directed broadcast"
	}
	return Passed, ""
}

// redirect tells a host that it could have reached the next hop itself; the
// packet goes on all the same (RFC 1812, 5.2.7.2).
func (s *Stack) redirect(t *transit) (Outcome, string) {
	if t.in == t.out && t.in.Redirects && !t.opened && !t.in.CryptoMap &&
		t.in.onLink(t.packet.Src()) && t.in.onLink(t.nextHop) {
		gateway := t.nextHop.As4()
		s.sendError(t, packet.ICMPRedirect, 1,
			uint32(gateway[0])<<24|uint32(gateway[1])<<16|uint32(gateway[2])<<8|uint32(gateway[3]))
	}
	return Passed, ""
}
