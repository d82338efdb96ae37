package packet

import (
	"encoding/binary"
	"net/netip"
)

// UDPHeader is the length of a UDP header in bytes.
const UDPHeader = 8

// UDP is a view of a UDP datagram (RFC 768).
type UDP []byte

// Valid reports whether the lengths hold. The checksum needs the addresses: see
// ChecksumOK.
func (u UDP) Valid() bool {
	return len(u) >= UDPHeader && u.length() >= UDPHeader && u.length() <= len(u)
}

func (u UDP) length() int { return int(binary.BigEndian.Uint16(u[4:])) }

// SrcPort is the source port.
func (u UDP) SrcPort() uint16 { return binary.BigEndian.Uint16(u) }

// DstPort is the destination port.
func (u UDP) DstPort() uint16 { return binary.BigEndian.Uint16(u[2:]) }

// Payload is the datagram's content.
func (u UDP) Payload() []byte { return u[UDPHeader:u.length()] }

// ChecksumOK verifies the checksum; zero means that the sender made none.
func (u UDP) ChecksumOK(src, dst netip.Addr) bool {
	if u[6] == 0 && u[7] == 0 {
		return true
	}
	n := u.length()
	return fold(sum(pseudo(src.As4(), dst.As4(), ProtoUDP, n), u[:n])) == 0
}

// BuildUDP returns a datagram with its checksum and a copy of payload.
func BuildUDP(src, dst netip.AddrPort, payload []byte) UDP {
	u := make(UDP, UDPHeader+len(payload))
	binary.BigEndian.PutUint16(u, src.Port())
	binary.BigEndian.PutUint16(u[2:], dst.Port())
	binary.BigEndian.PutUint16(u[4:], uint16(len(u)))
	copy(u[UDPHeader:], payload)
	c := fold(sum(pseudo(src.Addr().As4(), dst.Addr().As4(), ProtoUDP, len(u)), u))
	if c == 0 {
		c = 0xffff // zero on the wire would mean "no checksum"
	}
	binary.BigEndian.PutUint16(u[6:], c)
	return u
}
