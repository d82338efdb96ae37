package acl

import (
	"encoding/binary"
	"net/netip"
)

// Addresses is a set of IPv4 addresses: those that equal Addr in every bit
// that is zero in Wildcard. Both are in host byte order.
type Addresses struct{ Addr, Wildcard uint32 }

// Any is the set of all addresses.
var Any = Addresses{Wildcard: ^uint32(0)}

// Contains reports whether a is in the set.
func (s Addresses) Contains(a netip.Addr) bool { return s.has(toUint(a)) }

func (s Addresses) has(a uint32) bool { return (a^s.Addr)&^s.Wildcard == 0 }

// covers reports whether every address of t is in s.
func (s Addresses) covers(t Addresses) bool {
	return t.Wildcard&^s.Wildcard == 0 && s.has(t.Addr)
}

// overlaps reports whether some address is in both.
func (s Addresses) overlaps(t Addresses) bool {
	return (s.Addr^t.Addr)&^(s.Wildcard|t.Wildcard) == 0
}

// Mask is the wildcard turned over: a netmask where it is contiguous.
func (s Addresses) Mask() netip.Addr { return toAddr(^s.Wildcard) }

// Network is the set's first address.
func (s Addresses) Network() netip.Addr { return toAddr(s.Addr) }

// String is the set as an extended entry words it.
func (s Addresses) String() string {
	switch s.Wildcard {
	case 0:
		return "host " + toAddr(s.Addr).String()
	case ^uint32(0):
		return "any"
	}
	return toAddr(s.Addr).String() + " " + toAddr(s.Wildcard).String()
}

// toUint takes what is not an IPv4 address as 0.0.0.0: selectors may come from
// a peer, and nothing of a peer's may panic.
func toUint(a netip.Addr) uint32 {
	if a = a.Unmap(); !a.Is4() {
		return 0
	}
	b := a.As4()
	return binary.BigEndian.Uint32(b[:])
}

func toAddr(u uint32) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], u)
	return netip.AddrFrom4(b)
}
