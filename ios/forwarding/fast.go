package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// What the stages of path.go do beside the loop. They decide on a View, by the same
// conditions as the loop's, and change nothing: a packet that is punted is as it came.

func (v *View) checkHeader(f *Flight) fastStep {
	p := f.packet
	if !p.Valid() || p.HeaderLen() != packet.MinIPv4Header { // options are the loop's
		return punt
	}
	f.packet = p[:p.TotalLen()]
	if len(f.in.addresses) == 0 || martian(f.in.addresses, f.packet) != NoReason {
		return punt
	}
	v.examine(f)
	return goOn
}

// examine reads what the stages go by.
func (v *View) examine(f *Flight) {
	f.acl = acl.Examine(f.packet)
	f.self = endsAt(v.table, f.in.addresses, f.acl.Dst)
}

func (v *View) accessListIn(f *Flight) fastStep { return f.filter(&f.in.in) }

// filter asks a list. What is denied or reported, and what changes a reflexive list, is
// the loop's.
func (f *Flight) filter(l *filterView) fastStep {
	switch {
	case l.unknown:
		return punt
	case l.list == nil:
		return goOn
	}
	r := l.list.Lookup(&f.acl)
	also, settled := r.Settled(&f.acl)
	if !r.Passes() || r.Logs() != acl.NoLog || !settled || !f.Hit(r.Rule) || !f.Hit(also) {
		return punt
	}
	return goOn
}

func (v *View) refuseClear(f *Flight) fastStep {
	if !f.in.cryptoMap || f.self && exempt(f.packet) {
		return goOn
	}
	if f.in.policy != nil && f.in.policy.Refuses(&f.acl) {
		return punt
	}
	return goOn
}

func (v *View) reassemble(f *Flight) fastStep {
	if f.self && f.packet.IsFragment() {
		return punt
	}
	return goOn
}

func (v *View) decrypt(f *Flight) fastStep {
	if v.crypto == nil || !f.self {
		return goOn
	}
	switch carried(f.packet, v.natt) {
	case nothing:
		return goOn
	case keepalive:
		return punt
	}
	esp, ok := ESPOf(f.packet)
	if !ok {
		return punt
	}
	f.inbound, f.access.list = v.crypto.Inbound(f.acl.Dst, esp.SPI())
	if f.inbound == nil && f.in.nat == Outside {
		return goOn // it may be for a host inside
	}
	if f.inbound == nil || !f.inbound.Settled(netip.AddrPortFrom(f.acl.Src, f.acl.SrcPort)) {
		return punt
	}
	return pause
}

func (v *View) reassembleInner(f *Flight) fastStep {
	if !f.opened {
		return goOn
	}
	if f.packet.HeaderLen() != packet.MinIPv4Header {
		return punt
	}
	v.examine(f)
	return v.reassemble(f)
}

func (v *View) cryptoAccessIn(f *Flight) fastStep {
	if !f.opened {
		return goOn
	}
	return f.filter(&f.access)
}

func (v *View) deliver(f *Flight) fastStep {
	if f.self {
		return punt
	}
	return goOn
}

func (v *View) forward(f *Flight) fastStep {
	if unforwardable(v.routing, f.acl.Dst, false) != NoReason {
		return punt
	}
	return goOn
}

func (v *View) route(f *Flight) fastStep {
	if f.steered {
		return goOn
	}
	return v.lookup(f)
}

// lookup goes by what lists see, which is the tunnel packet once that is known.
func (v *View) lookup(f *Flight) fastStep {
	r := v.table.Lookup(f.acl.Dst)
	if r == nil {
		return punt
	}
	out, nextHop := r.toward(f.acl.Src, f.acl.Dst)
	f.out, f.nextHop = &v.ports[out.index], nextHop
	if f.out.ifc != out || out.link.discards() || r.broadcasts(f.out.addresses, f.acl.Dst) {
		return punt
	}
	return goOn
}

func (v *View) timeToLive(f *Flight) fastStep {
	if f.packet.TTL() <= 1 {
		return punt
	}
	f.aged = true
	return goOn
}

func (v *View) redirect(f *Flight) fastStep {
	if f.in == f.out && f.in.redirects && !f.opened && !f.in.cryptoMap &&
		shortcut(f.in.addresses, f.acl.Src, f.nextHop) {
		return punt
	}
	return goOn
}

func (v *View) cryptoMap(f *Flight) fastStep {
	if !f.out.cryptoMap || f.out.policy == nil {
		return goOn
	}
	tunnel, what := f.out.policy.Select(f, &f.acl)
	switch {
	case what == Pass:
		return goOn
	case what == Drop || f.opened: // from tunnel to tunnel is the loop's
		return punt
	}
	f.tunnel = tunnel
	return goOn
}

func (v *View) cryptoAccessOut(f *Flight) fastStep {
	if f.tunnel == nil {
		return goOn
	}
	return f.filter(&f.access)
}

func (v *View) fragmentBefore(f *Flight) fastStep {
	if f.tunnel != nil && len(f.packet) > f.tunnel.ClearMTU(f.out.ipMTU) {
		return punt
	}
	return goOn
}

// encrypt decides how the tunnel packet will be. It is made later, when all is decided.
func (v *View) encrypt(f *Flight) fastStep {
	f.total = len(f.packet)
	if f.tunnel == nil {
		return goOn
	}
	var before int
	f.total, before = f.tunnel.Length(len(f.packet))
	if f.at < before+packet.EthernetHeader || f.at-before+f.total > len(f.buffer) {
		return punt
	}
	f.acl = f.tunnel.Outer(f.acl)
	return goOn
}

func (v *View) routeOuter(f *Flight) fastStep {
	if f.tunnel == nil {
		return goOn
	}
	return v.lookup(f)
}

func (v *View) accessListOut(f *Flight) fastStep { return f.filter(&f.out.out) }

func (v *View) fragment(f *Flight) fastStep {
	if f.total > f.out.ipMTU {
		return punt
	}
	return goOn
}

func (v *View) transmit(f *Flight) fastStep {
	if !f.out.up || !f.out.beside {
		return punt
	}
	return f.out.ifc.link.depart(v, f)
}
