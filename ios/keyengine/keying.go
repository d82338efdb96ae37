package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/esp"
)

// Keying is an SA with its keys, for a lab's key files. No other key material
// leaves the engine.
type Keying struct {
	Source, Destination netip.Addr
	SPI                 uint32
	Transform           esp.Transform
	Keys                esp.Keys
	InUDP               bool
}

// Keyings are those of the SAs that there are.
func (e *Engine) Keyings() []Keying {
	var list []Keying
	for _, p := range e.all() {
		k := p.keying()
		list = append(list, k[:]...)
	}
	return list
}

// keying is the pair's, inbound first.
func (p *pair) keying() [2]Keying {
	local, remote := p.agreed.Local.Addr(), p.agreed.Remote.Addr()
	in, out := p.sas.In, p.sas.Out
	return [2]Keying{
		{remote, local, in.SPI(), in.Transform(), in.Keys(), in.Encap().On()},
		{local, remote, out.SPI(), out.Transform(), out.Keys(), out.Encap().On()},
	}
}

func (e *Engine) tellKeying(p *pair) {
	if e.env.Keyed == nil {
		return
	}
	for _, k := range p.keying() {
		e.env.Keyed(k)
	}
}
