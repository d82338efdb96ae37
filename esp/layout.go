package esp

import "github.com/ioslab/ioslab/ios/packet"

// trailer is the pad length and next header that end the encrypted part.
const trailer = 2

// layout is where things lie in a packet of a transform.
type layout struct {
	iv, block, icv int // bytes
}

func layoutOf(t Transform) layout {
	c, _ := t.cipherRow()
	return layout{c.iv, c.block, t.ICVLength()}
}

// sealed is the length of the encrypted part of an inner packet.
func (l layout) sealed(inner int) int {
	return (inner + trailer + l.block - 1) / l.block * l.block
}

// fixed is the length of all but the encrypted part.
func (l layout) fixed() int {
	return packet.MinIPv4Header + packet.ESPHeader + l.iv + l.icv
}

// MaxInner is the length of the largest inner packet whose tunnel packet fits
// the MTU, or zero where none does: what packets are fragmented to before
// they are encrypted.
func (t Transform) MaxInner(mtu int) int {
	l := layoutOf(t)
	room := mtu - l.fixed()
	if room < l.block {
		return 0
	}
	return room/l.block*l.block - trailer
}
