package keyengine

import (
	"errors"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// Refuses says whether a packet that came in clear should have come encrypted.
func (e *Engine) Refuses(in *forwarding.Interface, ip packet.IPv4) bool {
	b := e.binding(in.String())
	if b == nil {
		return false
	}
	p := acl.Examine(ip).Reversed()
	if !b.selects(&p) {
		return false
	}
	if f := b.choose(&p, (*acl.List).Lookup); f != nil { // what comes in is no hit of the list
		f.counters.RecvErrors.Add(1)
	}
	e.limited(notIPsec, e.env.Words.NotIPsec(ip.Dst(), ip.Src(), int(ip.Protocol())))
	return true
}

// Open decrypts an ESP packet that is addressed to this router. ok is false
// where the packet is lost.
func (e *Engine) Open(_ *forwarding.Interface, ip packet.IPv4) (inner packet.IPv4, ok bool) {
	header, ok := forwarding.ESPOf(ip)
	if !ok {
		return nil, false
	}
	in := e.sas.Find(ip.Dst(), header.SPI())
	n := e.owners[in]
	if n == nil {
		e.limited(invalidSPI, e.env.Words.InvalidSPI(ip.Dst(), packet.ProtoESP, header.SPI(), ip.Src()))
		e.stray(ip.Dst(), ip.Src(), sourcePort(ip), header.SPI())
		return nil, false
	}
	e.env.Spend(openCost)
	inner, err := in.Open(nil, ip)
	if err != nil {
		e.sayOpenError(n, header.Seq(), err)
		return nil, false
	}
	n.follow(ip, header.Seq())
	n.watch.Check()
	return inner, true
}

func (e *Engine) sayOpenError(n *pair, sequence uint32, err error) {
	switch {
	case errors.Is(err, esp.ErrReplay):
		e.limited(replayed, e.env.Words.ReplayError(n.inConn, sequence))
	case errors.Is(err, esp.ErrICV):
		e.limited(macFailed, e.env.Words.MACError(n.inConn))
	}
}
