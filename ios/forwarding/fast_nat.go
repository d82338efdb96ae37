package forwarding

import "github.com/ioslab/ioslab/nat"

func (v *View) translateIn(f *Flight) fastStep {
	if v.nat == nil || f.in.nat != Outside {
		return goOn
	}
	e, answer := v.nat.Inbound(f.packet, &f.acl, nat.Way{Out: f.in.ifc.String()}, f)
	step := f.translate(e, answer, false)
	f.self = endsAt(v.table, f.in.addresses, f.acl.Dst)
	return step
}

func (v *View) translateOut(f *Flight) fastStep {
	if v.nat == nil || !f.out.nat.crosses(false, f.in.nat) {
		return goOn
	}
	e, answer := v.nat.Outbound(f.packet, &f.acl, nat.Way{Out: f.out.ifc.String(), NextHop: f.nextHop}, f)
	return f.translate(e, answer, true)
}

// translate has the packet go on as the entry has it. The stages behind see that in what
// lists see; the packet itself is rewritten when all is decided.
func (f *Flight) translate(e *nat.Entry, answer nat.Answer, outbound bool) fastStep {
	switch answer {
	case nat.Punt:
		return punt
	case nat.Translate:
		f.entry, f.outbound = e, outbound
		e.Seen(&f.acl, outbound)
	}
	return goOn
}
