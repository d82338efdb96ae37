package wire

import "encoding/binary"

// ID is the body of an identification payload (RFC 2407 §4.6.2).
type ID struct {
	Type     uint8
	Protocol uint8
	Port     uint16
	Data     []byte
}

// ParseID reads the body of an identification payload; addresses and subnets
// must have the length of such.
func ParseID(b []byte) (ID, error) {
	if len(b) < 4 || len(b) > 4+MaxIdentity {
		return ID{}, ErrMalformed
	}
	id := ID{Type: b[0], Protocol: b[1], Port: binary.BigEndian.Uint16(b[2:]), Data: b[4:]}
	switch {
	case id.Type == IDIPv4Addr && len(id.Data) != 4,
		id.Type == IDIPv4Subnet && len(id.Data) != 8:
		return ID{}, ErrMalformed
	}
	return id, nil
}

// AppendID appends the body of an identification payload.
func AppendID(b []byte, id ID) []byte {
	b = append(b, id.Type, id.Protocol)
	b = binary.BigEndian.AppendUint16(b, id.Port)
	return append(b, id.Data...)
}

// Printable keeps what a peer calls itself from playing with a terminal.
func Printable(b []byte) string {
	out := make([]byte, len(b))
	for i, c := range b {
		if c < ' ' || c > '~' {
			c = '.'
		}
		out[i] = c
	}
	return string(out)
}
