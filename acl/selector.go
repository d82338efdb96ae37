package acl

import "net/netip"

// Selector is what an IPsec SA pair protects, as a permit entry of a crypto
// list says it: the proxy identities of quick mode. A zero protocol or port
// stands for all.
type Selector struct {
	Local, Remote Proxy
	Protocol      uint8
}

// Proxy is one side of a Selector.
type Proxy struct {
	Addr, Mask netip.Addr
	Port       uint16
}

// Selector returns the entry's proxy identities; ok is false for an entry
// that has none, which is all but permit entries. A condition on ports other
// than one single eq cannot be negotiated and counts as every port.
func (e *Entry) Selector() (s Selector, ok bool) {
	if e.Action != Permit {
		return Selector{}, false
	}
	if e.Kind == Standard {
		return Selector{Local: e.Src.proxy(Ports{}), Remote: Any.proxy(Ports{})}, true
	}
	return Selector{
		Local:    e.Src.proxy(e.SrcPorts),
		Remote:   e.Dst.proxy(e.DstPorts),
		Protocol: e.Protocol,
	}, true
}

func (s Addresses) proxy(c Ports) Proxy {
	p := Proxy{Addr: s.Network(), Mask: s.Mask()}
	if c.Op == PortEq && c.N == 1 {
		p.Port = c.Port[0]
	}
	return p
}

// addresses is the proxy as a set of addresses.
func (p Proxy) addresses() Addresses {
	m := toUint(p.Mask)
	return Addresses{toUint(p.Addr) & m, ^m}
}

// normal clears the bits that the masks leave open.
func (s Selector) normal() Selector {
	s.Local.Addr, s.Remote.Addr = s.Local.addresses().Network(), s.Remote.addresses().Network()
	return s
}

// Covers reports whether all that t protects is within s.
func (s Selector) Covers(t Selector) bool {
	return (s.Protocol == 0 || s.Protocol == t.Protocol) &&
		s.Local.covers(t.Local) && s.Remote.covers(t.Remote)
}

func (p Proxy) covers(q Proxy) bool {
	return (p.Port == 0 || p.Port == q.Port) && p.addresses().covers(q.addresses())
}

// Overlaps reports whether some packet is within both.
func (s Selector) Overlaps(t Selector) bool {
	return (s.Protocol == 0 || t.Protocol == 0 || s.Protocol == t.Protocol) &&
		s.Local.overlaps(t.Local) && s.Remote.overlaps(t.Remote)
}

func (p Proxy) overlaps(q Proxy) bool {
	return (p.Port == 0 || q.Port == 0 || p.Port == q.Port) && p.addresses().overlaps(q.addresses())
}

// Contains reports whether the SA pair may carry the packet outward; for an
// inbound packet ask with Packet.Reversed.
func (s Selector) Contains(p *Packet) bool {
	if s.Protocol != 0 && s.Protocol != p.Protocol {
		return false
	}
	if !s.Local.addresses().Contains(p.Src) || !s.Remote.addresses().Contains(p.Dst) {
		return false
	}
	if p.Fragment {
		return true // its ports were seen in the first fragment
	}
	return (s.Local.Port == 0 || s.Local.Port == p.SrcPort) &&
		(s.Remote.Port == 0 || s.Remote.Port == p.DstPort)
}

// FindSelector returns the first permit rule that says exactly s, nil where
// there is none: what two ends whose lists mirror each other agree on.
func (l *List) FindSelector(s Selector) *Rule {
	if l == nil {
		return nil
	}
	s = s.normal()
	for _, r := range l.rules {
		if t, ok := r.Selector(); ok && t == s && r.Active() {
			return r
		}
	}
	return nil
}

// CoveringRule returns the permit rule under which a responder accepts s: the
// first that covers it, unless an entry before denies part of it.
func (l *List) CoveringRule(s Selector) *Rule {
	if l == nil {
		return nil
	}
	for _, r := range l.rules {
		if r.Action == Remark || r.Action == Evaluate || !r.Active() {
			continue
		}
		if r.Action == Unread {
			return nil
		}
		if t, ok := r.Selector(); ok {
			if t.Covers(s) {
				return r
			}
			continue
		}
		e := r.Entry
		e.Action = Permit
		if t, _ := e.Selector(); t.Overlaps(s) {
			return nil
		}
	}
	return nil
}
