package packet

import "encoding/binary"

// ICMPHeader is the length of an ICMP header in bytes.
const ICMPHeader = 8

// ICMP types (RFC 792).
const (
	ICMPEchoReply    = 0
	ICMPUnreachable  = 3
	ICMPSourceQuench = 4
	ICMPRedirect     = 5
	ICMPEcho         = 8
	ICMPTimeExceeded = 11
	ICMPParameter    = 12
)

// Codes of ICMPUnreachable (RFC 792, RFC 1812).
const (
	UnreachNet        = 0
	UnreachHost       = 1
	UnreachProtocol   = 2
	UnreachPort       = 3
	UnreachNeedFrag   = 4
	UnreachAdminProhb = 13
)

// ICMP is a view of an ICMP message (RFC 792).
type ICMP []byte

// Valid reports whether the header is whole and the checksum holds.
func (m ICMP) Valid() bool { return len(m) >= ICMPHeader && Checksum(m) == 0 }

// Type is the message type.
func (m ICMP) Type() uint8 { return m[0] }

// Code is the message code.
func (m ICMP) Code() uint8 { return m[1] }

// ID is the identifier of an echo.
func (m ICMP) ID() uint16 { return binary.BigEndian.Uint16(m[4:]) }

// Seq is the sequence number of an echo.
func (m ICMP) Seq() uint16 { return binary.BigEndian.Uint16(m[6:]) }

// MTU is the next hop's MTU in a "fragmentation needed" (RFC 1191), in bytes.
func (m ICMP) MTU() int { return int(binary.BigEndian.Uint16(m[6:])) }

// Payload is what follows the eight bytes of header.
func (m ICMP) Payload() []byte { return m[ICMPHeader:] }

// BuildICMP returns a message; rest is the second word of the header.
func BuildICMP(typ, code uint8, rest uint32, payload []byte) ICMP {
	m := make(ICMP, ICMPHeader+len(payload))
	m[0], m[1] = typ, code
	binary.BigEndian.PutUint32(m[4:], rest)
	copy(m[ICMPHeader:], payload)
	binary.BigEndian.PutUint16(m[2:], Checksum(m))
	return m
}
