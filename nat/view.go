package nat

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// A View is NAT as the workers beside the loop see it: the configuration as it is, which
// never changes, and the table, which the loop goes on to change.
type View struct {
	table  *table
	clock  *clock
	config int
	rules  []ruleView
	nets   []Static
	maps   []mapView
	ike    bool // packets of IKE are told apart by their cookies
}

// ruleView is what a rule asks; comparable.
type ruleView struct {
	kind     Kind
	list     *acl.Snapshot
	standard bool
	mapped   bool // it asks the route-map
	routeMap RouteMap
}

// mapView is a route-map of statics.
type mapView struct {
	name     string
	routeMap RouteMap
}

// Publish returns the view of what is: the same as before where nothing has changed. It
// is to be called on the loop after each event that may have changed something; it also
// tells the workers the time.
func (n *NAT) Publish() *View {
	n.now()
	if n.view == nil || n.view.config != n.config || n.edited() {
		n.view = n.snapshot()
	}
	return n.view
}

// edited reports whether a list or route-map is another than the view has.
func (n *NAT) edited() bool {
	for i, m := range n.rules {
		if n.viewOf(m) != n.view.rules[i] {
			return true
		}
	}
	return slices.ContainsFunc(n.view.maps, func(m mapView) bool { return n.env.RouteMap(m.name) != m.routeMap })
}

func (n *NAT) snapshot() *View {
	v := &View{table: n.table, clock: &n.clock, config: n.config, ike: len(n.services.PreservePort) > 0}
	for _, m := range n.rules {
		v.rules = append(v.rules, n.viewOf(m))
	}
	for _, m := range n.nets {
		v.nets = append(v.nets, m.static)
	}
	for _, m := range n.statics {
		if name := m.static.RouteMap; name != "" {
			v.maps = append(v.maps, mapView{name, n.env.RouteMap(name)})
		}
	}
	return v
}

func (n *NAT) viewOf(m *mapping) ruleView {
	r := ruleView{kind: m.rule.Kind, mapped: m.rule.RouteMap != ""}
	if r.mapped {
		r.routeMap = n.env.RouteMap(m.rule.RouteMap)
	} else if l := n.env.List(m.rule.List); l != nil {
		r.list, r.standard = l.Snapshot(), l.Kind() == acl.Standard
	}
	return r
}

// An Answer is what a worker is to do with a packet.
type Answer uint8

// The answers.
const (
	Pass      Answer = iota // it goes on as it is
	Translate               // by the entry: call its Seen and Rewrite, and Touch
	Punt                    // the loop is to see to it
)

// A Hitter notes entries of access lists that have decided about a packet, to be counted
// if the packet is not left to the loop. It reports whether it could.
type Hitter interface{ Hit(*acl.Rule) bool }

// Outbound is NAT.Outbound for workers; p is what lists see of the packet.
func (v *View) Outbound(ip packet.IPv4, p *acl.Packet, way Way, h Hitter) (*Entry, Answer) {
	t := read(ip)
	if e, punted := v.carries(ip, &t, t.localKey()); e != nil || punted {
		return answer(e)
	}
	a := &asker{v, p, len(ip), way, h, false}
	if a.hangs(key{a: t.src, aID: t.srcID, protocol: t.protocol}, byInsideLocalPort, byInsideLocal) ||
		a.hangs(key{a: t.dst, aID: t.dstID, protocol: t.protocol}, byOutsideLocalPort, byOutsideLocal) ||
		a.inNetwork(InsideSource, t.src, Static.localNet) || a.inNetwork(OutsideSource, t.dst, Static.localNet) ||
		a.chosen(InsideSource) || a.failed {
		return nil, Punt
	}
	return nil, Pass
}

// Inbound is NAT.Inbound for workers.
func (v *View) Inbound(ip packet.IPv4, p *acl.Packet, way Way, h Hitter) (*Entry, Answer) {
	t := read(ip)
	if e, punted := v.carries(ip, &t, t.reversed().globalKey()); e != nil || punted {
		return answer(e)
	}
	a := &asker{v, p, len(ip), way, h, false}
	if a.hangs(key{a: t.dst, aID: t.dstID, protocol: t.protocol}, byInsideGlobalPort, byInsideGlobal) ||
		a.hangs(key{a: t.src, aID: t.srcID, protocol: t.protocol}, byOutsideGlobalPort, byOutsideGlobal) ||
		a.inNetwork(InsideSource, t.dst, Static.globalNet) || a.inNetwork(OutsideSource, t.src, Static.globalNet) ||
		a.chosen(OutsideSource) || t.protocol == packet.ProtoTCP && a.chosen(InsideDestination) || a.failed {
		return nil, Punt
	}
	return nil, Pass
}

