package forwarding

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// OverlapError says that an address lies in a subnet of another interface, in
// IOS's words.
type OverlapError struct {
	Subnet netip.Addr
	With   *Interface
}

// Error is the line that IOS prints.
func (e *OverlapError) Error() string {
	return fmt.Sprintf("%% %v overlaps with %v", e.Subnet, e.With)
}

// Address is the primary address with its prefix length; not valid where the
// interface has none.
func (i *Interface) Address() netip.Prefix { return i.primary }

// Secondary lists the other addresses in the order they were given.
func (i *Interface) Secondary() []netip.Prefix { return i.secondary }

// SetAddress sets the primary address: p is the address itself with the length
// of its mask. A p that is not valid takes all addresses away.
func (i *Interface) SetAddress(p netip.Prefix) error {
	if p.IsValid() {
		if err := i.overlap(p); err != nil {
			return err
		}
		i.secondary = slices.DeleteFunc(i.secondary, func(q netip.Prefix) bool { return q.Addr() == p.Addr() })
	} else {
		i.secondary = nil
	}
	if p == i.primary {
		return nil
	}
	i.primary = p
	i.addressesChanged()
	if p.IsValid() {
		i.announce(p.Addr())
	}
	return nil
}

// AddSecondary gives the interface one more address.
func (i *Interface) AddSecondary(p netip.Prefix) error {
	if err := i.overlap(p); err != nil {
		return err
	}
	i.secondary = slices.DeleteFunc(i.secondary, func(q netip.Prefix) bool { return q.Addr() == p.Addr() })
	i.secondary = append(i.secondary, p)
	i.addressesChanged()
	i.announce(p.Addr())
	return nil
}

// RemoveSecondary takes a secondary address away and reports whether it was there.
func (i *Interface) RemoveSecondary(p netip.Prefix) bool {
	at := slices.Index(i.secondary, p)
	if at < 0 {
		return false
	}
	i.secondary = slices.Delete(i.secondary, at, at+1)
	i.addressesChanged()
	return true
}

func (i *Interface) addressesChanged() {
	i.stack.forgetStrangers(i)
	i.hold(i.addresses())
	i.stack.reconnect(i)
}

// hold notes which subnets the interface takes up.
func (i *Interface) hold(addresses subnets) {
	taken := &i.stack.subnets
	for _, p := range i.held {
		taken.Delete(p.Masked())
	}
	i.held = slices.Clone(addresses)
	for _, p := range i.held {
		taken.Insert(p.Masked())
	}
}

// addresses lists primary and secondary addresses.
func (i *Interface) addresses() subnets {
	if !i.primary.IsValid() {
		return i.secondary
	}
	return append([]netip.Prefix{i.primary}, i.secondary...)
}

// overlap looks for p's subnet on the other interfaces.
func (i *Interface) overlap(p netip.Prefix) error {
	if !i.stack.subnets.OverlapsPrefix(p.Masked()) {
		return nil
	}
	for _, o := range i.stack.interfaces {
		if o == i {
			continue
		}
		for _, q := range o.addresses() {
			if q.Overlaps(p) {
				return &OverlapError{p.Masked().Addr(), o}
			}
		}
	}
	return nil
}

func (i *Interface) onLink(a netip.Addr) bool      { return i.addresses().onLink(a) }
func (i *Interface) owns(a netip.Addr) bool        { return i.addresses().owns(a) }
func (i *Interface) broadcastOf(a netip.Addr) bool { return i.addresses().broadcastOf(a) }

// subnets are an interface's addresses with the lengths of their masks.
type subnets []netip.Prefix

// onLink reports whether a lies in one of the subnets.
func (s subnets) onLink(a netip.Addr) bool {
	return slices.ContainsFunc(s, func(p netip.Prefix) bool { return p.Contains(a) })
}

// owns reports whether a is one of the addresses.
func (s subnets) owns(a netip.Addr) bool {
	return slices.ContainsFunc(s, func(p netip.Prefix) bool { return p.Addr() == a })
}

// broadcastOf reports whether a is the broadcast address of one of the subnets, in
// either form: all ones, or all zeros as of old (RFC 1812 §4.2.3.1).
func (s subnets) broadcastOf(a netip.Addr) bool {
	return slices.ContainsFunc(s, func(p netip.Prefix) bool {
		return p.Bits() < 31 && p.Contains(a) && (a == lastOf(p) || a == p.Masked().Addr())
	})
}

// lastOf is the highest address of a prefix.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().As4()
	binary.BigEndian.PutUint32(b[:], binary.BigEndian.Uint32(b[:])|uint32(1<<(32-p.Bits())-1))
	return netip.AddrFrom4(b)
}
