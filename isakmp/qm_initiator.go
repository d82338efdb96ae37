package isakmp

import (
	"bytes"
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// begin sends the first message for a request.
func (q *quick) begin() {
	s, e, r := q.s, q.s.e, q.request
	if s.inUDP() {
		q.request.Proposals = inUDP(r.Proposals)
		r = q.request
	}
	e.spend(costRequest)
	e.emit(QuickModeBegun{SA: s.ref(), Node: q.id})
	e.spend(costRequest)
	list := []wire.Payload{
		{Type: wire.SAPayload, Body: wire.AppendSA(nil, s.offer(r))},
		{Type: wire.Nonce, Body: e.random(nonceLen)},
	}
	q.nonceI = list[1].Body
	if group, ok := keymat.LookupGroup(r.PFS); ok {
		q.generate(group)
		list = append(list, wire.Payload{Type: wire.KeyExchange, Body: q.pair.Public()})
	}
	q.idI = wire.AppendID(nil, idOf(r.LocalProxy))
	q.idR = wire.AppendID(nil, idOf(r.RemoteProxy))
	list = append(list, wire.Payload{Type: wire.Identify, Body: q.idI}, wire.Payload{Type: wire.Identify, Body: q.idR})
	q.iv = s.keys.ExchangeIV(s.iv, q.id)
	q.send(q.sealHashed(q.authenticate, list), true)
	q.transition(Internal, InputInitQM, NodeIQM1)
}

// generate makes this end's half of quick mode's own exchange.
func (q *quick) generate(group *keymat.Group) {
	q.s.e.spend(costDH(group.ID))
	q.pair = group.Generate(q.s.e.random(group.SecretLen()))
}

// offer is the SA payload of a request: a proposal for each way, all with the
// same SPI, since only one will be taken.
func (s *sa) offer(r SARequest) wire.SA {
	sa := wire.SA{Situation: wire.IdentityOnly}
	for i, p := range r.Proposals {
		if i == wire.MaxProposals {
			break
		}
		o := offer{proposal: p, life: Lifetime{r.Seconds, r.Kilobytes}, group: r.PFS}
		sa.Proposals = append(sa.Proposals, wire.Proposal{
			Number: uint8(i + 1), Protocol: p.Protocol,
			SPI:        binary.BigEndian.AppendUint32(nil, r.SPI),
			Transforms: []wire.Transform{{Number: 1, ID: p.Transform, Attributes: o.attributes(s.encapsulate(p.Encapsulation))}},
		})
	}
	return sa
}

// processQM2 takes the answer, makes the SAs and confirms.
func (q *quick) processQM2(m *message) error {
	s, e := q.s, q.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.SAPayload, Message: q.id})
	answer, err := wire.ParseSA(m.body(wire.SAPayload))
	if err != nil {
		return err
	}
	f := flow{initiators: q.request.LocalProxy, responders: q.request.RemoteProxy, ok: true}
	if ids, err := s.readFlow(m); err != nil {
		return err
	} else if !bytes.Equal(ids.bodyI, q.idI) || !bytes.Equal(ids.bodyR, q.idR) {
		return errDiffering // RFC 2409 §5.5: they come back as they went
	}
	_, keyExchange := m.first(wire.KeyExchange)
	c, ok := q.choose(answer.Proposals, f, keyExchange)
	if !ok || len(answer.Proposals) != 1 || !q.request.offered(c) {
		return errDiffering
	}
	shared, err := q.readKeys(m, &q.nonceR)
	if err != nil {
		return err
	}
	life := c.life.Min(c.own).Min(q.readLifetime(m))
	e.lockIPsec(s.peer, UseKeys)
	q.build(c, f, q.spi, life, shared)
	e.emit(IPsecSAs{SA: s.ref(), Pair: q.sas.withoutKeys()})
	q.send(q.sealHashed(func([]byte) []byte { return q.hash3(nil) }, nil), false)
	q.finish(false, NodeDone)
	q.transition(FromPeer, q.driver.message, NodeComplete)
	q.install()
	return nil
}

// offered reports whether a choice is one of the request's proposals.
func (r SARequest) offered(c choice) bool {
	i := int(c.number) - 1
	return i >= 0 && i < len(r.Proposals) && r.Proposals[i] == c.proposal && r.PFS == c.group
}
