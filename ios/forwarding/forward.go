package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// forward decides whether a packet for somebody else may be passed on at all.
func (s *Stack) forward(t *transit) (Outcome, string) {
	s.env.Spend(costForward)
	if note := unforwardable(s.Routing, t.packet.Dst(), t.group); note != "" {
		return Dropped, note
	}
	return Passed, ""
}

// unforwardable says why a packet is not passed on.
func unforwardable(routing bool, dst netip.Addr, group bool) (note string) {
	switch {
	case !routing:
		return "not a router"
	case dst.IsMulticast() || dst.IsUnspecified() || group:
		return "not for forwarding" // RFC 1812, 5.3.4: never what came as a link's broadcast
	}
	return ""
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
	t.out, t.nextHop = r.toward(t.packet.Src(), dst)
	if t.out.name.Kind == Null {
		t.out.counters.OutDrops++
		s.sendUnreachable(t, packet.UnreachHost)
		return Dropped, "routed to Null0"
	}
	if r.broadcasts(t.out.addresses(), dst) && !t.made() && !t.out.DirectedBroadcast {
		return Dropped, "directed broadcast"
	}
	return Passed, ""
}

// broadcasts says whether the route takes packets to dst to all of a subnet.
func (r *Route) broadcasts(out subnets, dst netip.Addr) bool {
	return r.Source == Connected && out.broadcastOf(dst)
}

// redirect tells a host that it could have reached the next hop itself; the
// packet goes on all the same (RFC 1812, 5.2.7.2).
func (s *Stack) redirect(t *transit) (Outcome, string) {
	if t.in == t.out && t.in.Redirects && !t.opened && !t.in.CryptoMap &&
		shortcut(t.in.addresses(), t.packet.Src(), t.nextHop) {
		gateway := t.nextHop.As4()
		s.sendError(t, packet.ICMPRedirect, 1,
			uint32(gateway[0])<<24|uint32(gateway[1])<<16|uint32(gateway[2])<<8|uint32(gateway[3]))
	}
	return Passed, ""
}

// shortcut says whether both are on the link.
func shortcut(link subnets, src, nextHop netip.Addr) bool {
	return link.onLink(src) && link.onLink(nextHop)
}
