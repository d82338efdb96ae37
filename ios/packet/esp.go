package packet

import "encoding/binary"

// ESPHeader is the length of SPI and sequence number, in bytes.
const ESPHeader = 8

// ESP is a view of an Encapsulating Security Payload (RFC 4303).
type ESP []byte

// Valid reports whether SPI and sequence number are there.
func (e ESP) Valid() bool { return len(e) >= ESPHeader }

// SPI is the security parameters index.
func (e ESP) SPI() uint32 { return binary.BigEndian.Uint32(e) }

// Seq is the sequence number.
func (e ESP) Seq() uint32 { return binary.BigEndian.Uint32(e[4:]) }

// SetSeq sets the sequence number.
func (e ESP) SetSeq(n uint32) { binary.BigEndian.PutUint32(e[4:], n) }
