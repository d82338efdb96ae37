package nat

import (
	"encoding/binary"
	"net/netip"
)

// Addresses within the engine are numbers in host byte order: half the size of a
// netip.Addr, and their neighbours are one more and one less.

func number(a netip.Addr) uint32 {
	if a = a.Unmap(); !a.Is4() {
		return 0
	}
	b := a.As4()
	return binary.BigEndian.Uint32(b[:])
}

func address(u uint32) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], u)
	return netip.AddrFrom4(b)
}

// hostBits is the mask of the host part of an address whose network has that many bits.
func hostBits(bits int) uint32 { return uint32(1<<(32-bits) - 1) }
