package packet

import (
	"encoding/binary"
	"net/netip"
)

// IP protocol numbers that a router knows by name.
const (
	ProtoICMP = 1
	ProtoTCP  = 6
	ProtoUDP  = 17
	ProtoGRE  = 47
	ProtoESP  = 50
	ProtoAH   = 51
)

// MinIPv4Header is the length of an IPv4 header without options, in bytes.
const MinIPv4Header = 20

const (
	flagDF     = 0x4000
	flagMF     = 0x2000
	offsetMask = 0x1fff
)

// IPv4 is a view of an IPv4 packet (RFC 791).
type IPv4 []byte

// IPv4Fields is what BuildIPv4 makes a header of. FragmentOffset is in bytes
// and must be a multiple of eight; Options are padded to four bytes.
type IPv4Fields struct {
	TOS            uint8
	ID             uint16
	DF, MF         bool
	FragmentOffset int
	TTL            uint8
	Protocol       uint8
	Src, Dst       netip.Addr
	Options        []byte
}

// Valid reports whether version, lengths and header checksum hold; bytes after
// the total length are allowed, as Ethernet pads.
func (p IPv4) Valid() bool {
	if len(p) < MinIPv4Header || p[0]>>4 != 4 {
		return false
	}
	h, t := p.HeaderLen(), p.TotalLen()
	return h >= MinIPv4Header && t >= h && t <= len(p) && Checksum(p[:h]) == 0
}

// HeaderLen is the length of the header with its options, in bytes.
func (p IPv4) HeaderLen() int { return int(p[0]&0xf) * 4 }

// TotalLen is the length of the packet as its header says, in bytes.
func (p IPv4) TotalLen() int { return int(binary.BigEndian.Uint16(p[2:])) }

// TOS is the type of service byte.
func (p IPv4) TOS() uint8 { return p[1] }

// ID is the identification field.
func (p IPv4) ID() uint16 { return binary.BigEndian.Uint16(p[4:]) }

// DF is the don't fragment bit.
func (p IPv4) DF() bool { return binary.BigEndian.Uint16(p[6:])&flagDF != 0 }

// MF is the more fragments bit.
func (p IPv4) MF() bool { return binary.BigEndian.Uint16(p[6:])&flagMF != 0 }

// FragmentOffset is the place of this fragment's payload, in bytes.
func (p IPv4) FragmentOffset() int {
	return int(binary.BigEndian.Uint16(p[6:])&offsetMask) * 8
}

// IsFragment reports whether this is a part of a larger packet.
func (p IPv4) IsFragment() bool { return p.MF() || p.FragmentOffset() != 0 }

// TTL is the time to live.
func (p IPv4) TTL() uint8 { return p[8] }

// Protocol is the number of the protocol carried.
func (p IPv4) Protocol() uint8 { return p[9] }

// Src is the source address.
func (p IPv4) Src() netip.Addr { return netip.AddrFrom4([4]byte(p[12:16])) }

// Dst is the destination address.
func (p IPv4) Dst() netip.Addr { return netip.AddrFrom4([4]byte(p[16:20])) }

// Options are the option bytes, without the fixed header.
func (p IPv4) Options() []byte { return p[MinIPv4Header:p.HeaderLen()] }

// Payload is what follows the header, up to the total length.
func (p IPv4) Payload() []byte { return p[p.HeaderLen():p.TotalLen()] }

// DecrementTTL takes one from the time to live and mends the checksum.
func (p IPv4) DecrementTTL() {
	p[8]--
	p.UpdateChecksum()
}

// SetID sets the identification field and mends the checksum.
func (p IPv4) SetID(id uint16) {
	binary.BigEndian.PutUint16(p[4:], id)
	p.UpdateChecksum()
}

// SetTOS sets the type of service byte and mends the checksum.
func (p IPv4) SetTOS(tos uint8) {
	p[1] = tos
	p.UpdateChecksum()
}

// SetDF sets the don't fragment bit and mends the checksum.
func (p IPv4) SetDF(on bool) {
	p[6] &^= flagDF >> 8
	if on {
		p[6] |= flagDF >> 8
	}
	p.UpdateChecksum()
}

// UpdateChecksum computes the header checksum anew.
func (p IPv4) UpdateChecksum() {
	p[10], p[11] = 0, 0
	binary.BigEndian.PutUint16(p[10:], Checksum(p[:p.HeaderLen()]))
}

// BuildIPv4 returns a new packet of the fields and a copy of payload.
func BuildIPv4(f IPv4Fields, payload []byte) IPv4 {
	h := MinIPv4Header + (len(f.Options)+3)/4*4
	p := make(IPv4, h+len(payload))
	copy(p[MinIPv4Header:], f.Options)
	copy(p[h:], payload)
	p[0] = 4<<4 | uint8(h/4)
	p[1] = f.TOS
	binary.BigEndian.PutUint16(p[2:], uint16(len(p)))
	binary.BigEndian.PutUint16(p[4:], f.ID)
	frag := uint16(f.FragmentOffset / 8)
	if f.DF {
		frag |= flagDF
	}
	if f.MF {
		frag |= flagMF
	}
	binary.BigEndian.PutUint16(p[6:], frag)
	p[8], p[9] = f.TTL, f.Protocol
	src, dst := f.Src.As4(), f.Dst.As4()
	copy(p[12:], src[:])
	copy(p[16:], dst[:])
	p.UpdateChecksum()
	return p
}
