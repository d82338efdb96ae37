package esp

import "github.com/ioslab/ioslab/ios/packet"

// trailer is the pad length and next header that end the encrypted part.
const trailer = 2

// layout is where things lie in a tunnel packet.
type layout struct {
	udp, iv, block, icv int // bytes; udp is zero where the SA is not encapsulated
}

func layoutOf(t Transform, e Encap) layout {
	c, _ := t.cipherRow()
	l := layout{iv: c.iv, block: c.block, icv: t.ICVLength()}
	if e.On() {
		l.udp = packet.UDPHeader
	}
	return l
}

// sealed is the length of the encrypted part of an inner packet.
func (l layout) sealed(inner int) int {
	return (inner + trailer + l.block - 1) / l.block * l.block
}

// before is the length of all that precedes the encrypted part.
func (l layout) before() int {
	return packet.MinIPv4Header + l.udp + packet.ESPHeader + l.iv
}

// total is the length of the tunnel packet of an inner packet.
func (l layout) total(inner int) int { return l.before() + l.sealed(inner) + l.icv }

// maxInner is the length of the largest inner packet whose tunnel packet fits
// the MTU, or zero where none does.
func (l layout) maxInner(mtu int) int {
	room := mtu - l.before() - l.icv
	if room < l.block {
		return 0
	}
	return room/l.block*l.block - trailer
}
