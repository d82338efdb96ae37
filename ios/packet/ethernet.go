package packet

import (
	"encoding/binary"
	"fmt"
)

// EthernetHeader is the length of an Ethernet II header in bytes.
const EthernetHeader = 14

// Ethernet types.
const (
	EtherTypeIPv4 = 0x0800
	EtherTypeARP  = 0x0806
	EtherTypeIPv6 = 0x86dd
)

// MAC is a hardware address.
type MAC [6]byte

// Broadcast is the Ethernet broadcast address.
var Broadcast = MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// String writes the address as IOS does: c200.0b5c.0000.
func (m MAC) String() string {
	return fmt.Sprintf("%02x%02x.%02x%02x.%02x%02x", m[0], m[1], m[2], m[3], m[4], m[5])
}

// Group reports whether the address is a multicast or the broadcast.
func (m MAC) Group() bool { return m[0]&1 != 0 }

// Ethernet is a view of an Ethernet II frame without its check sequence.
type Ethernet []byte

// Valid reports whether the header is whole.
func (e Ethernet) Valid() bool { return len(e) >= EthernetHeader }

// Dst is the destination.
func (e Ethernet) Dst() MAC { return MAC(e[0:6]) }

// Src is the source.
func (e Ethernet) Src() MAC { return MAC(e[6:12]) }

// Type is the Ethernet type.
func (e Ethernet) Type() uint16 { return binary.BigEndian.Uint16(e[12:]) }

// Payload is what follows the header.
func (e Ethernet) Payload() []byte { return e[EthernetHeader:] }

// BuildEthernet returns a frame with a copy of payload.
func BuildEthernet(dst, src MAC, etherType uint16, payload []byte) Ethernet {
	e := make(Ethernet, EthernetHeader+len(payload))
	PutEthernet(e, dst, src, etherType)
	copy(e[EthernetHeader:], payload)
	return e
}

// PutEthernet writes a header into the first bytes of b.
func PutEthernet(b []byte, dst, src MAC, etherType uint16) {
	copy(b, dst[:])
	copy(b[6:], src[:])
	binary.BigEndian.PutUint16(b[12:], etherType)
}
