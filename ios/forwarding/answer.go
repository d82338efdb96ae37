package forwarding

import "github.com/ioslab/ioslab/ios/packet"

// answer is what would be sent because of what a stage has decided about a packet: to a
// question, which sends nothing. It is nil where nothing would be sent, and knows of no
// limit on how often.
func (s *Stack) answer(at Stage, t *transit, v verdict) packet.IPv4 {
	switch v.reason {
	case EchoAnswered:
		p, _ := s.echoReply(t)
		return p
	case TCPRefused:
		return s.reset(t.packet)
	case Delivered:
		return s.acceptance(t.packet)
	case PortClosed:
		return s.unreachableAbout(t, packet.UnreachPort, 0)
	case NoProtocol:
		return s.unreachableAbout(t, packet.UnreachProtocol, 0)
	case TooBigForTunnel:
		return s.unreachableAbout(t, packet.UnreachNeedFrag, t.clearMTU())
	}
	if t.made() || t.sealed {
		return nil // the router tells itself of no error
	}
	switch v.reason {
	case Denied:
		if at != StageAccessIn && at != StageAccessOut {
			return nil // no sender is told of a crypto map's own list
		}
		return s.unreachableAbout(t, packet.UnreachAdminProhb, 0)
	case NoTranslation:
		if at == StageNATIn {
			return nil
		}
		return s.unreachableAbout(t, packet.UnreachHost, 0)
	case NoRoute, RoutedToNull, PolicyToNull:
		return s.unreachableAbout(t, packet.UnreachHost, 0)
	case TooBig:
		return s.unreachableAbout(t, packet.UnreachNeedFrag, t.out.IPMTU())
	case TTLExceeded:
		p, _ := s.errorAbout(t, packet.ICMPTimeExceeded, 0, 0)
		return p
	}
	return nil
}

func (s *Stack) unreachableAbout(t *transit, code uint8, mtu int) packet.IPv4 {
	if t.in != nil && !t.in.Unreachables {
		return nil
	}
	p, _ := s.errorAbout(t, packet.ICMPUnreachable, code, uint32(mtu))
	return p
}

// acceptance is the answer to what begins a TCP connection with a process of this
// router, nil for every other packet: what a process would say is not known.
func (s *Stack) acceptance(p packet.IPv4) packet.IPv4 {
	if p.Protocol() != packet.ProtoTCP {
		return nil
	}
	seg := packet.TCP(p.Payload())
	if !seg.Valid() || seg.Flags()&(packet.TCPSyn|packet.TCPAck) != packet.TCPSyn {
		return nil
	}
	return s.segment(p, packet.TCPFields{Ack: seg.Seq() + 1, Flags: packet.TCPSyn | packet.TCPAck, Window: 4128})
}
