package keyengine

import (
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// InitializeSAs tells what is about to be made.
func (e *Engine) InitializeSAs(p isakmp.SAPair) {
	e.env.Emit(MessagesQueued{1})
	e.env.Emit(PairAgreed{
		Flow: agreedFlow(p), Proposal: p.Proposal, PFS: p.PFS,
		Lifetime:   isakmp.Lifetime{Seconds: p.Seconds, Kilobytes: p.Kilobytes},
		InboundSPI: p.InboundSPI, OutboundSPI: p.OutboundSPI, InConn: e.nextConn, OutConn: e.nextConn + 1,
	})
}

func (e *Engine) emitCreated(n *pair) {
	flow := agreedFlow(n.agreed)
	e.env.Emit(ProxyMatched{flow})
	e.env.Emit(FlowFound{flow})
	e.env.Emit(IdentityAdded{flow})
	e.env.Emit(SACreated{n.inbound()})
	e.env.Emit(SACreated{n.outbound()})
}

func (e *Engine) emitDeleted(n *pair) {
	flow := flowRef(n.agreed.Local.Addr(), n.agreed.Remote.Addr(), n.flow.selector)
	e.env.Emit(SADeleted{n.inbound(), flow})
	e.env.Emit(SADeleted{n.outbound(), flow})
}

// agreedFlow is the flow of a pair as quick mode has it.
func agreedFlow(p isakmp.SAPair) FlowRef {
	return FlowRef{Local: p.Local.Addr(), Remote: p.Remote.Addr(), LocalProxy: p.LocalProxy, RemoteProxy: p.RemoteProxy}
}

// inbound names the pair's SA that receives.
func (n *pair) inbound() SARef {
	return SARef{n.agreed.Local.Addr(), packet.ProtoESP, n.agreed.InboundSPI, n.agreed.Proposal, n.inConn}
}

// outbound names the pair's SA that sends.
func (n *pair) outbound() SARef {
	return SARef{n.agreed.Remote.Addr(), packet.ProtoESP, n.agreed.OutboundSPI, n.agreed.Proposal, n.outConn}
}
