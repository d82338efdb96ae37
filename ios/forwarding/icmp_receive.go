package forwarding

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// takeICMP decides about an ICMP message to this router.
func (s *Stack) takeICMP(p packet.IPv4) verdict {
	m := packet.ICMP(p.Payload())
	if !m.Valid() {
		return dropped(BadICMP)
	}
	switch m.Type() {
	case packet.ICMPEcho:
		return taken(EchoAnswered)
	case packet.ICMPEchoReply:
		if s.pings[keyOfEcho(m)] != nil {
			return taken(EchoReplyTaken)
		}
		return dropped(EchoReplyUnexpected)
	case packet.ICMPUnreachable, packet.ICMPSourceQuench, packet.ICMPTimeExceeded, packet.ICMPParameter:
		return taken(ICMPErrorTaken)
	}
	return dropped(ICMPIgnored)
}

func (s *Stack) answerEcho(t *transit) {
	if p, ok := s.echoReply(t); ok {
		s.sendMade(p)
	}
}

// echoReply makes the answer to an echo; false where this router has no address for it.
func (s *Stack) echoReply(t *transit) (reply packet.IPv4, ok bool) {
	m := packet.ICMP(t.packet.Payload())
	from := t.packet.Dst()
	if !s.owns(from) { // a broadcast
		if from, ok = t.in.sourceOn(t.packet.Src()); !ok {
			return nil, false
		}
	}
	rest := uint32(m.ID())<<16 | uint32(m.Seq())
	return s.icmp(from, t.packet.Src(), t.packet.TOS(), packet.BuildICMP(packet.ICMPEchoReply, 0, rest, m.Payload())), true
}

// receiveError finds the probe that an ICMP error is about, or the receiver of such
// errors, by the packet that it quotes, of which only the header and eight bytes need
// be there.
func (s *Stack) receiveError(p packet.IPv4) {
	m := packet.ICMP(p.Payload())
	quote, ok := quotedPacket(m.Payload())
	if !ok || s.Table().Local(quote.Src()) == nil {
		return
	}
	body := quote[quote.HeaderLen():]
	switch quote.Protocol() {
	case packet.ProtoICMP:
		echo := packet.ICMP(body)
		if ping := s.pings[keyOfEcho(echo)]; ping != nil && echo.Type() == packet.ICMPEcho && quote.Dst() == ping.params.Dst {
			ping.failed(p.Src(), m)
		}
	case packet.ProtoUDP:
		for _, trace := range s.traces {
			if quote.Dst() == trace.params.Dst && trace.answered(p.Src(), packet.UDP(body), m) {
				return
			}
		}
	default:
		if handler := s.errors[quote.Protocol()]; handler != nil {
			handler(quote, m)
		}
	}
}

// quotedPacket reads the beginning of a packet: its header and the eight bytes
// after it. Its total length is that of the whole packet and says nothing here.
func quotedPacket(b []byte) (packet.IPv4, bool) {
	p := packet.IPv4(b)
	if len(p) < packet.MinIPv4Header || p[0]>>4 != 4 || p.HeaderLen() < packet.MinIPv4Header ||
		len(p) < p.HeaderLen()+quoted || p.FragmentOffset() != 0 {
		return nil, false
	}
	return p, true
}
