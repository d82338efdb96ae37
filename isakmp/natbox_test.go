package isakmp_test

import (
	"net/netip"
	"slices"
	"testing"
)

// natBox is a router with NAT overload before some routers: what they send gets
// another source, and what comes back to that goes to them.
type natBox struct {
	public  netip.Addr
	inside  []*router
	next    uint16
	mapped  map[netip.AddrPort]uint16 // of an inside source
	owner   map[uint16]netip.AddrPort
	forward map[uint16]netip.AddrPort // ports that are open from outside
	beside  *natBox                   // another one, before other routers
}

// behindNAT puts routers behind a NAT with that public address.
func (w *world) behindNAT(public string, inside ...*router) *natBox {
	w.nat = &natBox{
		public: netip.MustParseAddr(public), inside: inside, next: 40000,
		forward: map[uint16]netip.AddrPort{}, beside: w.nat,
	}
	w.nat.forget()
	return w.nat
}

// opened sends ports 500 and 4500 of the public address to a router inside.
func (n *natBox) opened(r *router) *natBox {
	for _, port := range []uint16{500, 4500} {
		n.forward[port] = netip.AddrPortFrom(r.addr.Addr(), port)
	}
	return n
}

// forget loses all mappings, as a NAT does that was idle, or restarted: the next
// packets get other ports.
func (n *natBox) forget() {
	n.mapped, n.owner = map[netip.AddrPort]uint16{}, map[uint16]netip.AddrPort{}
}

// outside is the address at which the others find a router.
func (n *natBox) outside(r *router) netip.Addr {
	switch {
	case n == nil:
		return r.addr.Addr()
	case slices.Contains(n.inside, r):
		return n.public
	}
	return n.beside.outside(r)
}

// pass rewrites a datagram's source and destination on its way. What has no
// mapping goes nowhere.
func (n *natBox) pass(from, to netip.AddrPort) (src, dst netip.AddrPort) {
	if n == nil {
		return from, to
	}
	src, dst = from, to
	if slices.ContainsFunc(n.inside, func(r *router) bool { return r.addr.Addr() == from.Addr() }) {
		src = netip.AddrPortFrom(n.public, n.port(from))
	}
	if to.Addr() == n.public {
		dst = n.owner[to.Port()]
		if open, ok := n.forward[to.Port()]; ok {
			dst = open
		}
	}
	return n.beside.pass(src, dst)
}

func (n *natBox) port(from netip.AddrPort) uint16 {
	if n.forward[from.Port()] == from {
		return from.Port()
	}
	p, ok := n.mapped[from]
	if !ok {
		n.next++
		p = n.next
		n.mapped[from], n.owner[p] = p, from
	}
	return p
}

// natWorld has R1 at 10.0.0.1 behind a NAT whose public address is what R1 is
// elsewhere, so that R3 need not know.
func natWorld(t testing.TB) *world {
	w := newWorld(t)
	w.a.addr = netip.MustParseAddrPort("10.0.0.1:500")
	w.behindNAT("12.12.12.1", w.a)
	return w
}
