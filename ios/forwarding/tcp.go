package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// HandleTCP sets the TCP of this router: takes reports, changing nothing, whether it has
// the connection or open port that a segment is for; receive takes the segment. All
// others are answered with a reset.
func (s *Stack) HandleTCP(takes func(src, dst netip.Addr, segment packet.TCP) bool, receive func(src, dst netip.Addr, segment packet.TCP)) {
	s.takesTCP = takes
	s.Handle(packet.ProtoTCP, func(_ *Interface, p packet.IPv4) {
		receive(p.Src(), p.Dst(), packet.TCP(p.Payload()))
	})
}

// takeTCP decides about a segment to this router. Where it is for no port that is open
// it is answered with a reset (RFC 9293 §3.10.7.1), so that a client is told at once.
func (s *Stack) takeTCP(p packet.IPv4) verdict {
	seg := packet.TCP(p.Payload())
	switch {
	case !seg.Valid() || !seg.ChecksumOK(p.Src(), p.Dst()) || !s.owns(p.Dst()):
		return dropped(BadTCP)
	case s.takesTCP != nil && s.takesTCP(p.Src(), p.Dst(), seg):
		return taken(Delivered)
	case seg.Flags()&packet.TCPRst != 0:
		return dropped(ResetIgnored)
	}
	return taken(TCPRefused)
}

func (s *Stack) sendReset(t *transit) { s.sendMade(s.reset(t.packet)) }

// reset makes the reset that answers a segment to a closed port.
func (s *Stack) reset(p packet.IPv4) packet.IPv4 {
	seg := packet.TCP(p.Payload())
	f := packet.TCPFields{Flags: packet.TCPRst}
	if seg.Flags()&packet.TCPAck != 0 {
		f.Seq = seg.Ack()
	} else {
		f.Flags |= packet.TCPAck
		f.Ack = seg.Seq() + seg.Span()
	}
	return s.segment(p, f)
}

// segment makes a segment without data that goes back to where p has come from.
func (s *Stack) segment(p packet.IPv4, f packet.TCPFields) packet.IPv4 {
	seg := packet.TCP(p.Payload())
	f.SrcPort, f.DstPort = seg.DstPort(), seg.SrcPort()
	return packet.BuildIPv4(packet.IPv4Fields{
		TTL: s.TTL, Protocol: packet.ProtoTCP, Src: p.Dst(), Dst: p.Src(),
	}, packet.BuildTCP(p.Dst(), p.Src(), f, nil))
}

// SendTCP sends a segment, with df in a packet that is not to be fragmented on its way.
func (s *Stack) SendTCP(src, dst netip.Addr, segment packet.TCP, df bool) {
	s.sendMade(packet.BuildIPv4(packet.IPv4Fields{
		DF: df, TTL: s.TTL, Protocol: packet.ProtoTCP, Src: src, Dst: dst,
	}, segment))
}
