package slow

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// End is an address with a port or ICMP identifier.
type End struct {
	Addr netip.Addr
	ID   uint16
}

// Packet is what the model knows of a packet.
type Packet struct {
	Protocol uint8
	Src, Dst End
	Flags    uint8 // of TCP
}

// shape is what kind of entry one is.
type shape uint8

const (
	flow shape = iota
	simple
	simpleOutside
	portStatic
)

// entry is a translation.
type entry struct {
	shape          shape
	protocol       uint8
	il, ig, ol, og End
	static         *nat.Static // that it is, or that has made it
	rule           *nat.Rule   // that has made it
	permanent      bool
	destination    bool
	inside         *entry // the simple or static one that it hangs on
	outside        *entry
	opening        bool
	closing        bool
	used           time.Duration
	seen           time.Duration // the last tick at which it was found to have had children
}

// Model is the slow NAT.
type Model struct {
	Now      func() time.Duration
	List     func(name string) *acl.List
	RouteMap func(name string) nat.RouteMap
	Address  func(ifc string) netip.Addr

	Pools    map[string]nat.Pool
	Rules    []*nat.Rule
	Statics  []*nat.Static
	Timeouts nat.Timeouts
	Most     int // entries that traffic may make

	entries []*entry
	last    map[string]netip.Addr // what a pool gave last
	ticked  int64

	Hits, Misses, Expired int
	PoolMisses            map[string]int
}

// Outbound says what becomes of a packet; ok is false where it is refused.
func (m *Model) Outbound(p Packet, way nat.Way, length int) (out Packet, ok bool) {
	if e := m.find(func(e *entry) bool {
		return e.shape == flow && e.protocol == p.Protocol && e.il == p.Src && e.ol == p.Dst
	}); e != nil {
		m.Hits++
		m.carry(e, p)
		return Packet{p.Protocol, e.ig, e.og, p.Flags}, true
	}
	e := &entry{protocol: p.Protocol, il: p.Src, ig: p.Src, ol: p.Dst, og: p.Dst}
	var parents []*entry
	var pool string
	outside := m.hangOutside(e, &parents, func(o *entry) bool { return o.ol == e.ol }, func(o *entry) bool { return o.ol.Addr == e.ol.Addr }, local)
	inside, free := m.hangInside(e, &parents, p, way, length, true), true
	for _, r := range m.Rules {
		if inside || r.Kind != nat.InsideSource || !m.chooses(r, p, way, length) {
			continue
		}
		if inside = true; m.made() >= m.Most { // no address is sought
			free = false
			continue
		}
		pool, free = r.Pool, m.allocate(r, e, &parents)
	}
	return m.begin(e, parents, p, inside || outside, free, pool, Packet{p.Protocol, e.ig, e.og, p.Flags})
}

// Inbound is the same for a packet from outside.
func (m *Model) Inbound(p Packet, way nat.Way, length int) (in Packet, ok bool) {
	if e := m.find(func(e *entry) bool {
		return e.shape == flow && e.protocol == p.Protocol && e.ig == p.Dst && e.og == p.Src
	}); e != nil {
		m.Hits++
		m.carry(e, p)
		return Packet{p.Protocol, e.ol, e.il, p.Flags}, true
	}
	e := &entry{protocol: p.Protocol, il: p.Dst, ig: p.Dst, ol: p.Src, og: p.Src}
	var parents []*entry
	var pool string
	inside, free := m.hangInside(e, &parents, p, way, length, false), true
	for _, r := range m.Rules {
		if !inside && r.Kind == nat.InsideDestination && p.Protocol == packet.ProtoTCP && m.choosesDestination(r, p) {
			inside, pool = true, r.Pool
			free = m.distribute(r, e)
		}
	}
	outside := false
	if free {
		outside = m.hangOutside(e, &parents, func(o *entry) bool { return o.og == e.og }, func(o *entry) bool { return o.og.Addr == e.og.Addr }, global)
		for _, r := range m.Rules {
			if outside || r.Kind != nat.OutsideSource || !m.chooses(r, p, way, length) {
				continue
			}
			outside, pool = true, r.Pool
			var a netip.Addr
			if a, free = m.address(r, e.og.Addr); !free {
				break
			}
			e.ol.Addr = a
			e.outside = &entry{shape: simpleOutside, ol: End{Addr: a}, og: End{Addr: e.og.Addr}, rule: r}
			parents = append(parents, e.outside)
			if e.rule == nil && e.static == nil {
				e.rule = r
			}
		}
	}
	return m.begin(e, parents, p, inside || outside, free, pool, Packet{p.Protocol, e.ol, e.il, p.Flags})
}

