package wire

import "encoding/binary"

// Notify is the body of a notification payload (RFC 2408 §3.14).
type Notify struct {
	Protocol uint8
	Type     uint16
	SPI      []byte
	Data     []byte
}

// ParseNotify reads the body of a notification payload.
func ParseNotify(b []byte) (Notify, error) {
	if len(b) < 8 || binary.BigEndian.Uint32(b) != DOI && binary.BigEndian.Uint32(b) != 0 {
		return Notify{}, ErrMalformed
	}
	n := int(b[5])
	if n > MaxSPI || 8+n > len(b) {
		return Notify{}, ErrMalformed
	}
	return Notify{
		Protocol: b[4],
		Type:     binary.BigEndian.Uint16(b[6:]),
		SPI:      b[8 : 8+n],
		Data:     b[8+n:],
	}, nil
}

// AppendNotify appends the body of a notification payload.
func AppendNotify(b []byte, n Notify) []byte {
	b = binary.BigEndian.AppendUint32(b, DOI)
	b = append(b, n.Protocol, uint8(len(n.SPI)))
	b = binary.BigEndian.AppendUint16(b, n.Type)
	b = append(b, n.SPI...)
	return append(b, n.Data...)
}
