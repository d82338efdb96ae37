package isakmp

import (
	"bytes"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Message is what an ISAKMP message says, as Sending and Received tell it.
type Message struct {
	Outgoing bool
	Exchange uint8  // type of its exchange (RFC 2408 §3.1)
	ID       uint32 // message ID, 0 in phase 1
	Number   int    // within its exchange, from 1
	// Again: it was sent, or came, before.
	Again     bool
	Encrypted bool
	// Payloads in their order; none where they cannot be read: the message is
	// encrypted under other keys, comes again, or is malformed.
	Payloads []Payload
}

// Payload is one payload of a message.
type Payload struct {
	Type uint8 // RFC 2408 §3.1
	// Content is a wire.SA, wire.ID, wire.Notify, wire.Delete or Vendor. It is Opaque
	// for what has no parts (key exchange, nonce, hash, NAT-D), for other types, and
	// where the payload is malformed.
	Content any
}

// Opaque is the content of a payload that is not taken apart.
type Opaque []byte

// Vendor is the content of a vendor ID payload.
type Vendor struct {
	Kind VendorKind
	Body []byte
}

// watched reports whether anything reads what messages say.
func (e *Engine) watched() bool { return e.env.Watched != nil && e.env.Watched() }

// described is a message of ours, nil where nothing reads it.
func (x *exchange) described(p packet, again bool) *Message {
	if !x.s.e.watched() {
		return nil
	}
	m := &Message{
		Outgoing: true, Exchange: x.driver.number, ID: x.id, Number: p.number, Again: again, Encrypted: p.encrypted,
	}
	for _, payload := range p.payloads {
		payload.Body = bytes.Clone(payload.Body)
		m.Payloads = append(m.Payloads, x.s.contents(payload))
	}
	return m
}

// describe reads a message that has come, nil where nothing wants to know. It
// changes nothing: whether the message is accepted is decided later. s is nil for
// a message of no SA.
func (e *Engine) describe(s *sa, h wire.Header, raw []byte) *Message {
	if !e.watched() {
		return nil
	}
	m := &Message{Exchange: h.Exchange, ID: h.MessageID, Number: 1, Encrypted: h.Encrypted()}
	x := s.exchangeOf(h)
	if x != nil {
		m.Number = x.count + 1
		if n := seenAs(x.seen, raw); n != 0 {
			m.Number, m.Again = n, true
		}
	}
	plain := bytes.Clone(raw[wire.HeaderLen:])
	if h.Encrypted() {
		if s == nil || s.keys == nil || m.Again {
			return m
		}
		iv, err := s.keys.ExchangeIV(s.iv, h.MessageID), error(nil)
		if x != nil {
			iv = x.iv
		}
		if iv == nil {
			return m
		}
		if plain, _, err = s.keys.Decrypt(iv, plain); err != nil {
			return m
		}
	}
	list, err := wire.ParsePayloads(h.Next, plain)
	if err != nil {
		return m
	}
	for _, p := range list {
		m.Payloads = append(m.Payloads, s.contents(p))
	}
	return m
}

// exchangeOf is the exchange of a message, nil where it begins one.
func (s *sa) exchangeOf(h wire.Header) *exchange {
	switch {
	case s == nil:
		return nil
	case h.Exchange == s.driver.number:
		return &s.exchange
	}
	return s.find(h.MessageID)
}

// contents takes a payload apart. s is nil for one of no SA.
func (s *sa) contents(p wire.Payload) Payload {
	var content any
	var err error
	switch p.Type {
	case wire.SAPayload:
		content, err = wire.ParseSA(p.Body)
	case wire.Identify:
		content, err = wire.ParseID(p.Body)
	case wire.Notification:
		content, err = wire.ParseNotify(p.Body)
	case wire.DeletePay:
		content, err = wire.ParseDelete(p.Body)
	case wire.VendorID:
		content = Vendor{s.identifyVendor(p.Body), p.Body}
	default:
		content = Opaque(p.Body)
	}
	if err != nil {
		content = Opaque(p.Body)
	}
	return Payload{Type: p.Type, Content: content}
}
