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
	list := []wire.Payload{
		{Type: wire.KeyExchange, Body: s.pair.Public()},
		{Type: wire.Nonce, Body: nonce},
		vendorPayload(vendorBody(VendorUnity)),
		vendorPayload(vendorBody(VendorDPD)),
		vendorPayload(s.iosVendor()),
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
	e.emit(Processing{SA: s.ref(), Payload: wire.Nonce})
	nonce, err := wire.ParseNonce(m.body(wire.Nonce))
	if err != nil {
		return err
	}
	hashes, err := s.natHashes(m)
	if err != nil {
		return err
	}
	key, found := s.findKey()
	if !found {
		return errNoKey
	}
	if err := s.derive(bytes.Clone(public), bytes.Clone(nonce), shared, key); err != nil {
		return err
	}
	e.emit(SKEYIDGenerated{SA: s.ref()})
	s.readVendors(m)
	s.judgeNAT(hashes)
	s.label = LabelKeyExch
	return nil
}

func (s *sa) derive(public, nonce, shared []byte, key PresharedKey) error {
	publicI, publicR, nonceI, nonceR := s.publicI, public, s.nonceI, nonce
	if s.role == Responder {
		publicI, publicR = public, s.pair.Public()
		nonceI, nonceR = nonce, s.e.random(nonceLen)
	}
	s.e.spend(costKeys)
	keys, err := keymat.Derive(keymat.Material{
		Hash:       keymat.Hash(s.policy.Hash),
		Encryption: uint16(s.policy.Encryption),
		KeyBits:    s.policy.KeyBits,
		PSK:        []byte(key.Key),
		NonceI:     nonceI, NonceR: nonceR,
		CookieI: s.cookieI[:], CookieR: s.cookieR[:],
		PublicI: publicI, PublicR: publicR,
		Shared: shared,
	})
	if err != nil {
		return err
	}
	s.publicI, s.publicR, s.nonceI, s.nonceR = publicI, publicR, nonceI, nonceR
	s.keys, s.iv = keys, keys.IV()
	s.tellKeying()
	s.pair.Zero()
	return nil
}
