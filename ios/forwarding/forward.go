package forwarding

import (
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// forward decides whether a packet to another host may be passed on at all.
func (s *Stack) forward(t *transit) verdict {
	if why := unforwardable(s.Routing, t.packet.Dst(), t.group); why != NoReason {
		return dropped(why)
	}
	return passed(ToPassOn)
}

func (s *Stack) spendForward(*transit, verdict) { s.env.Spend(costForward) }

// unforwardable returns why a packet is not passed on.
func unforwardable(routing bool, dst netip.Addr, group bool) Reason {
	switch {
	case !routing:
		return NotRouting
	case dst.IsMulticast() || dst.IsUnspecified() || group:
		return NotForwardable // RFC 1812 §5.3.4: never what came as a link's broadcast
	}
	return NoReason
}

// route finds the way out, unless policy routing has.
func (s *Stack) route(t *transit) verdict {
	if t.steered() {
		return passed(NoReason)
	}
	return s.lookup(t)
}

// lookup finds the way out by the destination.
func (s *Stack) lookup(t *transit) verdict {
	dst := t.packet.Dst()
	r := s.Table().Lookup(dst)
	if t.route = r; r == nil {
		return dropped(NoRoute)
	}
	t.out, t.nextHop = r.toward(t.packet.Src(), dst)
	switch {
	case t.out.link.discards():
		return dropped(RoutedToNull)
	case r.broadcasts(t.out.addresses(), dst) && !t.made() && !t.out.DirectedBroadcast:
		return dropped(DirectedBroadcast)
	}
	return passed(Routed)
}

// routeOuter finds the way out of the packet that carries another.
func (s *Stack) routeOuter(t *transit) verdict {
	if !t.sealed {
		return passed(NoReason)
	}
	return s.lookup(t)
}

func (s *Stack) countRoute(t *transit, v verdict) {
	switch v.reason {
	case NoRoute:
		s.sendUnreachable(t, packet.UnreachHost)
	case RoutedToNull:
		t.out.counters.OutDrops++
		s.sendUnreachable(t, packet.UnreachHost)
	}
}

// broadcasts reports whether the route takes packets to dst to all of a subnet.
func (r *Route) broadcasts(out subnets, dst netip.Addr) bool {
	return r.Source == Connected && out.broadcastOf(dst)
}

// timeToLive comes after the route, in the order of RFC 1812 §5.2.1.2: a router
// without a route says so to the first probe of a traceroute.
func (s *Stack) timeToLive(t *transit) verdict {
	if t.packet.TTL() <= 1 {
		return dropped(TTLExceeded)
	}
	t.packet.DecrementTTL()
	return passed(Aged)
}

func (s *Stack) sendExpired(t *transit, v verdict) {
	if v.reason == TTLExceeded {
		s.sendTimeExceeded(t, 0)
	}
}

// redirect finds out whether a host could have reached the next hop itself. The
// packet goes on all the same (RFC 1812 §5.2.7.2).
func (s *Stack) redirect(t *transit) verdict {
	if t.in == t.out && t.in.Redirects && !t.opened && !t.in.CryptoMap &&
		shortcut(t.in.addresses(), t.packet.Src(), t.nextHop) {
		return passed(Redirected)
	}
	return passed(NoReason)
}

func (s *Stack) sendRedirect(t *transit, v verdict) {
	if v.reason == Redirected {
		gateway := t.nextHop.As4()
		s.sendWithin(&s.redirected, t, packet.ICMPRedirect, 1, binary.BigEndian.Uint32(gateway[:]))
	}
}

// shortcut reports whether both are on the link.
func shortcut(link subnets, src, nextHop netip.Addr) bool {
	return link.onLink(src) && link.onLink(nextHop)
}
