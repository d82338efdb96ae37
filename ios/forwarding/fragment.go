package forwarding

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// optionCopied is the bit of an option's type that has it in every fragment.
const optionCopied = 0x80

// fragments divides a packet into fragments of at most mtu bytes (RFC 791 §3.2).
func fragments(p packet.IPv4, mtu int) []packet.IPv4 {
	var pieces []packet.IPv4
	f := packet.IPv4Fields{
		TOS: p.TOS(), ID: p.ID(), DF: p.DF(), TTL: p.TTL(), Protocol: p.Protocol(),
		Src: p.Src(), Dst: p.Dst(), Options: p.Options(),
	}
	payload, offset := p.Payload(), p.FragmentOffset()
	for {
		room := max((mtu-packet.MinIPv4Header-(len(f.Options)+3)/4*4)&^7, 8)
		last := len(payload) <= room
		n := min(room, len(payload))
		f.FragmentOffset, f.MF = offset, !last || p.MF()
		pieces = append(pieces, packet.BuildIPv4(f, payload[:n]))
		if last {
			return pieces
		}
		if offset == p.FragmentOffset() {
			f.Options = copiedOptions(f.Options)
		}
		payload, offset = payload[n:], offset+n
	}
}

// copiedOptions picks the options that go into every fragment.
func copiedOptions(options []byte) (copied []byte) {
	for len(options) > 0 && options[0] != 0 {
		n := 1
		if options[0] != 1 { // all but "no operation" have a length
			if len(options) < 2 || options[1] < 2 || int(options[1]) > len(options) {
				return copied
			}
			n = int(options[1])
		}
		if options[0]&optionCopied != 0 {
			copied = append(copied, options[:n]...)
		}
		options = options[n:]
	}
	return copied
}

// wholeHeader makes the header of a reassembled packet of that of its first fragment.
func wholeHeader(first packet.IPv4, payload []byte) packet.IPv4 {
	h := first.HeaderLen()
	p := make(packet.IPv4, h+len(payload))
	copy(p, first[:h])
	copy(p[h:], payload)
	binary.BigEndian.PutUint16(p[2:], uint16(len(p)))
	p[6], p[7] = 0, 0
	p.UpdateChecksum()
	return p
}
