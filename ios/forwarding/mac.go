package forwarding

import (
	"crypto/sha256"

	"github.com/ioslab/ioslab/ios/packet"
)

// hardwareBase makes the first four bytes of a router's hardware addresses of
// its name: locally administered, and the same on every start.
func hardwareBase(router string) (base [4]byte) {
	h := sha256.Sum256([]byte(router))
	copy(base[:], h[:])
	base[0] = 0xc2 // locally administered, as in IOS emulations
	return base
}

// hardwareAddress gives an interface its address. Of its last two bytes, as in
// c200.0b5c.0001 for FastEthernet0/1, the upper one is the slot and the lower
// one the port; the other types of interface lie beside these.
func (s *Stack) hardwareAddress(n Name) packet.MAC {
	a := (uint16(n.Kind)-uint16(FastEthernet))<<12 ^ (uint16(n.Parts)-2)<<14
	switch n.Parts {
	case 1:
		a ^= uint16(n.Numbers[0])
	case 2:
		a ^= uint16(n.Numbers[0])<<8 ^ uint16(n.Numbers[1])
	case 3:
		a ^= uint16(n.Numbers[0])<<8 ^ uint16(n.Numbers[1])<<4 ^ uint16(n.Numbers[2])
	}
	for s.hardwareTaken(a) {
		a++
	}
	return packet.MAC{s.hardware[0], s.hardware[1], s.hardware[2], s.hardware[3], uint8(a >> 8), uint8(a)}
}

func (s *Stack) hardwareTaken(low uint16) bool {
	for _, i := range s.interfaces {
		if i.link.addressed() && uint16(i.mac[4])<<8|uint16(i.mac[5]) == low {
			return true
		}
	}
	return false
}
