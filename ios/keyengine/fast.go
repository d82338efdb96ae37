package keyengine

import (
	"errors"
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// sender is a pair as the fast path sends through it. What it reads of the pair does
// not change once the pair is published.
type sender pair

// ClearMTU implements forwarding.FastTunnel.
func (s *sender) ClearMTU(link int) int { return (*pair)(s).ClearMTU(link) }

// Outer implements forwarding.FastTunnel.
func (s *sender) Outer(p acl.Packet) acl.Packet {
	out := s.sas.Out
	to := out.To()
	outer := acl.Packet{Src: out.Local(), Dst: to.Addr(), Protocol: packet.ProtoESP, TOS: p.TOS}
	if e := out.Encap(); e.On() {
		outer.Protocol, outer.Transport = packet.ProtoUDP, true
		outer.SrcPort, outer.DstPort = e.Local, to.Port()
	}
	return outer
}

// Length implements forwarding.FastTunnel.
func (s *sender) Length(n int) (total, before int) { return s.sas.Out.Length(n), s.sas.Out.Before() }

// Next implements forwarding.FastTunnel.
func (s *sender) Next(n int) (uint32, bool) {
	seq, err := s.sas.Out.Next(n)
	return seq, err == nil
}

// SealAll implements forwarding.FastTunnel.
func (s *sender) SealAll(flights []*forwarding.Flight) {
	sealer, err := s.sas.Out.Sealer()
	if err != nil { // the SA has just gone
		s.flow.counters.SendErrors.Add(uint64(len(flights)))
		for _, f := range flights {
			f.Fail()
		}
		return
	}
	for _, f := range flights {
		outer, inner, seq := f.Seal()
		sealer.Seal(outer, inner, seq)
	}
	sealer.Close()
}

// Carried implements forwarding.FastSA.
func (s *sender) Carried(packets uint64) bool {
	s.sas.Out.Carried(packets)
	return s.watch.Due()
}

// Check implements forwarding.FastSA.
func (s *sender) Check() { s.watch.Check() }

// receiver is a pair as the fast path receives through it.
type receiver pair

// Settled implements forwarding.FastInbound. A peer that has moved is the loop's.
func (r *receiver) Settled(from netip.AddrPort) bool {
	return !r.sas.In.Encap().On() || r.sas.Out.To() == from
}

// OpenAll implements forwarding.FastInbound.
func (r *receiver) OpenAll(flights []*forwarding.Flight) {
	opener, err := r.sas.In.Opener()
	for _, f := range flights {
		if err != nil {
			f.Opening = forwarding.Opening{Err: err}
			continue
		}
		f.Opening = forwarding.Opening(opener.Open(f.Packet()))
	}
	if err == nil {
		opener.Close()
	}
}

// Accept implements forwarding.FastInbound.
func (r *receiver) Accept(o forwarding.Opening) (packet.IPv4, error) {
	inner, err := r.sas.In.Accept(esp.Opened(o))
	if err != nil {
		r.sas.In.Refused(err)
	}
	return inner, err
}

// Carried implements forwarding.FastSA.
func (r *receiver) Carried(packets uint64) bool {
	r.sas.In.Carried(packets)
	return r.watch.Due()
}

// Check implements forwarding.FastSA.
func (r *receiver) Check() { r.watch.Check() }

// Access implements forwarding.FastInbound.
func (r *receiver) Access(in *forwarding.Interface) forwarding.Filter {
	return r.flow.binding.engine.filter(r.flow.entry.AccessIn, in, true)
}

// Complain implements forwarding.FastInbound.
func (r *receiver) Complain(seq uint32, err error) {
	n, e := (*pair)(r), r.flow.binding.engine
	if errors.Is(err, esp.ErrVolume) {
		n.watch.Check()
		e.noSA(n.sas.In.Local(), n.agreed.Remote.Addr(), n.remotePort(), n.sas.In.SPI())
	} else {
		e.emitRefused(n, seq, err)
	}
}
