package isakmp

import (
	"bytes"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// Third and fourth message: KE, nonce, vendor IDs, NAT-D.

// keyPayloads is the same for both sides.
func (s *sa) keyPayloads(nonce []byte) []wire.Payload {
	s.e.spend(costNonce)
	list := []wire.Payload{{Type: wire.KeyExchange, Body: s.pair.Public()}, {Type: wire.Nonce, Body: nonce}}
	vendors := s.e.release.InitiatorVendors
	if s.role == Responder {
		vendors = s.e.release.ResponderVendors
	}
	for _, kind := range vendors {
		list = append(list, s.vendorPayload(kind))
	}
	return append(list, s.natPayloads()...)
}

func (s *sa) replyMM3() {
	s.publicI, s.nonceI = s.pair.Public(), s.e.random(nonceLen)
	s.send(s.clear(s.keyPayloads(s.nonceI)), true)
}

func (s *sa) replyMM4() {
	s.send(s.clear(s.keyPayloads(s.nonceR)), true)
}

// processKeys takes the peer's KE and nonce; from here both ends can encrypt.
func (s *sa) processKeys(m *message) error {
	e := s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.KeyExchange})
	public, err := wire.ParseKE(m.body(wire.KeyExchange))
	if err != nil {
		return err
	}
	e.spend(costDH(s.policy.Group))
	shared, err := s.pair.Shared(public)
	if err != nil {
		return err
	}
	material := keymat.Material{Shared: shared}
	defer material.Zero()
	e.emit(Processing{SA: s.ref(), Payload: wire.Nonce})
	nonce, err := wire.ParseNonce(m.body(wire.Nonce))
	if err != nil {
		return err
	}
	hashes, err := s.natHashes(m)
	if err != nil {
		return err
	}
	if err := s.auth.material(s, &material); err != nil {
		return err
	}
	s.number()
	if err := s.derive(material, bytes.Clone(public), bytes.Clone(nonce)); err != nil {
		return err
	}
	e.emit(SKEYIDGenerated{SA: s.ref()})
	s.takeVendors(m)
	s.judgeNAT(hashes)
	s.label = LabelKeyExch
	return nil
}

// derive makes the keys of phase 1 from the peer's public value, its nonce and what
// the authentication method adds.
func (s *sa) derive(m keymat.Material, public, nonce []byte) error {
	if s.role == Initiator {
		m.PublicI, m.PublicR, m.NonceI, m.NonceR = s.publicI, public, s.nonceI, nonce
	} else {
		m.PublicI, m.PublicR, m.NonceI, m.NonceR = public, s.pair.Public(), nonce, s.e.random(nonceLen)
	}
	s.e.spend(costKeys)
	m.Hash, m.Encryption, m.KeyBits = keymat.Hash(s.policy.Hash), uint16(s.policy.Encryption), s.policy.KeyBits
	m.CookieI, m.CookieR = s.cookieI[:], s.cookieR[:]
	keys, err := keymat.Derive(m)
	if err != nil {
		return err
	}
	s.publicI, s.publicR, s.nonceI, s.nonceR = m.PublicI, m.PublicR, m.NonceI, m.NonceR
	s.keys, s.iv = keys, keys.IV()
	s.tellKeying()
	s.pair.Zero()
	return nil
}
