package esp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// Encap are the ports of ESP in UDP (RFC 3948), which passes address translators.
// The zero value is ESP as a protocol of its own.
type Encap struct{ Local, Remote uint16 }

// On reports whether the SA's packets travel in UDP.
func (e Encap) On() bool { return e != Encap{} }

// header writes the UDP header of a datagram to that port, of that length. Its checksum is left
// out (RFC 3948 §2.1): what is inside is authenticated.
func (e Encap) header(b []byte, to uint16, length int) {
	binary.BigEndian.PutUint16(b, e.Local)
	binary.BigEndian.PutUint16(b[2:], to)
	binary.BigEndian.PutUint16(b[4:], uint16(length))
	b[6], b[7] = 0, 0
}

// find returns the ESP of a tunnel packet. The source port of a datagram is what
// the last translator made it, and may be another one by now.
func (e Encap) find(outer packet.IPv4) (packet.ESP, bool) {
	body := outer.Payload()
	if outer.IsFragment() {
		return nil, false
	}
	if e.On() {
		u := packet.UDP(body)
		if outer.Protocol() != packet.ProtoUDP || !u.Valid() || u.DstPort() != e.Local {
			return nil, false
		}
		body = u.Payload()
	} else if outer.Protocol() != packet.ProtoESP {
		return nil, false
	}
	return packet.ESP(body), packet.ESP(body).Valid()
}
