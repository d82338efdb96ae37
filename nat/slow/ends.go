package slow

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// side is an address of a static.
type side func(s *nat.Static) netip.Addr

func local(s *nat.Static) netip.Addr  { return s.Local }
func global(s *nat.Static) netip.Addr { return s.Global }

func hasPorts(protocol uint8) bool {
	return protocol == packet.ProtoTCP || protocol == packet.ProtoUDP || protocol == packet.ProtoICMP
}

// hangInside translates the inside end by statics and simple entries: those of the port
// first, then those of the address, then networks.
func (m *Model) hangInside(e *entry, parents *[]*entry, p Packet, way nat.Way, length int, outbound bool) bool {
	found := m.find(func(o *entry) bool {
		same := o.il == e.il
		if !outbound {
			same = o.ig == e.ig
		}
		return o.shape == portStatic && o.protocol == e.protocol && same && o.static.Kind == nat.InsideSource &&
			m.permits(o.static, o.il.Addr, p, way, length, outbound)
	})
	if found != nil {
		e.il, e.ig = pair(found.il, e.il, outbound), pair(found.ig, e.ig, !outbound)
	} else if found = m.find(func(o *entry) bool {
		same := o.il.Addr == e.il.Addr
		if !outbound {
			same = o.ig.Addr == e.ig.Addr
		}
		return o.shape == simple && same && (!o.permanent || m.permits(o.static, o.il.Addr, p, way, length, outbound))
	}); found != nil {
		e.il.Addr, e.ig.Addr = found.il.Addr, found.ig.Addr
	}
	if found != nil {
		e.inside, e.static, e.rule = found, found.static, found.rule
		return true
	}
	for _, s := range m.Statics {
		from, a := local, e.il.Addr
		if !outbound {
			from, a = global, e.ig.Addr
		}
		if s.Kind != nat.InsideSource || s.Bits == 0 || !netip.PrefixFrom(from(s), s.Bits).Masked().Contains(a) ||
			!m.permits(s, within(s.Local, a, s.Bits), p, way, length, outbound) {
			continue
		}
		e.il.Addr, e.ig.Addr = within(s.Local, a, s.Bits), within(s.Global, a, s.Bits)
		e.inside = &entry{shape: simple, il: End{Addr: e.il.Addr}, ig: End{Addr: e.ig.Addr}, static: s}
		e.static = s
		*parents = append(*parents, e.inside)
		return true
	}
	return false
}

// pair is the end of a static, or the own one where that is what was asked by.
func pair(static, own End, asked bool) End {
	if asked {
		return own
	}
	return static
}

// hangOutside is the same for the outside end.
func (m *Model) hangOutside(e *entry, parents *[]*entry, port, address func(*entry) bool, from side) bool {
	found := m.find(func(o *entry) bool {
		return o.shape == portStatic && o.protocol == e.protocol && o.static.Kind == nat.OutsideSource && port(o)
	})
	if found != nil {
		e.ol, e.og = found.ol, found.og
	} else if found = m.find(func(o *entry) bool { return o.shape == simpleOutside && address(o) }); found != nil {
		e.ol.Addr, e.og.Addr = found.ol.Addr, found.og.Addr
	}
	if found != nil {
		e.outside = found
		return true
	}
	for _, s := range m.Statics {
		a := e.ol.Addr // the same as og by now
		if s.Kind != nat.OutsideSource || s.Bits == 0 || !netip.PrefixFrom(from(s), s.Bits).Masked().Contains(a) {
			continue
		}
		e.ol.Addr, e.og.Addr = within(s.Local, a, s.Bits), within(s.Global, a, s.Bits)
		e.outside = &entry{shape: simpleOutside, ol: End{Addr: e.ol.Addr}, og: End{Addr: e.og.Addr}, static: s}
		*parents = append(*parents, e.outside)
		return true
	}
	return false
}

// within is the address of a network with the host part of another.
func within(network, a netip.Addr, bits int) netip.Addr {
	n, h := network.As4(), a.As4()
	for i := range 32 {
		if i >= bits {
			mask := byte(0x80) >> (i % 8)
			n[i/8] = n[i/8]&^mask | h[i/8]&mask
		}
	}
	return netip.AddrFrom4(n)
}

// seen is what lists see of a packet.
func seen(p Packet) acl.Packet {
	s := acl.Packet{Src: p.Src.Addr, Dst: p.Dst.Addr, Protocol: p.Protocol, Transport: hasPorts(p.Protocol), TCPFlags: p.Flags}
	if p.Protocol != packet.ProtoICMP && hasPorts(p.Protocol) {
		s.SrcPort, s.DstPort = p.Src.ID, p.Dst.ID
	}
	if p.Protocol == packet.ProtoICMP {
		s.Type = packet.ICMPEcho
	}
	return s
}

// chooses reports whether a rule takes a packet.
func (m *Model) chooses(r *nat.Rule, p Packet, way nat.Way, length int) bool {
	s := seen(p)
	if r.RouteMap != "" {
		return m.routes(r.RouteMap, s, way, length)
	}
	return m.List(r.List).Lookup(&s).Selects()
}

func (m *Model) choosesDestination(r *nat.Rule, p Packet) bool {
	s := seen(p)
	if l := m.List(r.List); l != nil && l.Kind() == acl.Standard {
		s.Src = s.Dst
	}
	return m.List(r.List).Lookup(&s).Selects()
}

func (m *Model) routes(name string, s acl.Packet, way nat.Way, length int) bool {
	r := m.RouteMap(name)
	if r == nil {
		return false
	}
	_, permit, _ := r.Permits(&s, length, way)
	return permit
}

// permits reports whether a static is for a packet of, or to, an inside host.
func (m *Model) permits(s *nat.Static, il netip.Addr, p Packet, way nat.Way, length int, outbound bool) bool {
	if s.RouteMap == "" {
		return true
	}
	if !outbound {
		p.Src, p.Dst = End{il, p.Dst.ID}, p.Src
	}
	return m.routes(s.RouteMap, seen(p), way, length)
}
