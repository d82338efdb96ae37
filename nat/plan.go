package nat

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// plan finds out what entry a packet without one would get: nil where nothing translates
// it.
func (q *question) plan() (*Entry, Reason) {
	e := q.begin()
	found, reason := q.fit(e)
	if found && reason == NoReason {
		return e, NoReason
	}
	q.spare = e
	return nil, reason
}

// fit finds the other ends of a conversation, and what it has them by.
func (q *question) fit(e *Entry) (found bool, reason Reason) {
	var inside, outside bool
	if q.outbound {
		outside = q.outsideFromLocal(e)
		if inside, reason = q.insideFromLocal(e); !inside && q.way.Self {
			inside = q.keep(e)
		}
	} else if inside, reason = q.insideFromGlobal(e); reason == NoReason {
		outside, reason = q.outsideFromGlobal(e)
	}
	switch {
	case reason != NoReason || !inside && !outside:
		return inside || outside, reason
	case q.talk.short:
		return true, NotCarried
	}
	if e.origin == nil {
		e.origin = e.outside.origin
	}
	if !q.room(e.il, len(q.parents)+1) {
		return true, TooMany
	}
	if e.content != ikeCookies {
		e.content = q.contentOf(e)
		if !q.unlike(e) {
			return true, Taken
		}
	}
	if !q.outbound && q.table.find(e.key(byFlowLocal)) != nil {
		return true, Taken
	}
	return true, NoReason
}

// begin returns an entry for the packet's conversation that changes nothing yet.
func (q *question) begin() *Entry {
	t := q.talk
	if !q.outbound {
		t = t.reversed()
	}
	e := q.spare
	if q.spare = nil; e == nil {
		e = new(Entry)
	}
	*e = Entry{
		protocol: t.protocol, portless: t.portless,
		il: t.src, ilID: t.srcID, ig: t.src, igID: t.srcID,
		ol: t.dst, olID: t.dstID, og: t.dst, ogID: t.dstID,
	}
	return e
}

// insideFromLocal finds the inside global end of a conversation that begins inside.
func (q *question) insideFromLocal(e *Entry) (bool, Reason) {
	if q.insideByEntry(e) {
		return true, NoReason
	}
	for _, m := range q.rules {
		if m.rule.Kind == InsideSource && q.chosen(m, &q.seen) {
			if q.rule = m; !q.room(e.il, 1) {
				return true, TooMany
			}
			return true, q.allocate(m, e)
		}
	}
	return false, NoReason
}

// keep makes a conversation of the router's own whose answers a static would take away: it
// stays as it is, and so do its answers.
func (q *question) keep(e *Entry) bool {
	il, id := e.il, e.ilID
	found := q.hang(e, &e.inside, byInsideGlobalPort, byInsideGlobal)
	e.il, e.ilID = il, id
	return found
}

// insideByEntry finds it by statics and simple entries.
func (q *question) insideByEntry(e *Entry) bool {
	return q.hang(e, &e.inside, byInsideLocalPort, byInsideLocal) ||
		q.network(e, InsideSource, e.il, Static.localNet)
}

// allocate gives a conversation the address, and port, that a rule leads to.
func (q *question) allocate(m *mapping, e *Entry) Reason {
	e.origin = m
	p := m.pool
	if p == nil {
		return NoAddress
	}
	if m.rule.Overload {
		switch {
		case q.preserves(e):
			return q.preservePort(p, e)
		case e.protocol == packet.ProtoESP:
			reason := q.bindESP(p, e)
			q.matchESP(e)
			return reason
		case e.portless && !q.bindPortless(p, e), !e.portless && !q.bind(p, e):
			return NoAddress
		}
		return NoReason
	}
	ig, ok := p.choose(e.il)
	if !ok {
		return NoAddress
	}
	e.ig = ig
	if m.rule.RouteMap == "" {
		e.inside = &Entry{shape: simple, il: e.il, ig: ig, origin: m}
		q.parents = append(q.parents, e.inside)
	}
	return NoReason
}

// bindPortless chooses the address of a conversation without ports: the first on which no
// other host has one with the same peer.
func (q *question) bindPortless(p *pool, e *Entry) bool {
	for at := range p.size {
		if e.ig = p.address(at); p.usable(e.ig) && q.unlike(e) {
			return true
		}
	}
	return false
}

// outsideFromLocal finds the outside global end.
func (q *question) outsideFromLocal(e *Entry) bool {
	return q.hang(e, &e.outside, byOutsideLocalPort, byOutsideLocal) ||
		q.network(e, OutsideSource, e.ol, Static.localNet)
}

// insideFromGlobal finds the inside local end of a conversation that begins outside.
func (q *question) insideFromGlobal(e *Entry) (bool, Reason) {
	if q.insideByGlobal(e) || q.insideOfESP(e) {
		return true, NoReason
	}
	if q.talk.protocol != packet.ProtoTCP {
		return false, NoReason
	}
	for _, m := range q.rules {
		if m.rule.Kind == InsideDestination && q.chosen(m, q.destination(m)) {
			q.rule = m
			return true, q.distribute(m, e)
		}
	}
	return false, NoReason
}

// insideByGlobal finds it by statics and simple entries.
func (q *question) insideByGlobal(e *Entry) bool {
	return q.hang(e, &e.inside, byInsideGlobalPort, byInsideGlobal) ||
		q.network(e, InsideSource, e.ig, Static.globalNet)
}

// destination is the packet as the list of `ip nat inside destination` sees it: a standard
// list names the destination.
func (q *question) destination(m *mapping) *acl.Packet {
	l := q.env.List(m.rule.List)
	if l == nil || l.Kind() != acl.Standard {
		return &q.seen
	}
	p := q.seen
	p.Src = p.Dst
	return &p
}

