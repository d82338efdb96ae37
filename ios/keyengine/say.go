package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/debugtext"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

const ipProtoESP = packet.ProtoESP

// InitializeSAs says what is about to be made.
func (e *Engine) InitializeSAs(p isakmp.SAPair) {
	e.queueEvent()
	message := func(inbound bool, spi uint32, conn int, flags uint32) {
		if p.PFS != 0 {
			flags |= debugtext.FlagPFS | debugtext.FlagKE
		}
		if p.Proposal.IsInUDP() {
			flags |= debugtext.FlagUDP
		}
		e.debug(func(t *debugtext.Table) debugtext.Line {
			return t.InitializeSAs(debugtext.KeyMessage{
				Inbound: inbound, Local: p.Local.Addr(), Remote: p.Remote.Addr(),
				LocalProxy: p.LocalProxy, RemoteProxy: p.RemoteProxy, Proposal: p.Proposal,
				Lifetime: isakmp.Lifetime{Seconds: p.Seconds, Kilobytes: p.Kilobytes},
				SPI:      spi, ConnID: conn, Flags: flags,
			})
		})
	}
	message(true, p.InboundSPI, e.nextConn, debugtext.FlagsInbound)
	message(false, p.OutboundSPI, e.nextConn+1, debugtext.FlagsOutbound)
}

func (e *Engine) queueEvent() {
	e.debug(func(t *debugtext.Table) debugtext.Line { return t.QueueEvent(1) })
}

func (e *Engine) sayCreated(n *pair) {
	e.debug(func(t *debugtext.Table) debugtext.Line { return t.Reconnecting(n.agreed.Remote.Addr()) })
	e.debug(func(t *debugtext.Table) debugtext.Line {
		return t.AddIdentity(n.agreed.LocalProxy, n.agreed.RemoteProxy)
	})
	for _, sa := range n.named() {
		e.debug(func(t *debugtext.Table) debugtext.Line { return t.CreateSA(sa) })
	}
}

func (e *Engine) sayEnabled(p *pair) {
	e.queueEvent()
	if e.env.Debugging() {
		for _, l := range e.env.Words.EnableOutbound() {
			e.env.Say(l)
		}
	}
	e.debug(func(t *debugtext.Table) debugtext.Line { return t.EnableSA(p.agreed.OutboundSPI, ipProtoESP) })
}

func (e *Engine) sayDeleted(p *pair) {
	id := identity(p.agreed.Local.Addr(), p.agreed.Remote.Addr(), p.flow.selector)
	for _, sa := range p.named() {
		e.debug(func(t *debugtext.Table) debugtext.Line { return t.DeleteSA(sa, id) })
	}
}

// named are the pair's SAs as debug lines name them, inbound first.
func (n *pair) named() [2]debugtext.IPsecSA {
	sa := func(dest netip.Addr, spi uint32, conn int) debugtext.IPsecSA {
		return debugtext.IPsecSA{Dest: dest, Protocol: ipProtoESP, SPI: spi, Proposal: n.agreed.Proposal, ConnID: conn}
	}
	return [2]debugtext.IPsecSA{
		sa(n.agreed.Local.Addr(), n.agreed.InboundSPI, n.inConn),
		sa(n.agreed.Remote.Addr(), n.agreed.OutboundSPI, n.outConn),
	}
}
