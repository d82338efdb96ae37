package slow

import (
	"encoding/binary"
	"net/netip"

	"github.com/ioslab/ioslab/nat"
)

// addresses are those that a rule leads to, in order.
func (m *Model) addresses(r *nat.Rule) (all []netip.Addr) {
	if r.Interface != "" {
		if a := m.Address(r.Interface); a.IsValid() {
			all = append(all, a)
		}
		return all
	}
	p := m.Pools[r.Pool]
	for _, x := range p.Ranges {
		for a := x.Start; a.Compare(x.End) <= 0; a = a.Next() {
			b := a.As4()
			host := binary.BigEndian.Uint32(b[:]) << p.Bits >> p.Bits
			if p.Bits > 30 || host != 0 && host != 1<<(32-p.Bits)-1 {
				all = append(all, a)
			}
		}
	}
	return all
}

// sameTarget reports whether two rules lead to the same addresses.
func sameTarget(a, b *nat.Rule) bool { return a.Pool == b.Pool && a.Interface == b.Interface }

// allocate gives a conversation from inside its address and port.
func (m *Model) allocate(r *nat.Rule, e *entry, parents *[]*entry) bool {
	e.rule = r
	if !r.Overload {
		a, ok := m.address(r, e.il.Addr)
		e.ig.Addr = a
		if ok && r.RouteMap == "" {
			e.inside = &entry{shape: simple, il: End{Addr: e.il.Addr}, ig: End{Addr: a}, rule: r}
			*parents = append(*parents, e.inside)
		}
		return ok
	}
	if hasPorts(e.protocol) {
		if o := m.find(func(o *entry) bool {
			return m.shares(o) && sameTarget(o.rule, r) && o.protocol == e.protocol && o.il == e.il
		}); o != nil {
			return m.shows(e, o.ig)
		}
	}
	for _, a := range m.addresses(r) {
		if !hasPorts(e.protocol) {
			if m.shows(e, End{Addr: a}) {
				return true
			}
			continue
		}
		if r.Interface == "" && m.whole(a) {
			continue
		}
		if m.free(e.protocol, End{a, e.il.ID}) && m.shows(e, End{a, e.il.ID}) {
			return true
		}
		low, high := 1, 511
		switch {
		case e.il.ID >= 1024:
			low, high = 1024, 65535
		case e.il.ID >= 512:
			low, high = 512, 1023
		}
		for port := low; port <= high; port++ {
			if m.free(e.protocol, End{a, uint16(port)}) && m.shows(e, End{a, uint16(port)}) {
				return true
			}
		}
	}
	return false
}

// shows gives a conversation an inside global end, if no other one looks the same.
func (m *Model) shows(e *entry, ig End) bool {
	e.ig = ig
	if e.protocol == 1 {
		e.og.ID = ig.ID
	}
	return m.find(func(o *entry) bool {
		return o.shape == flow && o.protocol == e.protocol && o.ig == e.ig && o.og == e.og
	}) == nil
}

// shares reports whether an entry has a port of an address that others share.
func (m *Model) shares(e *entry) bool {
	return e.shape == flow && e.inside == nil && e.rule != nil && e.rule.Kind == nat.InsideSource && e.rule.Overload
}

// free reports whether no conversation and no static has a port.
func (m *Model) free(protocol uint8, ig End) bool {
	return m.find(func(o *entry) bool {
		return o.protocol == protocol && o.ig == ig && (m.shares(o) || o.shape == portStatic && o.static.Kind == nat.InsideSource)
	}) == nil
}

// whole reports whether a static has all of an address.
func (m *Model) whole(a netip.Addr) bool {
	return m.find(func(o *entry) bool {
		return o.shape == simple && o.permanent && o.ig.Addr == a && o.static.Interface == ""
	}) != nil
}

// leases reports whether an entry has an address of a rule's alone for a host.
func (m *Model) leases(e *entry, r *nat.Rule, host netip.Addr) bool {
	if e.rule == nil || !sameTarget(e.rule, r) {
		return false
	}
	switch e.shape {
	case simple:
		return e.il.Addr == host
	case simpleOutside:
		return e.og.Addr == host
	case flow:
		return e.inside == nil && e.rule.Kind == nat.InsideSource && !e.rule.Overload && e.il.Addr == host
	}
	return false
}

// held reports whether someone has an address alone.
func (m *Model) held(a netip.Addr) bool {
	return m.find(func(o *entry) bool {
		switch {
		case o.permanent && o.static.Interface != "":
			return false
		case o.shape == simple, o.shape == portStatic && o.static.Kind == nat.InsideSource:
			return o.ig.Addr == a
		case o.shape == simpleOutside, o.shape == portStatic:
			return o.ol.Addr == a
		}
		return o.rule != nil && m.leases(o, o.rule, o.il.Addr) && o.ig.Addr == a
	}) != nil
}

// address is the one that a host gets alone.
func (m *Model) address(r *nat.Rule, host netip.Addr) (netip.Addr, bool) {
	if o := m.find(func(o *entry) bool { return m.leases(o, r, host) }); o != nil {
		if o.shape == simpleOutside {
			return o.ol.Addr, true
		}
		return o.ig.Addr, true
	}
	all := m.addresses(r)
	p := m.Pools[r.Pool]
	if p.Type == nat.Rotary {
		all = m.fromLast(r.Pool, all)
	}
	for _, a := range all {
		if !m.held(a) && (p.Type != nat.MatchHost || within(a, host, p.Bits) == a) {
			return a, true
		}
	}
	return netip.Addr{}, false
}

// fromLast are addresses in turn behind the one that was given last.
func (m *Model) fromLast(pool string, all []netip.Addr) []netip.Addr {
	for i, a := range all {
		if a == m.last[pool] {
			return append(append([]netip.Addr(nil), all[i+1:]...), all[:i+1]...)
		}
	}
	return all
}

// distribute gives a connection to a virtual host the next real one.
func (m *Model) distribute(r *nat.Rule, e *entry) bool {
	all := m.fromLast(r.Pool, m.addresses(r))
	if len(all) == 0 {
		return false
	}
	e.rule, e.destination, e.il.Addr = r, true, all[0]
	return true
}
