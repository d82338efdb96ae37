package wire

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/ios/packet"
)

// Ethernet types that the cutting of a frame looks for.
const (
	etherTypeVLAN  = 0x8100
	etherTypeQinQ  = 0x88a8
	ipv6Header     = 40
	udpHeader      = 8
	maxTCPOffset   = 15 * 4
	minTCPHeader   = 20
	tcpFlagsAt     = 13
	tcpFIN, tcpPSH = 0x01, 0x08
	tcpCWR         = 0x80
)

// segments are the pieces of one frame off the host: one, or as many as a packet
// that was left to be cut comes to. The zero value has none.
type segments struct {
	frame []byte // the whole; nil when all pieces are out
	h     vnet

	network, transport int // where the headers are; of a frame to be cut
	payload            int
	v6                 bool
	count              int // of the pieces that are out
	at                 int // how much of the payload is out
}

// begin takes a frame with what its header says of it. It changes the frame, which
// must stay until all pieces are out.
func (s *segments) begin(h vnet, frame []byte) error {
	*s = segments{h: h}
	if h.gso == gsoNone {
		if err := h.finish(frame); err != nil {
			return err
		}
		s.frame = frame
		return nil
	}
	if !s.headers(frame) {
		return errVnet
	}
	s.frame = frame
	return nil
}

// headers finds those of a frame that is to be cut. The header length that the
// host names is not trusted: it may be that of the whole first piece.
func (s *segments) headers(frame []byte) bool {
	at, etherType := packet.EthernetHeader, uint16(0)
	if len(frame) < at {
		return false
	}
	for etherType = binary.BigEndian.Uint16(frame[12:]); etherType == etherTypeVLAN || etherType == etherTypeQinQ; at += 4 {
		if len(frame) < at+4 {
			return false
		}
		etherType = binary.BigEndian.Uint16(frame[at+2:])
	}
	s.network, s.transport = at, s.h.checksumStart
	switch {
	case etherType == packet.EtherTypeIPv4 && s.h.gso != gsoTCPv6:
		if len(frame) < at+packet.MinIPv4Header || at+packet.IPv4(frame[at:]).HeaderLen() != s.transport || s.transport < at+packet.MinIPv4Header {
			return false
		}
	case etherType == packet.EtherTypeIPv6 && s.h.gso != gsoTCPv4:
		s.v6 = true
		if s.transport < at+ipv6Header {
			return false
		}
	default:
		return false
	}
	switch s.h.gso {
	case gsoTCPv4, gsoTCPv6:
		if len(frame) < s.transport+minTCPHeader {
			return false
		}
		length := int(frame[s.transport+12]>>4) * 4
		if length < minTCPHeader || length > maxTCPOffset {
			return false
		}
		s.payload = s.transport + length
	case gsoUDP:
		s.payload = s.transport + udpHeader
	default:
		return false
	}
	return s.h.size > 0 && len(frame) > s.payload
}

// next writes the next piece to b and returns its length; it is -1 where b is too
// small for it, and 0 when all are out.
func (s *segments) next(b []byte) int {
	if s.frame == nil {
		return 0
	}
	if s.h.gso == gsoNone {
		frame := s.frame
		s.frame = nil
		if len(frame) > len(b) {
			return -1
		}
		return copy(b, frame)
	}
	from := s.payload + s.at
	to := min(from+s.h.size, len(s.frame))
	first, last := s.at == 0, to == len(s.frame)
	length := s.payload + to - from
	fits := length <= len(b)
	if fits {
		copy(b, s.frame[:s.payload])
		copy(b[s.payload:], s.frame[from:to])
		s.mend(b[:length], first, last)
	}
	s.count++
	s.at += to - from
	if last {
		s.frame = nil
	}
	if !fits {
		return -1
	}
	return length
}

// mend makes the headers of a piece right: lengths, identification, sequence
// number, flags, checksums.
func (s *segments) mend(piece []byte, first, last bool) {
	ip, segment := piece[s.network:], piece[s.transport:]
	protocol, at := uint8(packet.ProtoTCP), 16
	if s.h.gso == gsoUDP {
		protocol, at = packet.ProtoUDP, 6
		binary.BigEndian.PutUint16(segment[4:], uint16(len(segment)))
	} else {
		binary.BigEndian.PutUint32(segment[4:], binary.BigEndian.Uint32(segment[4:])+uint32(s.at))
		if !first {
			segment[tcpFlagsAt] &^= tcpCWR
		}
		if !last {
			segment[tcpFlagsAt] &^= tcpFIN | tcpPSH
		}
	}
	// The pseudo header's part is summed over the addresses as they stand.
	var addresses []byte
	if s.v6 {
		binary.BigEndian.PutUint16(ip[4:], uint16(len(ip)-ipv6Header))
		addresses = ip[8:ipv6Header]
	} else {
		binary.BigEndian.PutUint16(ip[2:], uint16(len(ip)))
		binary.BigEndian.PutUint16(ip[4:], binary.BigEndian.Uint16(ip[4:])+uint16(s.count))
		packet.IPv4(ip).UpdateChecksum()
		addresses = ip[12:packet.MinIPv4Header]
	}
	field := segment[at:]
	field[0], field[1] = 0, 0
	sum := uint32(^packet.Checksum(addresses)) + uint32(protocol) + uint32(len(segment)) + uint32(^packet.Checksum(segment))
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	putChecksum(field, ^uint16(sum))
}
