package packet

import (
	"encoding/binary"
	"net/netip"
)

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

// Valid reports whether the header is whole.
func (t TCP) Valid() bool {
	return len(t) >= MinTCPHeader && int(t[12]>>4)*4 >= MinTCPHeader && int(t[12]>>4)*4 <= len(t)
}

// SrcPort is the source port.
func (t TCP) SrcPort() uint16 { return binary.BigEndian.Uint16(t) }

// DstPort is the destination port.
func (t TCP) DstPort() uint16 { return binary.BigEndian.Uint16(t[2:]) }

// Flags are the control bits.
func (t TCP) Flags() uint8 { return t[13] }

// Seq is the sequence number.
func (t TCP) Seq() uint32 { return binary.BigEndian.Uint32(t[4:]) }

// Ack is the acknowledgment number.
func (t TCP) Ack() uint32 { return binary.BigEndian.Uint32(t[8:]) }

// Window is how many bytes more the sender can take.
func (t TCP) Window() uint16 { return binary.BigEndian.Uint16(t[14:]) }

// Options are the option bytes, without the fixed header.
func (t TCP) Options() []byte { return t[MinTCPHeader : int(t[12]>>4)*4] }

// Payload is what follows the header.
func (t TCP) Payload() []byte { return t[int(t[12]>>4)*4:] }

// Span is how much of the sequence space the segment takes: its bytes, and one
// each for SYN and FIN.
func (t TCP) Span() uint32 {
	n := uint32(len(t.Payload()))
	if t.Flags()&TCPSyn != 0 {
		n++
	}
	if t.Flags()&TCPFin != 0 {
		n++
	}
	return n
}

// ChecksumOK verifies the checksum.
func (t TCP) ChecksumOK(src, dst netip.Addr) bool {
	return fold(sum(pseudo(src.As4(), dst.As4(), ProtoTCP, len(t)), t)) == 0
}

// TCPFields is what BuildTCP makes a header of. Options are padded to four bytes.
type TCPFields struct {
	SrcPort, DstPort uint16
	Seq, Ack         uint32
	Flags            uint8
	Window           uint16
	Options          []byte
}

// BuildTCP returns a segment with its checksum and a copy of payload.
func BuildTCP(src, dst netip.Addr, f TCPFields, payload []byte) TCP {
	h := MinTCPHeader + (len(f.Options)+3)/4*4
	t := make(TCP, h+len(payload))
	binary.BigEndian.PutUint16(t, f.SrcPort)
	binary.BigEndian.PutUint16(t[2:], f.DstPort)
	binary.BigEndian.PutUint32(t[4:], f.Seq)
	binary.BigEndian.PutUint32(t[8:], f.Ack)
	t[12], t[13] = uint8(h/4)<<4, f.Flags
	binary.BigEndian.PutUint16(t[14:], f.Window)
	copy(t[MinTCPHeader:], f.Options)
	copy(t[h:], payload)
	binary.BigEndian.PutUint16(t[16:], fold(sum(pseudo(src.As4(), dst.As4(), ProtoTCP, len(t)), t)))
	return t
}
