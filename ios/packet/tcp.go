package packet

import "encoding/binary"

// MinTCPHeader is the length of a TCP header without options, in bytes.
const MinTCPHeader = 20

// TCP flag bits (RFC 793).
const (
	TCPFin = 1 << iota
	TCPSyn
	TCPRst
	TCPPsh
	TCPAck
	TCPUrg
)

// TCP is a view of a TCP segment (RFC 793).
type TCP []byte

// Valid says whether the header is whole.
func (t TCP) Valid() bool {
	return len(t) >= MinTCPHeader && int(t[12]>>4)*4 >= MinTCPHeader && int(t[12]>>4)*4 <= len(t)
}

// SrcPort is the source port.
func (t TCP) SrcPort() uint16 { return binary.BigEndian.Uint16(t) }

// DstPort is the destination port.
func (t TCP) DstPort() uint16 { return binary.BigEndian.Uint16(t[2:]) }

// Flags are the control bits.
func (t TCP) Flags() uint8 { return t[13] }
