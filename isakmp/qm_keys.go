package isakmp

import (
	"bytes"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// readKeys takes the peer's nonce and, with PFS, its half of the exchange, and
// emits an event for each payload.
func (q *quick) readKeys(m *message, nonce *[]byte) (shared []byte, err error) {
	s, e := q.s, q.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.Nonce, Message: q.id})
	b, err := wire.ParseNonce(m.body(wire.Nonce))
	if err != nil {
		return nil, err
	}
	*nonce = bytes.Clone(b)
	if q.pair != nil {
		e.emit(Processing{SA: s.ref(), Payload: wire.KeyExchange, Message: q.id})
		e.spend(costDH(q.pair.Group()))
		if shared, err = q.pair.Shared(m.body(wire.KeyExchange)); err != nil {
			return nil, err
		}
		q.pair.Zero()
	}
	for _, p := range m.payloads {
		if p.Type == wire.Identify {
			e.emit(Processing{SA: s.ref(), Payload: wire.Identify, Message: q.id})
		}
	}
	return shared, nil
}

// build derives the keys of the pair; each SA's come from the SPI of its
// receiver (RFC 2409 §5.5), cipher first.
func (q *quick) build(c choice, f flow, inbound uint32, life Lifetime, shared []byte) {
	s := q.s
	s.e.spend(costKeymat)
	q.sas = SAPair{
		Local: s.local, Remote: s.remote,
		LocalProxy: f.responders, RemoteProxy: f.initiators,
		Proposal: c.proposal, PFS: c.group,
		InboundSPI: inbound, OutboundSPI: c.spi,
		Inbound:  q.keysFor(c.proposal, inbound, shared),
		Outbound: q.keysFor(c.proposal, c.spi, shared),
		Seconds:  life.Seconds, Kilobytes: life.Kilobytes,
		Initiator: q.role == Initiator, Mobile: s.peerInside && !s.inside,
		ConnID: s.conn, PeerID: s.peerID,
	}
	clear(shared)
	if q.role == Initiator {
		q.sas.LocalProxy, q.sas.RemoteProxy = f.initiators, f.responders
	}
}

func (q *quick) keysFor(p Proposal, spi uint32, shared []byte) SAKeys {
	cipher, _ := cipherLen(p)
	auth, _ := authLen(p.Auth)
	k := q.s.keys.Keymat(cipher+auth, shared, p.Protocol, spi, q.nonceI, q.nonceR)
	return SAKeys{Encryption: k[:cipher:cipher], Authentication: k[cipher:]}
}

// install hands the pair to the key engine.
func (q *quick) install() {
	e, p := q.s.e, q.s.peer
	e.env.IPsec.InitializeSAs(q.sas)
	e.lockIPsec(p, UsePair)
	e.env.IPsec.InstallSAs(q.sas)
	q.sas.Inbound, q.sas.Outbound = SAKeys{}, SAKeys{}
	e.unlockIPsec(p, UsePair)
}