// begin makes a conversation, if it can be.
func (m *Model) begin(e *entry, parents []*entry, p Packet, found, free bool, pool string, to Packet) (Packet, bool) {
	switch {
	case !found:
		return p, true
	case !free:
		if _, ok := m.Pools[pool]; ok {
			m.PoolMisses[pool]++
		}
		m.Misses++
		return p, false
	}
	m.Misses++
	if m.made()+len(parents)+1 > m.Most || m.find(func(o *entry) bool {
		return o.shape == flow && o.protocol == e.protocol && (o.ig == e.ig && o.og == e.og || o.il == e.il && o.ol == e.ol)
	}) != nil {
		return p, false
	}
	if e.rule == nil && e.static == nil {
		e.rule, e.static = e.outside.rule, e.outside.static
	}
	for _, o := range append(parents, e) {
		o.used = m.Now()
		m.entries = append(m.entries, o)
		m.note(o)
	}
	m.touch(e)
	e.opening = p.Protocol == packet.ProtoTCP && p.Flags&(packet.TCPSyn|packet.TCPAck|packet.TCPFin|packet.TCPRst) == packet.TCPSyn
	e.closing = p.Protocol == packet.ProtoTCP && p.Flags&(packet.TCPFin|packet.TCPRst) != 0
	return to, true
}

// note keeps what a pool gave last.
func (m *Model) note(e *entry) {
	switch {
	case e.rule == nil || e.rule.Pool == "":
	case e.destination:
		m.last[e.rule.Pool] = e.il.Addr
	case e.shape == simple, e.shape == flow && e.inside == nil && e.rule.Kind == nat.InsideSource && !e.rule.Overload:
		m.give(e, e.il.Addr, e.ig.Addr)
	case e.shape == simpleOutside:
		m.give(e, e.og.Addr, e.ol.Addr)
	}
}

func (m *Model) give(e *entry, host, a netip.Addr) {
	if m.find(func(o *entry) bool { return o != e && m.leases(o, e.rule, host) }) == nil {
		m.last[e.rule.Pool] = a
	}
}

// carry notes a packet of a conversation.
func (m *Model) carry(e *entry, p Packet) {
	m.touch(e)
	if p.Protocol != packet.ProtoTCP {
		return
	}
	switch {
	case p.Flags&(packet.TCPFin|packet.TCPRst) != 0:
		e.opening, e.closing = false, true
	case p.Flags&packet.TCPSyn != 0 && p.Flags&packet.TCPAck == 0:
		if e.closing {
			e.opening, e.closing = true, false
		}
	default:
		e.opening = false
	}
}

// touch sets the time of last use.
func (m *Model) touch(e *entry) {
	for _, o := range []*entry{e, e.inside, e.outside} {
		if o != nil {
			o.used = m.Now()
		}
	}
}

func (m *Model) find(f func(*entry) bool) *entry {
	if i := slices.IndexFunc(m.entries, f); i >= 0 {
		return m.entries[i]
	}
	return nil
}

// made is how many entries traffic has made.
func (m *Model) made() (n int) {
	for _, e := range m.entries {
		if !e.permanent {
			n++
		}
	}
	return n
}