// distribute gives a new connection the next host of a pool.
func (q *question) distribute(m *mapping, e *Entry) Reason {
	e.origin, e.destination = m, true
	p := m.pool
	if p == nil {
		return NoAddress
	}
	for step := range p.size {
		at := (p.last + 1 + step) % p.size
		if a := p.address(at); p.usable(a) {
			e.il = a
			return NoReason
		}
	}
	return NoAddress
}

// outsideFromGlobal finds the outside local end.
func (q *question) outsideFromGlobal(e *Entry) (bool, Reason) {
	if q.outsideByGlobal(e) {
		return true, NoReason
	}
	for _, m := range q.rules {
		if m.rule.Kind != OutsideSource || !q.chosen(m, &q.seen) {
			continue
		}
		q.rule = m
		if m.pool == nil {
			return true, NoAddress
		}
		ol, ok := m.pool.choose(e.og)
		if !ok {
			return true, NoAddress
		}
		e.ol = ol
		e.outside = &Entry{shape: simpleOutside, ol: ol, og: e.og, origin: m}
		q.parents = append(q.parents, e.outside)
		return true, NoReason
	}
	return false, NoReason
}

// outsideByGlobal finds it by statics and simple entries.
func (q *question) outsideByGlobal(e *Entry) bool {
	return q.hang(e, &e.outside, byOutsideGlobalPort, byOutsideGlobal) ||
		q.network(e, OutsideSource, e.og, Static.globalNet)
}

// hang finds the static or simple entry that one end of a conversation is translated by:
// one of the port first, then one of the address.
func (q *question) hang(e *Entry, parent **Entry, byPort, byAddress keyKind) bool {
	for _, by := range [...]keyKind{byPort, byAddress} {
		if q.table.kinds[by].Load() == 0 && len(q.assumed) == 0 {
			continue
		}
		k := e.key(by)
		switch {
		case by == byAddress:
			k.protocol = 0
		case e.portless:
			k.aID = 0
		}
		found := q.each(k, func(s *Entry) bool { return q.admits(s, e) })
		if found == nil {
			continue
		}
		*parent = found
		if byAddress == byInsideLocal || byAddress == byInsideGlobal {
			e.origin = found.origin
		}
		e.follows(found, by)
		return true
	}
	return false
}

// admits reports whether a static, simple entry or door is for a conversation.
func (q *question) admits(s, e *Entry) bool {
	switch {
	case s.shape == door:
		return s.og == e.og
	case s.static:
		return q.permitted(s.origin.static.RouteMap, s.il)
	}
	return true
}

// follows gives the other side of an end what an entry says.
func (e *Entry) follows(s *Entry, by keyKind) {
	switch by {
	case byInsideLocal, byInsideLocalPort:
		e.ig = s.ig
	case byInsideGlobal, byInsideGlobalPort:
		e.il = s.il
	case byOutsideLocal, byOutsideLocalPort:
		e.og = s.og
	case byOutsideGlobal, byOutsideGlobalPort:
		e.ol = s.ol
	}
	if e.portless {
		return
	}
	switch by {
	case byInsideLocalPort:
		e.igID = s.igID
	case byInsideGlobalPort:
		e.ilID = s.ilID
	case byOutsideLocalPort:
		e.ogID = s.ogID
	case byOutsideGlobalPort:
		e.olID = s.olID
	}
}

// network translates an end by a static for a network, which makes a simple entry of the
// host.
func (q *question) network(e *Entry, kind Kind, a uint32, side func(Static) netip.Addr) bool {
	for _, m := range q.nets {
		s := m.static
		mask := ^hostBits(s.Bits)
		local := number(s.Local)&mask | a&^mask
		global := number(s.Global)&mask | a&^mask
		if s.Kind != kind || (a^number(side(s)))&mask != 0 || !q.permitted(s.RouteMap, local) {
			continue
		}
		if kind == InsideSource {
			e.il, e.ig, e.origin = local, global, m
			e.inside = &Entry{shape: simple, il: local, ig: global, origin: m}
			q.parents = append(q.parents, e.inside)
		} else {
			e.ol, e.og = local, global
			e.outside = &Entry{shape: simpleOutside, ol: local, og: global, origin: m}
			q.parents = append(q.parents, e.outside)
		}
		return true
	}
	return false
}

func (s Static) localNet() netip.Addr  { return s.Local }
func (s Static) globalNet() netip.Addr { return s.Global }

// chosen reports whether the list or route-map of a rule chooses the packet.
func (q *question) chosen(m *mapping, p *acl.Packet) bool {
	if m.rule.RouteMap != "" {
		return q.permits(m.rule.RouteMap, p)
	}
	r := q.env.List(m.rule.List).Lookup(p)
	if r.Outcome != acl.NoList {
		q.asked = append(q.asked, Asked{List: m.rule.List, Rule: r.Rule, Permits: r.Selects()})
	}
	return r.Selects()
}

// permitted reports whether the route-map of a static for an inside local address permits
// the conversation, as packets of that host show it.
func (q *question) permitted(routeMap string, il uint32) bool {
	if routeMap == "" {
		return true
	}
	p := q.seen
	if !q.outbound {
		p = p.Reversed()
		p.Src = address(il)
	}
	return q.permits(routeMap, &p)
}

// permits asks a route-map about a packet.
func (q *question) permits(routeMap string, p *acl.Packet) bool {
	m := q.env.RouteMap(routeMap)
	if m == nil {
		return false
	}
	matches, permit, hit := m.Permits(p, len(q.ip), q.way)
	q.asked = append(q.asked, Asked{RouteMap: routeMap, Rule: hit, Unmatched: !matches, Permits: permit})
	return permit
}
