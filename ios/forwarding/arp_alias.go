package forwarding

import (
	"net/netip"
	"slices"
)

// An alias is an address of NAT in a subnet of the router: it answers ARP for it as for
// one of its own, and takes what comes there where NAT does not.

// aliases are those in the interface's subnets, in their order.
func (i *Interface) aliases() []netip.Addr {
	if i.stack.NAT == nil {
		return nil
	}
	return slices.DeleteFunc(i.stack.NAT.Aliases(), func(a netip.Addr) bool { return !i.onLink(a) || i.owns(a) })
}

// claims reports whether an address is the interface's own, or an alias on it.
func (i *Interface) claims(a netip.Addr) bool {
	return i.owns(a) || i.onLink(a) && i.stack.NAT != nil && i.stack.NAT.Aliased(a)
}

// standsIn reports whether the router answers for an address of a network that NAT
// translates as a whole. Where a neighbour is known to have it, that one does.
func (i *Interface) standsIn(a netip.Addr) bool {
	s := i.stack
	return s.NAT != nil && i.onLink(a) && !i.broadcastOf(a) && !s.knows(i, a) && s.NAT.Alias(a)
}

// aliased reports whether the router takes what comes to an address because it is an
// alias.
func (s *Stack) aliased(a netip.Addr) bool { return s.aliasOn(a) != nil }

// aliasOn returns the interface on whose link an address is an alias, or nil if it is not
// an alias on any interface that is up. An address for which NAT has added a route is
// reached by that route instead.
func (s *Stack) aliasOn(a netip.Addr) *Interface {
	if s.NAT == nil || !s.NAT.Aliased(a) || s.ledOut(a) {
		return nil
	}
	at := slices.IndexFunc(s.interfaces, func(i *Interface) bool { return i.ProtocolUp() && i.onLink(a) })
	if at < 0 {
		return nil
	}
	return s.interfaces[at]
}

// Owner is the interface of an address that is the router's own, or the one on whose link
// it is an alias of NAT; nil for every other address.
func (s *Stack) Owner(a netip.Addr) *Interface {
	if own := s.Table().Local(a); own != nil {
		return own
	}
	return s.aliasOn(a)
}

// owns reports whether an address is the router's own, or an alias.
func (s *Stack) owns(a netip.Addr) bool { return s.Owner(a) != nil }

// Aliased is told of an address that has become an alias. The neighbours are told of it
// where it lies in one of their subnets.
func (s *Stack) Aliased(a netip.Addr) {
	for _, i := range s.interfaces {
		if i.onLink(a) && !i.owns(a) {
			if n := s.neighbours[a]; n != nil {
				s.forget(n)
			}
			i.announce(a)
		}
	}
}
