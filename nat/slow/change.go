package slow

import (
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// Tick lets entries go whose time is over; it must be called whenever time has passed.
func (m *Model) Tick() {
	for now := int64(m.Now() / time.Second); m.ticked < now; {
		m.ticked++
		at := time.Duration(m.ticked) * time.Second
		for _, e := range m.entries {
			if m.children(e) > 0 {
				e.seen = at
			}
		}
		m.drop(func(e *entry) bool {
			d := m.timeout(e)
			over := d > 0 && e.used+d <= at && e.seen < at
			if over {
				m.Expired++
			}
			return over
		})
	}
}

func (m *Model) children(e *entry) (n int) {
	for _, o := range m.entries {
		if o.inside == e || o.outside == e {
			n++
		}
	}
	return n
}

func (m *Model) timeout(e *entry) time.Duration {
	t := m.Timeouts
	switch {
	case e.permanent:
		return 0
	case e.shape != flow:
		return t.Simple
	}
	either := func(port uint16) bool { return e.og.ID == port || e.il.ID == port }
	byPort := func(all map[uint16]time.Duration) (time.Duration, bool) {
		if d, ok := all[e.og.ID]; ok {
			return d, true
		}
		d, ok := all[e.il.ID]
		return d, ok
	}
	switch e.protocol {
	case packet.ProtoTCP:
		d, ok := byPort(t.TCPPorts)
		switch {
		case e.opening:
			return t.SYN
		case e.closing:
			return t.FinRst
		case ok:
			return d
		case either(1723):
			return t.PPTP
		}
		return t.TCP
	case packet.ProtoUDP:
		if d, ok := byPort(t.UDPPorts); ok {
			return d
		}
		if either(53) {
			return t.DNS
		}
		return t.UDP
	case packet.ProtoICMP:
		return t.ICMP
	case packet.ProtoGRE:
		return t.PPTP
	}
	return t.Simple
}

// drop deletes entries.
func (m *Model) drop(which func(*entry) bool) {
	m.entries = slices.DeleteFunc(slices.Clone(m.entries), which)
}

// Clear deletes all that traffic has made.
func (m *Model) Clear() { m.drop(func(e *entry) bool { return !e.permanent }) }

// Add adds a static.
func (m *Model) Add(s nat.Static) {
	kept := &s
	m.Statics = append(m.Statics, kept)
	m.stand(kept)
}

// stand makes the entry of a static, where it has one.
func (m *Model) stand(s *nat.Static) {
	g := s.Global
	if s.Interface != "" {
		g = m.Address(s.Interface)
	}
	if s.Bits != 0 || !g.IsValid() {
		return
	}
	e := &entry{static: s, permanent: true, protocol: s.Protocol, shape: portStatic}
	l, x := End{s.Local, s.LocalPort}, End{g, s.GlobalPort}
	switch {
	case s.Kind == nat.InsideSource:
		e.il, e.ig = l, x
		if s.Protocol == 0 {
			e.shape = simple
		}
	default:
		e.ol, e.og = l, x
		if s.Protocol == 0 {
			e.shape = simpleOutside
		}
	}
	m.entries = append(m.entries, e)
}

// Remove takes a static away, with what hangs on it.
func (m *Model) Remove(s *nat.Static) {
	m.fall(s)
	m.Statics = slices.DeleteFunc(m.Statics, func(o *nat.Static) bool { return o == s })
}

func (m *Model) fall(s *nat.Static) {
	m.drop(func(e *entry) bool {
		return e.static == s || e.outside != nil && e.outside.static == s
	})
}

// RemoveRule takes a rule away, with what it has made.
func (m *Model) RemoveRule(r *nat.Rule) {
	m.drop(func(e *entry) bool { return e.rule == r || e.outside != nil && e.outside.rule == r })
	m.Rules = slices.DeleteFunc(m.Rules, func(o *nat.Rule) bool { return o == r })
}

// Moved is to be called when the address of an interface has changed.
func (m *Model) Moved(ifc string) {
	for _, s := range m.Statics {
		if s.Interface == ifc {
			m.fall(s)
			m.stand(s)
		}
	}
	for _, r := range m.Rules {
		if r.Interface == ifc {
			m.drop(func(e *entry) bool { return e.rule == r || e.outside != nil && e.outside.rule == r })
		}
	}
}

// References is how many entries a rule has made.
func (m *Model) References(r *nat.Rule) (n int) {
	for _, e := range m.entries {
		if e.rule == r || e.outside != nil && e.outside.rule == r {
			n++
		}
	}
	return n
}
