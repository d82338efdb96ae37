package forwarding

import (
	"github.com/ioslab/ioslab/ios/routemap"
)

// policy is Stack.policy beside the loop. What is written into the header is so when the
// packet becomes the fast path's; lists see it as it will be.
func (v *View) policy(f *Flight) fastStep {
	switch {
	case !f.in.policed:
		return goOn
	case v.tellPolicy:
		return punt
	}
	asked := routemap.Asked{Packet: &f.acl, Length: len(f.packet)}
	if f.in.routeMap.ByWay() {
		v.table.usual(&asked)
	}
	rule, ok := f.in.routeMap.Find(&asked, f.note)
	switch {
	case !ok:
		return punt
	case rule == nil:
		return goOn
	}
	f.policed, f.policedLength = rule, len(f.packet)
	if rule.Deny {
		return goOn
	}
	f.acl.TOS = rule.Set.Mark.TypeOfService(f.acl.TOS)
	way, _, why := v.table.turn(&rule.Set, f.acl.Dst, v.upNamed)
	if why != PolicyRouted {
		return goOn
	}
	f.out, f.nextHop, f.steered = &v.ports[way.Out.index], way.NextHop, true
	if f.out.ifc != way.Out || way.Out.link.discards() {
		return punt
	}
	return goOn
}

// upNamed returns the interface of that name if it is up, or nil.
func (v *View) upNamed(name string) *Interface {
	for n := range v.ports {
		if p := &v.ports[n]; p.ifc != nil && p.ifc.full == name && p.protocolUp {
			return p.ifc
		}
	}
	return nil
}
