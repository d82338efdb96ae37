package isakmp

import (
	"bytes"
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// beginQuick sends the first message for a request.
func (s *sa) beginQuick(n *node) {
	e, r := s.e, n.request
	if s.inUDP() {
		n.request.Proposals = inUDP(r.Proposals)
		r = n.request
	}
	e.spend(costRequest)
	e.emit(QuickModeBegun{SA: s.ref(), Node: n.id})
	e.spend(costRequest)
	list := []wire.Payload{
		{Type: wire.SAPayload, Body: wire.AppendSA(nil, s.offer(r))},
		{Type: wire.Nonce, Body: e.random(nonceLen)},
	}
	n.nonceI = list[1].Body
	if group, ok := keymat.LookupGroup(r.PFS); ok {
		n.generate(group)
		list = append(list, wire.Payload{Type: wire.KeyExchange, Body: n.pair.Public()})
	}
	n.idI = wire.AppendID(nil, idOf(r.LocalProxy))
	n.idR = wire.AppendID(nil, idOf(r.RemoteProxy))
	list = append(list, wire.Payload{Type: wire.Identify, Body: n.idI}, wire.Payload{Type: wire.Identify, Body: n.idR})
	n.iv = s.keys.ExchangeIV(s.iv, n.id)
	n.send(n.seal(func(rest []byte) []byte { return s.keys.Authenticate(n.id, rest) }, list), true)
	n.transition(Internal, InputInitQM, NodeIQM1)
}

// generate makes this end's half of quick mode's own exchange.
func (n *node) generate(group *keymat.Group) {
	n.s.e.spend(costDH(group.ID))
	n.pair = group.Generate(n.s.e.random(group.SecretLen()))
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
func (n *node) processQM2(m *message) error {
	s, e := n.s, n.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.SAPayload, Message: n.id})
	answer, err := wire.ParseSA(m.body(wire.SAPayload))
	if err != nil {
		return err
	}
	f := flow{initiators: n.request.LocalProxy, responders: n.request.RemoteProxy, ok: true}
	if ids, err := s.readFlow(m); err != nil {
		return err
	} else if !bytes.Equal(ids.bodyI, n.idI) || !bytes.Equal(ids.bodyR, n.idR) {
		return errDiffering // RFC 2409 §5.5: they come back as they went
	}
	_, keyExchange := m.first(wire.KeyExchange)
	c, ok := n.choose(answer.Proposals, f, keyExchange)
	if !ok || len(answer.Proposals) != 1 || !n.request.offered(c) {
		return errDiffering
	}
	shared, err := n.readKeys(m, &n.nonceR)
	if err != nil {
		return err
	}
	life := c.life.Min(c.own).Min(n.readLifetime(m))
	e.lockIPsec(s.peer, "for stuff_ke")
	n.build(c, f, n.spi, life, shared)
	e.emit(IPsecSAs{SA: s.ref(), Pair: n.sas})
	n.send(n.seal(func([]byte) []byte { return n.hash3(nil) }, nil), false)
	n.finish(false, "No Error")
	n.transition(FromPeer, InputQMExch, NodeComplete)
	n.install()
	return nil
}

// offered reports whether a choice is one of the request's proposals.
func (r SARequest) offered(c choice) bool {
	i := int(c.number) - 1
	return i >= 0 && i < len(r.Proposals) && r.Proposals[i] == c.proposal && r.PFS == c.group
}