func answer(e *Entry) (*Entry, Answer) {
	if e == nil {
		return nil, Punt
	}
	return e, Translate
}

// carries finds the entry by which a worker may carry the packet; punted is set for what
// is the loop's in any case.
func (v *View) carries(ip packet.IPv4, t *conversation, k key) (e *Entry, punted bool) {
	if ip.IsFragment() || t.short || t.protocol == packet.ProtoICMP && t.portless ||
		v.ike && t.protocol == packet.ProtoUDP && t.dstID == portIKE ||
		t.protocol == packet.ProtoTCP && t.flags&(packet.TCPSyn|packet.TCPFin|packet.TCPRst) != 0 {
		return nil, true
	}
	if e = v.table.find(k); e == nil {
		return nil, false
	}
	if !e.settled.Load() {
		return nil, true
	}
	return e, false
}

// asker asks whether an entry would be made for a packet without one.
type asker struct {
	*View
	p      *acl.Packet
	length int
	way    Way
	h      Hitter
	failed bool // a hit could not be noted
}

// hangs reports whether a static or simple entry takes an end of the packet.
func (a *asker) hangs(k key, byPort, byAddress keyKind) bool {
	if k.by = byPort; k.protocol == packet.ProtoESP {
		k.aID = 0
	}
	if a.table.find(k) != nil {
		return true
	}
	k = key{by: byAddress, a: k.a}
	for e := a.table.find(k); e != nil; e = a.table.after(e, k) {
		if !e.static || a.permitted(e.origin.static.RouteMap, byAddress, e.il) {
			return true
		}
	}
	return false
}

func (a *asker) permitted(name string, by keyKind, il uint32) bool {
	if name == "" {
		return true
	}
	p := *a.p
	if by == byInsideGlobal {
		p = p.Reversed()
		p.Src = address(il)
	}
	for _, m := range a.maps {
		if m.name == name {
			return a.asked(m.routeMap, &p)
		}
	}
	return true
}

func (a *asker) asked(m RouteMap, p *acl.Packet) bool {
	if m == nil {
		return false
	}
	_, permit, hit := m.Permits(p, a.length, a.way)
	a.hit(hit)
	return permit
}

func (a *asker) hit(r *acl.Rule) {
	if r != nil && !a.h.Hit(r) {
		a.failed = true
	}
}

func (a *asker) inNetwork(kind Kind, addr uint32, side func(Static) netip.Addr) bool {
	for _, s := range a.nets {
		if s.Kind == kind && (addr^number(side(s)))&^hostBits(s.Bits) == 0 {
			return true
		}
	}
	return false
}

// chosen reports whether a rule of the kind chooses the packet.
func (a *asker) chosen(kind Kind) bool {
	for _, r := range a.rules {
		if r.kind != kind {
			continue
		}
		if r.mapped {
			if a.asked(r.routeMap, a.p) {
				return true
			}
			continue
		}
		p := *a.p
		if kind == InsideDestination && r.standard {
			p.Src = p.Dst
		}
		res := r.list.Lookup(&p)
		a.hit(res.Rule)
		if res.Selects() {
			return true
		}
	}
	return false
}

// Seen gives what lists see of a packet the ends that it is to have.
func (e *Entry) Seen(p *acl.Packet, outbound bool) {
	to := e.ends(outbound)
	p.Src, p.Dst = address(to.src), address(to.dst)
	if !e.portless && (p.Protocol == packet.ProtoTCP || p.Protocol == packet.ProtoUDP) {
		p.SrcPort, p.DstPort = uint16(to.srcID), uint16(to.dstID)
	}
}

// Rewrite gives a packet the ends that it is to have, in place.
func (e *Entry) Rewrite(ip packet.IPv4, outbound bool) {
	rewrite(ip, e.ends(outbound), !e.portless)
}

// Touch sets the time of last use of the entry and of those that it hangs on. Workers may do so.
func (v *View) Touch(e *Entry) {
	now := v.clock.at.Load()
	for _, used := range [...]*Entry{e, e.inside, e.outside} {
		if used != nil && used.lastUsed.Load() != now { // all workers read it, few write
			used.lastUsed.Store(now)
		}
	}
}
