package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/routemap"
)

// A RouteMap is a route-map by its name, which may be defined later.
type RouteMap interface {
	// View is the route-map as it is now, nil where it is not defined.
	View() *routemap.View
}

// A turn is what policy routing has found for a packet.
type turn struct {
	view    *routemap.View
	rule    *routemap.Rule // nil: none is for it
	hits    []routemap.Hit // on the way
	way     Path           // no Out: as routing says
	gateway netip.Addr     // of `set ip next-hop`; the zero Addr where an interface is set
}

// steered reports whether policy routing has found the way out.
func (t *transit) steered() bool { return t.turn != nil && t.turn.way.Out != nil }

// policy asks the route-map of the interface that a packet came in by, or of the
// router's own packets, where it is to go. What it says of the packet's header is
// written whether or not it names a way that is there.
func (s *Stack) policy(t *transit) verdict {
	t.turn = nil
	m := s.LocalRouteMap
	if !t.made() {
		m = t.in.RouteMap
	}
	if m == nil {
		return passed(NoReason)
	}
	t.turn = &turn{view: m.View()}
	seen, table := acl.Examine(t.packet), s.Table()
	asked := routemap.Asked{Packet: &seen, Length: len(t.packet)}
	if t.turn.view.ByWay() {
		table.usual(&asked)
	}
	t.turn.rule, _ = t.turn.view.Find(&asked, func(h routemap.Hit) bool { t.turn.hits = append(t.turn.hits, h); return true })
	switch {
	case t.turn.rule == nil:
		return passed(PolicyNotMatched)
	case t.turn.rule.Deny:
		return passed(PolicyDenied)
	}
	mark(t.packet, t.turn.rule)
	way, gateway, why := table.turn(&t.turn.rule.Set, seen.Dst, s.upNamed)
	if why != PolicyRouted {
		return passed(why)
	}
	t.turn.way, t.turn.gateway = way, gateway
	if t.out, t.nextHop = way.Out, way.NextHop; t.out.link.discards() {
		return dropped(PolicyToNull)
	}
	return passed(PolicyRouted)
}

// upNamed returns the interface of that name if it is up, or nil.
func (s *Stack) upNamed(name string) *Interface {
	for _, i := range s.interfaces {
		if i.full == name && i.ProtocolUp() {
			return i
		}
	}
	return nil
}

// usual fills in the way that routing would take the packet.
func (t *Table) usual(q *routemap.Asked) {
	r := t.Lookup(q.Packet.Dst)
	if r == nil {
		return
	}
	var out *Interface
	out, q.NextHop = r.toward(q.Packet.Src, q.Packet.Dst)
	q.Out = out.full
}

// turn finds where the set clauses of a rule take a packet to dst: the first way that is
// there, of those by default only where no route but the default one leads. Its gateway
// is the zero Addr where an interface is named. up returns an interface that is up.
func (t *Table) turn(set *routemap.Set, dst netip.Addr, up func(name string) *Interface) (way Path, gateway netip.Addr, why Reason) {
	if way, gateway = t.first(set.NextHops, set.Interfaces, dst, up); way.Out != nil {
		return way, gateway, PolicyRouted
	}
	if len(set.DefaultNextHops)+len(set.DefaultInterfaces) == 0 {
		return way, gateway, PolicyAsUsual
	}
	if r := t.Lookup(dst); r != nil && !r.Default() {
		return way, gateway, PolicyExplicit
	}
	if way, gateway = t.first(set.DefaultNextHops, set.DefaultInterfaces, dst, up); way.Out != nil {
		return way, gateway, PolicyRouted
	}
	return way, gateway, PolicyAsUsual
}

// first finds the first of the next hops that is a neighbour on a connected subnet, or
// else the first of the interfaces that is up.
func (t *Table) first(hops []netip.Addr, interfaces []string, dst netip.Addr, up func(string) *Interface) (way Path, gateway netip.Addr) {
	for _, hop := range hops {
		r := t.Lookup(hop)
		if r != nil && r.Source == Connected && t.Local(hop) == nil {
			out, _ := r.toward(hop, hop)
			return Path{out, hop}, hop
		}
	}
	for _, name := range interfaces {
		if i := up(name); i != nil {
			return Path{i, dst}, netip.Addr{}
		}
	}
	return Path{}, netip.Addr{}
}

// mark writes into the header of a packet what a rule that permits it says.
func mark(p packet.IPv4, r *routemap.Rule) {
	m := &r.Set.Mark
	if r.Deny || *m == (routemap.Mark{}) {
		return
	}
	p.SetTOS(m.TypeOfService(p.TOS()))
	if df, ok := m.DF.Get(); ok {
		p.SetDF(df != 0)
	}
}

func (s *Stack) applyPolicy(t *transit, v verdict) {
	if t.turn == nil {
		return
	}
	for _, h := range t.turn.hits {
		h.Hit(1)
	}
	if r := t.turn.rule; r != nil {
		r.Matched.Add(1, uint64(len(t.packet)))
	}
	if s.TellPolicy {
		s.tellPolicy(t, v.reason)
	}
	if v.reason == PolicyToNull {
		t.out.counters.OutDrops++
		s.sendUnreachable(t, packet.UnreachHost)
	}
}

func (s *Stack) tellPolicy(t *transit, why Reason) {
	p := Policed{Packet: acl.Examine(t.packet), Length: len(t.packet), Why: why, Gateway: t.turn.gateway}
	if t.turn.view != nil {
		p.Map = t.turn.view.Name
	}
	if t.turn.rule != nil {
		p.Sequence = t.turn.rule.Sequence
	}
	if t.steered() {
		p.Out = t.out.name
	}
	if t.made() {
		s.emit(OwnPoliced{p})
		return
	}
	p.In = t.in.name
	s.emit(TransitPoliced{p})
}

// step is what has been found.
func (f *turn) step() *PolicyStep {
	var step PolicyStep
	if f.view != nil {
		step.Map = f.view.Name
	}
	if f.rule != nil {
		step.Sequence, step.Matched = f.rule.Sequence, true
	}
	return &step
}
