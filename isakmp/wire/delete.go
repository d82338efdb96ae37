package wire

import "encoding/binary"

// Delete is the body of a delete payload (RFC 2408 §3.15).
type Delete struct {
	Protocol uint8
	SPIs     [][]byte // all of one length
}

// ParseDelete reads the body of a delete payload.
func ParseDelete(b []byte) (Delete, error) {
	if len(b) < 8 || binary.BigEndian.Uint32(b) != DOI {
		return Delete{}, ErrMalformed
	}
	size, count := int(b[5]), int(binary.BigEndian.Uint16(b[6:]))
	if size == 0 || size > MaxSPI || count == 0 || count > MaxSPIs || len(b) != 8+size*count {
		return Delete{}, ErrMalformed
	}
	d := Delete{Protocol: b[4]}
	for b = b[8:]; len(b) > 0; b = b[size:] {
		d.SPIs = append(d.SPIs, b[:size])
	}
	return d, nil
}

// AppendDelete appends the body of a delete payload.
func AppendDelete(b []byte, d Delete) []byte {
	size := 0
	if len(d.SPIs) > 0 {
		size = len(d.SPIs[0])
	}
	b = binary.BigEndian.AppendUint32(b, DOI)
	b = append(b, d.Protocol, uint8(size))
	b = binary.BigEndian.AppendUint16(b, uint16(len(d.SPIs)))
	for _, spi := range d.SPIs {
		b = append(b, spi...)
	}
	return b
}
