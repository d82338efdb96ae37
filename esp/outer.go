package esp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// outerTTL is the TTL of tunnel packets.
const outerTTL = 255

const dfBit = 0x4000

// outerHeader writes the tunnel packet's headers, with that of ESP, into its first bytes.
func (o *Outbound) outerHeader(out packet.IPv4, inner packet.IPv4, seq uint32) {
	out[0] = 4<<4 | packet.MinIPv4Header/4
	out[1] = inner.TOS()
	binary.BigEndian.PutUint16(out[2:], uint16(len(out)))
	binary.BigEndian.PutUint16(out[4:], uint16(seq)) // any that is not soon used again will do
	var frag uint16
	if inner.DF() {
		frag = dfBit
	}
	binary.BigEndian.PutUint16(out[6:], frag)
	out[8], out[9] = outerTTL, packet.ProtoESP
	copy(out[12:], o.src[:])
	to := o.destination.packed.Load()
	binary.BigEndian.PutUint32(out[16:], uint32(to>>16))
	if o.p.Encap.On() {
		out[9] = packet.ProtoUDP
		o.p.Encap.header(out[packet.MinIPv4Header:], uint16(to), len(out)-packet.MinIPv4Header)
	}
	e := out[packet.MinIPv4Header+o.layout.udp:]
	binary.BigEndian.PutUint32(e, o.p.SPI)
	binary.BigEndian.PutUint32(e[4:], seq)
	out.UpdateChecksum()
}
