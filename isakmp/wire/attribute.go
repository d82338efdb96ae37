package wire

import "encoding/binary"

// Attribute of a transform (RFC 2408 §3.3): a short one has its Value in two
// octets, a variable one has Bytes.
type Attribute struct {
	Type  uint16
	Basic bool
	Value uint16
	Bytes []byte
}

// Basic makes a short attribute.
func Basic(kind, value uint16) Attribute { return Attribute{Type: kind, Basic: true, Value: value} }

// Number makes an attribute of a 32-bit number: short where it fits, else four
// octets, as IOS writes lifetimes.
func Number(kind uint16, value uint32) Attribute {
	if value <= 0xffff {
		return Basic(kind, uint16(value))
	}
	return Attribute{Type: kind, Bytes: binary.BigEndian.AppendUint32(nil, value)}
}

// Uint reads either form as a number; what exceeds 32 bits is cut to the
// largest number.
func (a Attribute) Uint() uint32 {
	if a.Basic {
		return uint32(a.Value)
	}
	var v uint64
	for _, c := range a.Bytes {
		if v = v<<8 | uint64(c); v > 0xffffffff {
			return 0xffffffff
		}
	}
	return uint32(v)
}

// ParseAttributes reads attributes to the end of b.
func ParseAttributes(b []byte) ([]Attribute, error) {
	var list []Attribute
	for len(b) > 0 {
		if len(b) < 4 || len(list) == MaxAttributes {
			return nil, ErrMalformed
		}
		kind, v := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
		b = b[4:]
		if kind&0x8000 != 0 {
			list = append(list, Basic(kind&0x7fff, v))
			continue
		}
		if int(v) > len(b) || v > MaxAttribute {
			return nil, ErrMalformed
		}
		list = append(list, Attribute{Type: kind, Bytes: b[:v]})
		b = b[v:]
	}
	return list, nil
}

// AppendAttributes appends attributes in their order.
func AppendAttributes(b []byte, list []Attribute) []byte {
	for _, a := range list {
		if a.Basic {
			b = binary.BigEndian.AppendUint16(b, a.Type|0x8000)
			b = binary.BigEndian.AppendUint16(b, a.Value)
			continue
		}
		b = binary.BigEndian.AppendUint16(b, a.Type)
		b = binary.BigEndian.AppendUint16(b, uint16(len(a.Bytes)))
		b = append(b, a.Bytes...)
	}
	return b
}
