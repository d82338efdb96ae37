package isakmp

import (
	"bytes"
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// processQM1 takes an offer, makes the SAs and answers.
func (q *quick) processQM1(m *message) error {
	s, e := q.s, q.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.SAPayload, Message: q.id})
	offered, err := wire.ParseSA(m.body(wire.SAPayload))
	if err != nil {
		return err
	}
	f, err := s.readFlow(m)
	if err != nil {
		return err
	}
	_, keyExchange := m.first(wire.KeyExchange)
	c, ok := q.choose(offered.Proposals, f, keyExchange)
	if !ok {
		return errNoProposal
	}
	if group, ok := keymat.LookupGroup(c.group); ok {
		q.generate(group)
	}
	shared, err := q.readKeys(m, &q.nonceI)
	if err != nil {
		return err
	}
	e.emit(SPIWanted{SA: s.ref(), Count: 1})
	q.transition(FromPeer, q.driver.message, NodeSPIStarve)
	q.spi = e.env.IPsec.AllocateSPI(s.local.Addr(), s.remote.Addr(), c.proposal.Protocol)
	e.emit(KeyMessage{Type: KMSPIReply, Count: 1})
	e.lockIPsec(s.peer, UseKeys)
	q.nonceR = e.random(nonceLen)
	q.build(c, f, q.spi, c.life.Min(c.own), shared)
	e.emit(IPsecSAs{SA: s.ref(), Pair: q.sas.withoutKeys()})
	q.send(q.answer(c, f), true)
	q.transition(e.release.SPIReplyFrom, e.release.SPIReply, NodeRQM2)
	q.install()
	return nil
}

// answer builds the second message. The transform goes back as it came; a
// lifetime shorter than asked for is told beside it (RFC 2407 §4.6.3.1).
func (q *quick) answer(c choice, f flow) packet {
	s := q.s
	spi := binary.BigEndian.AppendUint32(nil, q.spi)
	list := []wire.Payload{
		{Type: wire.SAPayload, Body: wire.AppendSA(nil, wire.SA{
			Situation: wire.IdentityOnly,
			Proposals: []wire.Proposal{{
				Number: c.number, Protocol: c.proposal.Protocol, SPI: spi,
				Transforms: []wire.Transform{c.transform},
			}},
		})},
		{Type: wire.Nonce, Body: q.nonceR},
	}
	if q.pair != nil {
		list = append(list, wire.Payload{Type: wire.KeyExchange, Body: q.pair.Public()})
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
		s.e.emit(NotifySent{SA: s.ref(), Type: notify.Type, Protocol: notify.Protocol, SPI: s.e.pointer(), Node: q.id})
		list = append(list, wire.Payload{Type: wire.Notification, Body: wire.AppendNotify(nil, notify)})
	}
	return q.sealHashed(func(rest []byte) []byte { return s.keys.Authenticate(q.id, q.nonceI, rest) }, list)
}

// processQM3: the initiator has the SAs; ours may be used for sending.
func (q *quick) processQM3(*message) error {
	q.sent = packet{}
	q.finish(false, NodeConfirmed)
	q.transition(FromPeer, q.driver.message, NodeComplete)
	q.s.e.env.IPsec.EnableOutbound(q.s.remote, q.sas.OutboundSPI)
	return nil
}
