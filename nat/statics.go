package nat

import (
	"net/netip"
	"slices"
)

// StaticState is a static with its number and how many entries hang on it.
type StaticState struct {
	Static
	ID       int
	Children int
}

// AddStatic adds a static behind the others. Where one of the same ends is there it takes
// over the last words. Errors are a *AlreadyMappedError, *SimilarStaticError or
// *NonStaticError.
func (n *NAT) AddStatic(s Static) error {
	if m := n.static(s); m != nil {
		if m.static != s {
			n.detach(m)
			changed := &mapping{id: m.id, static: s} // another one: workers read the old
			n.statics[slices.Index(n.statics, m)] = changed
			n.attach(changed)
			n.config++
		}
		return nil
	}
	if err := n.refuse(s); err != nil {
		return err
	}
	m := &mapping{id: n.nextID(), static: s}
	n.statics = append(n.statics, m)
	n.attach(m)
	n.config++
	return nil
}

// refuse tells why there cannot be such a static.
func (n *NAT) refuse(s Static) error {
	for _, m := range n.statics {
		o := m.static
		if o.Kind != s.Kind || o.Protocol != s.Protocol || o.Bits != s.Bits {
			continue
		}
		sameGlobal := n.sharesGlobal(s, o) && o.GlobalPort == s.GlobalPort
		sameLocal := o.Local == s.Local && o.LocalPort == s.LocalPort
		free := s.Extendable || s.RouteMap != ""
		local, global := o.ends(n)
		switch {
		case sameGlobal && !(sameLocal && s.RouteMap != o.RouteMap):
			return &SimilarStaticError{local, global}
		case sameLocal && !free:
			return &AlreadyMappedError{s.Local, local, global}
		}
	}
	if s.Protocol != 0 || s.Bits != 0 {
		return nil
	}
	e := &Entry{shape: simple, il: number(s.Local), ig: number(n.globalOf(s))}
	if s.Kind == OutsideSource {
		e = &Entry{shape: simpleOutside, ol: number(s.Local), og: number(s.Global)}
	}
	for _, by := range e.keys() {
		if o := n.table.find(e.key(by)); o != nil && !o.static {
			return &NonStaticError{s.Local, s.Global}
		}
	}
	return nil
}

// ends are the addresses of a static as they are now.
func (s Static) ends(n *NAT) (local, global netip.Addr) { return s.Local, n.globalOf(s) }

// globalOf is the global address of a static, the zero Addr while its interface has none.
func (n *NAT) globalOf(s Static) netip.Addr {
	if s.Interface != "" {
		return n.env.Address(s.Interface)
	}
	return s.Global
}

// sharesGlobal reports whether two statics have the same global address, of which one may
// name the interface.
func (n *NAT) sharesGlobal(s, o Static) bool {
	if s.Interface == o.Interface {
		return s.Global == o.Global
	}
	a := n.globalOf(s)
	return a.IsValid() && a == n.globalOf(o)
}

// attach makes what a static stands for in the table.
func (n *NAT) attach(m *mapping) {
	s := m.static
	if s.Bits != 0 {
		n.nets = append(n.nets, m)
		return
	}
	local, global := s.ends(n)
	if !local.IsValid() || !global.IsValid() {
		return
	}
	e := &Entry{static: true, protocol: s.Protocol, origin: m}
	if s.Kind == OutsideSource {
		e.shape, e.ol, e.og, e.olID, e.ogID = simpleOutside, number(local), number(global), uint32(s.LocalPort), uint32(s.GlobalPort)
		if s.Protocol != 0 {
			e.shape = portOutside
		}
	} else {
		e.shape, e.il, e.ig, e.ilID, e.igID = simple, number(local), number(global), uint32(s.LocalPort), uint32(s.GlobalPort)
		if s.Protocol != 0 {
			e.shape = port
		}
	}
	m.entry = e
	n.add(e)
}

// detach deletes what hangs on a static, and its own entry.
func (n *NAT) detach(m *mapping) {
	n.unmake(m)
	if m.entry != nil {
		n.remove(m.entry)
		m.entry = nil
	}
	n.nets = slices.DeleteFunc(n.nets, func(o *mapping) bool { return o == m })
}

// static finds the mapping of the same line.
func (n *NAT) static(s Static) *mapping {
	for _, m := range n.statics {
		if m.static.same(s) && m.static.RouteMap == s.RouteMap {
			return m
		}
	}
	for _, m := range n.statics {
		if m.static.same(s) && s.RouteMap == "" {
			return m
		}
	}
	return nil
}

// StaticInUse reports whether entries hang on the static.
func (n *NAT) StaticInUse(s Static) bool {
	m := n.static(s)
	return m != nil && m.refs > 0
}

// RemoveStatic deletes the static, and the entries that hang on it. It reports whether
// there was one. Without a route-map it finds one with a route-map, too.
func (n *NAT) RemoveStatic(s Static) bool {
	m := n.static(s)
	if m == nil {
		return false
	}
	n.detach(m)
	n.statics = slices.DeleteFunc(n.statics, func(o *mapping) bool { return o == m })
	n.config++
	return true
}

// Statics are the statics in their order.
func (n *NAT) Statics() []StaticState {
	all := make([]StaticState, 0, len(n.statics))
	for _, m := range n.statics {
		all = append(all, StaticState{m.static, m.id, m.refs})
	}
	return all
}

// AddressChanged is to be called when an interface has got, lost or changed its address:
// statics and rules that name it follow, and translations to the old address go.
func (n *NAT) AddressChanged(ifc string) {
	for _, m := range n.statics {
		if m.static.Interface == ifc && (m.entry == nil || m.entry.ig != number(n.globalOf(m.static))) {
			n.detach(m)
			n.attach(m)
		}
	}
	if p := n.interfaces[ifc]; p != nil && p.address(0) != number(n.env.Address(ifc)) {
		moved := slices.DeleteFunc(slices.Clone(n.rules), func(m *mapping) bool { return m.pool != p })
		for _, m := range moved {
			n.unmake(m)
		}
		delete(n.interfaces, ifc)
		for _, m := range moved {
			n.lead(m)
		}
	}
	n.config++
}
