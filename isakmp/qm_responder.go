package isakmp

import (
	"bytes"
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// processQM1 takes an offer, makes the SAs and answers.
func (n *node) processQM1(m *message) error {
	s, e := n.s, n.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.SAPayload, Message: n.id})
	offered, err := wire.ParseSA(m.body(wire.SAPayload))
	if err != nil {
		return err
	}
	f, err := s.readFlow(m)
	if err != nil {
		return err
	}
	_, keyExchange := m.first(wire.KeyExchange)
	c, ok := n.choose(offered.Proposals, f, keyExchange)
	if !ok {
		return errNoProposal
	}
	if group, ok := keymat.LookupGroup(c.group); ok {
		n.generate(group)
	}
	shared, err := n.readKeys(m, &n.nonceI)
	if err != nil {
		return err
	}
	e.emit(SPIWanted{SA: s.ref(), Count: 1})
	n.transition(FromPeer, InputQMExch, NodeSPIStarve)
	n.spi = e.env.IPsec.AllocateSPI(s.local.Addr(), s.remote.Addr(), c.proposal.Protocol)
	e.emit(KeyMessage{Type: KMSPIReply, Count: 1})
	e.lockIPsec(s.peer, "for stuff_ke")
	n.nonceR = e.random(nonceLen)
	n.build(c, f, n.spi, c.life.Min(c.own), shared)
	e.emit(IPsecSAs{SA: s.ref(), Pair: n.sas})
	n.send(n.answer(c, f), true)
	n.transition(FromIPsec, InputSPIReply, NodeRQM2)
	n.install()
	return nil
}

// answer builds the second message. The transform goes back as it came; a
// lifetime shorter than asked for is told beside it (RFC 2407 §4.6.3.1).
func (n *node) answer(c choice, f flow) []byte {
	s := n.s
	spi := binary.BigEndian.AppendUint32(nil, n.spi)
	list := []wire.Payload{
		{Type: wire.SAPayload, Body: wire.AppendSA(nil, wire.SA{
			Situation: wire.IdentityOnly,
			Proposals: []wire.Proposal{{
				Number: c.number, Protocol: c.proposal.Protocol, SPI: spi,
				Transforms: []wire.Transform{c.transform},
			}},
		})},
		{Type: wire.Nonce, Body: n.nonceR},
	}
	if n.pair != nil {
		list = append(list, wire.Payload{Type: wire.KeyExchange, Body: n.pair.Public()})
	}
	if f.bodyI != nil {
		list = append(list,
			wire.Payload{Type: wire.Identify, Body: bytes.Clone(f.bodyI)},
			wire.Payload{Type: wire.Identify, Body: bytes.Clone(f.bodyR)})
	}
	if life := c.shortened(); life != (Lifetime{}) {
		notify := wire.Notify{
			Protocol: c.proposal.Protocol, Type: wire.NotifyResponderLifetime, SPI: spi, Data: lifeAttributes(life),
		}
		s.e.emit(NotifySent{SA: s.ref(), Type: notify.Type, Protocol: notify.Protocol, SPI: s.e.pointer(), Node: n.id})
		list = append(list, wire.Payload{Type: wire.Notification, Body: wire.AppendNotify(nil, notify)})
	}
	return n.seal(func(rest []byte) []byte { return s.keys.Authenticate(n.id, n.nonceI, rest) }, list)
}

// processQM3: the initiator has the SAs; ours may be used for sending.
func (n *node) processQM3(*message) error {
	n.sent = nil
	n.finish(false, "QM done (await)")
	n.transition(FromPeer, InputQMExch, NodeComplete)
	n.s.e.env.IPsec.EnableOutbound(n.s.remote, n.sas.OutboundSPI)
	return nil
}
