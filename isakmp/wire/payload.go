package wire

import "encoding/binary"

const genericLen = 4

// Payload is one payload of a message.
type Payload struct {
	Type uint8
	Next uint8  // type of the payload that follows, or None
	Body []byte // without the generic header
	Rest []byte // Body and whatever follows it in the message
}

// ReservedError is a generic header whose reserved octet is set: the usual
// sign that a wrong key decrypted the message.
type ReservedError struct{ Type uint8 }

func (e *ReservedError) Error() string { return "wire: reserved not zero" }

// Unwrap returns ErrMalformed, of which it is one kind.
func (e *ReservedError) Unwrap() error { return ErrMalformed }

// ParsePayloads reads the chain of payloads that begins with one of type first.
// What follows the last one is padding.
func ParsePayloads(first uint8, b []byte) ([]Payload, error) {
	var list []Payload
	for next := first; next != None; {
		if len(list) == MaxPayloads {
			return nil, ErrTooMany
		}
		p, rest, err := parseGeneric(next, b)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
		next, b = p.Next, rest
	}
	return list, nil
}

// parseGeneric reads one payload (RFC 2408 §3.2).
func parseGeneric(kind uint8, b []byte) (p Payload, rest []byte, err error) {
	if len(b) < genericLen {
		return p, nil, ErrMalformed
	}
	if b[1] != 0 {
		return p, nil, &ReservedError{Type: kind}
	}
	n := int(binary.BigEndian.Uint16(b[2:4]))
	if n < genericLen || n > len(b) {
		return p, nil, ErrMalformed
	}
	return Payload{Type: kind, Next: b[0], Body: b[genericLen:n], Rest: b[genericLen:]}, b[n:], nil
}

// AppendPayloads appends the chain; the Next of each is computed.
func AppendPayloads(b []byte, list []Payload) []byte {
	for i, p := range list {
		next := None
		if i+1 < len(list) {
			next = list[i+1].Type
		}
		b = appendGeneric(b, next, p.Body)
	}
	return b
}

func appendGeneric(b []byte, next uint8, body []byte) []byte {
	b = append(b, next, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(genericLen+len(body)))
	return append(b, body...)
}

// AppendMessage appends a whole message in the clear.
func AppendMessage(b []byte, h Header, list []Payload) []byte {
	h.Next = First(list)
	start := len(b)
	b = AppendHeader(b, h)
	b = AppendPayloads(b, list)
	binary.BigEndian.PutUint32(b[start+24:], uint32(len(b)-start))
	return b
}

// First is the type with which a chain begins.
func First(list []Payload) uint8 {
	if len(list) == 0 {
		return None
	}
	return list[0].Type
}
