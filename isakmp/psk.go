package isakmp

import (
	"slices"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// preShared is authentication with a pre-shared key (RFC 2409 §5.4): SKEYID is
// made of the key, and a hash under it is the proof.
type preShared struct{}

func (preShared) method() Auth       { return PreShared }
func (preShared) mismatch() Mismatch { return MismatchNoKey }
func (preShared) need() []uint8      { return pskProof }

var pskProof = []uint8{wire.HashPayload}

func (preShared) find(s *sa) bool {
	_, found := s.findKey()
	return found
}

func (preShared) material(s *sa, m *keymat.Material) error {
	key, found := s.findKey()
	if !found {
		return errNoKey
	}
	s.psk, m.PSK = key.Key, []byte(key.Key)
	return nil
}

// KeysChanged is told that pre-shared keys have changed. A phase 1 of ours that has
// made its keys of another one cannot come up: it is given up, so that the next
// request need not wait for its end.
func (e *Engine) KeysChanged() {
	for _, s := range slices.Clone(e.sas) {
		if s.role == Responder || s.deleted || s.complete() || s.psk == "" {
			continue
		}
		if key, _ := e.env.Config.KeyFor(s.remote.Addr()); key.Key != s.psk {
			s.closeSA(SACleared, false)
		}
	}
}

func (preShared) prove(s *sa, id []byte) []wire.Payload {
	s.e.spend(costHash)
	return []wire.Payload{{Type: wire.HashPayload, Body: s.hash(s.role, id)}}
}

func (preShared) check(s *sa, m *message, id []byte) error {
	s.e.spend(costHash)
	s.e.emit(Processing{SA: s.ref(), Payload: wire.HashPayload})
	if !keymat.Equal(m.body(wire.HashPayload), s.hash(s.role.other(), id)) {
		return errHash
	}
	return nil
}

// findKey looks the pre-shared key up and says what it found.
func (s *sa) findKey() (PresharedKey, bool) {
	key, ok := s.e.env.Config.KeyFor(s.remote.Addr())
	if ok {
		s.e.emit(KeyFound{SA: s.ref()})
	} else {
		s.e.emit(KeyMissing{SA: s.ref()})
	}
	return key, ok
}

// hash is HASH_I or HASH_R.
func (s *sa) hash(role Role, idBody []byte) []byte {
	if role == Initiator {
		return s.keys.Hash(s.publicI, s.publicR, s.cookieI[:], s.cookieR[:], s.saBody, idBody)
	}
	return s.keys.Hash(s.publicR, s.publicI, s.cookieR[:], s.cookieI[:], s.saBody, idBody)
}
