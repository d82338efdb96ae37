package forwarding

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// refuseTCP answers a segment that nobody waits for with a reset (RFC 793, 3.4),
// so that a client is told at once that the port is closed.
func (s *Stack) refuseTCP(t *transit) (Outcome, string) {
	src, dst := t.packet.Src(), t.packet.Dst()
	seg := packet.TCP(t.packet.Payload())
	if !seg.Valid() || !seg.ChecksumOK(src, dst) || s.Table().Local(dst) == nil {
		return Dropped, "bad TCP header or checksum"
	}
	if seg.Flags()&packet.TCPRst != 0 {
		return Dropped, "reset of nothing"
	}
	f := packet.TCPFields{SrcPort: seg.DstPort(), DstPort: seg.SrcPort(), Flags: packet.TCPRst}
	if seg.Flags()&packet.TCPAck != 0 {
		f.Seq = seg.Ack()
	} else {
		f.Flags |= packet.TCPAck
		f.Ack = seg.Seq() + seg.Span()
	}
	s.send(packet.BuildIPv4(packet.IPv4Fields{
		ID: s.nextID(), TTL: s.TTL, Protocol: packet.ProtoTCP, Src: dst, Dst: src,
	}, packet.BuildTCP(dst, src, f, nil)))
	return Taken, "port closed"
}
