package packet

import "encoding/binary"

// HDLCHeader is the length of the header of a Cisco HDLC frame in bytes.
const HDLCHeader = 4

// HDLC address bytes: one neighbour, or all of them.
const (
	hdlcUnicast   = 0x0f
	hdlcBroadcast = 0x8f
)

// HDLC is a view of a frame on a serial line in Cisco's encapsulation, without
// flags and check sequence: address, control, and an Ethernet type.
type HDLC []byte

// Valid reports whether the header is whole and the address one of the two.
func (h HDLC) Valid() bool {
	return len(h) >= HDLCHeader && (h[0] == hdlcUnicast || h[0] == hdlcBroadcast)
}

// Type is the Ethernet type.
func (h HDLC) Type() uint16 { return binary.BigEndian.Uint16(h[2:]) }

// Payload is what follows the header.
func (h HDLC) Payload() []byte { return h[HDLCHeader:] }

// BuildHDLC returns a frame with a copy of payload.
func BuildHDLC(etherType uint16, payload []byte) HDLC {
	h := make(HDLC, HDLCHeader+len(payload))
	PutHDLC(h, etherType)
	copy(h[HDLCHeader:], payload)
	return h
}

// PutHDLC writes a header into the first bytes of b.
func PutHDLC(b []byte, etherType uint16) {
	b[0], b[1] = hdlcUnicast, 0
	binary.BigEndian.PutUint16(b[2:], etherType)
}
