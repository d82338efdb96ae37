package packet

import "encoding/binary"

// Checksum returns the Internet checksum of b (RFC 1071).
func Checksum(b []byte) uint16 { return fold(sum(0, b)) }

func sum(acc uint32, b []byte) uint32 {
	for len(b) >= 2 {
		acc += uint32(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		acc += uint32(b[0]) << 8
	}
	return acc
}

func fold(acc uint32) uint16 {
	for acc>>16 != 0 {
		acc = acc&0xffff + acc>>16
	}
	return ^uint16(acc)
}

// pseudo sums the pseudo header of TCP and UDP (RFC 768, RFC 793).
func pseudo(src, dst [4]byte, protocol uint8, length int) uint32 {
	acc := sum(0, src[:])
	acc = sum(acc, dst[:])
	return acc + uint32(protocol) + uint32(length)
}
