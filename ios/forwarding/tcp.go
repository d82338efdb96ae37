package forwarding

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// takeTCP decides about a segment to this router, where no TCP is: it is answered with
// a reset (RFC 793 §3.4), so that a client is told at once that the port is closed.
func (s *Stack) takeTCP(p packet.IPv4) verdict {
	seg := packet.TCP(p.Payload())
	switch {
	case !seg.Valid() || !seg.ChecksumOK(p.Src(), p.Dst()) || s.Table().Local(p.Dst()) == nil:
		return dropped(BadTCP)
	case seg.Flags()&packet.TCPRst != 0:
		return dropped(ResetIgnored)
	}
	return taken(TCPRefused)
}

func (s *Stack) sendReset(t *transit) {
	src, dst := t.packet.Src(), t.packet.Dst()
	seg := packet.TCP(t.packet.Payload())
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
}
