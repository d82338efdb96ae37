package isakmp

import (
	"bytes"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// readKeys takes the peer's nonce and, with PFS, its half of the exchange, and
// says so payload by payload.
func (n *node) readKeys(m *message, nonce *[]byte) (shared []byte, err error) {
	s, e := n.s, n.s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.Nonce, Message: n.id})
	b, err := wire.ParseNonce(m.body(wire.Nonce))
	if err != nil {
		return nil, err
	}
	*nonce = bytes.Clone(b)
	if n.pair != nil {
		e.emit(Processing{SA: s.ref(), Payload: wire.KeyExchange, Message: n.id})
		e.spend(costDH(n.pair.Group()))
		if shared, err = n.pair.Shared(m.body(wire.KeyExchange)); err != nil {
			return nil, err
		}
		n.pair.Zero()
	}
	for _, p := range m.payloads {
		if p.Type == wire.Identify {
			e.emit(Processing{SA: s.ref(), Payload: wire.Identify, Message: n.id})
		}
	}
	return shared, nil
}

// build derives the keys of the pair; each SA's come from the SPI of its
// receiver (RFC 2409 §5.5), cipher first.
func (n *node) build(c choice, f flow, inbound uint32, life Lifetime, shared []byte) {
	s := n.s
	s.e.spend(costKeymat)
	n.sas = SAPair{
		Local: s.local, Remote: s.remote,
		LocalProxy: f.responders, RemoteProxy: f.initiators,
		Proposal: c.proposal, PFS: c.group,
		InboundSPI: inbound, OutboundSPI: c.spi,
		Inbound:  n.keysFor(c.proposal, inbound, shared),
		Outbound: n.keysFor(c.proposal, c.spi, shared),
		Seconds:  life.Seconds, Kilobytes: life.Kilobytes,
		Initiator: n.role == Initiator, Mobile: s.peerInside && !s.inside,
		ConnID: s.conn, PeerID: s.id,
	}
	if n.role == Initiator {
		n.sas.LocalProxy, n.sas.RemoteProxy = f.initiators, f.responders
	}
}

func (n *node) keysFor(p Proposal, spi uint32, shared []byte) SAKeys {
	cipher, _ := cipherLen(p)
	auth, _ := authLen(p.Auth)
	k := n.s.keys.Keymat(cipher+auth, shared, p.Protocol, spi, n.nonceI, n.nonceR)
	return SAKeys{Encryption: k[:cipher:cipher], Authentication: k[cipher:]}
}

// install hands the pair to the key engine.
func (n *node) install() {
	e, p := n.s.e, n.s.peer
	e.env.IPsec.InitializeSAs(n.sas)
	e.lockIPsec(p, "from create_transforms")
	e.env.IPsec.InstallSAs(n.sas)
	e.unlockIPsec(p, "create_transforms")
}
