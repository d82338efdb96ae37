package isakmp

import (
	"errors"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// message is a datagram taken apart as far as its header allows.
type message struct {
	wire.Header
	raw      []byte
	plain    []byte // what follows the header, decrypted
	payloads []wire.Payload
	nextIV   []byte // of the exchange, once the message is accepted
}

// first finds the first payload of a type.
func (m *message) first(kind uint8) (wire.Payload, bool) {
	for _, p := range m.payloads {
		if p.Type == kind {
			return p, true
		}
	}
	return wire.Payload{}, false
}

// body is the body of the first payload of a type, nil without one.
func (m *message) body(kind uint8) []byte {
	p, _ := m.first(kind)
	return p.Body
}

// holds reports whether each of the payloads is there, and once only.
func (m *message) holds(kinds []uint8) bool {
	for _, kind := range kinds {
		n := 0
		for _, p := range m.payloads {
			if p.Type == kind {
				n++
			}
		}
		if n != 1 {
			return false
		}
	}
	return true
}

// open decrypts a message where it is encrypted, and reads its payloads.
func (s *sa) open(h wire.Header, raw, iv []byte) (*message, error) {
	m := &message{Header: h, raw: raw, plain: raw[wire.HeaderLen:]}
	var err error
	if h.Encrypted() {
		s.e.spend(costCrypt)
		if m.plain, m.nextIV, err = s.keys.Decrypt(iv, m.plain); err != nil {
			return nil, err
		}
	}
	m.payloads, err = wire.ParsePayloads(h.Next, m.plain)
	return m, err
}

// malformed says what is wrong with a message that cannot be read.
func (s *sa) malformed(err error) {
	var reserved *wire.ReservedError
	if errors.As(err, &reserved) {
		s.e.emit(ReservedNotZero{Payload: reserved.Type})
	} else {
		s.e.emit(Malformed{SA: s.ref()})
	}
	s.e.emit(BadMessage{Remote: s.remote.Addr()})
}
