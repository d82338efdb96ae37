package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// deliver decides who takes a packet to this router.
func (s *Stack) deliver(t *transit) verdict {
	if !s.forSelf(t) && !s.aliased(t.packet.Dst()) {
		return passed(NotForThisRouter)
	}
	p := t.packet
	switch {
	case p.Protocol() == packet.ProtoICMP:
		return s.takeICMP(p)
	case p.Protocol() == packet.ProtoUDP:
		return s.takeUDP(p)
	case p.Protocol() == packet.ProtoTCP:
		return s.takeTCP(p)
	case s.protocols[p.Protocol()] != nil:
		return taken(Delivered)
	}
	return dropped(NoProtocol)
}

// handOver hands a packet to this router to its receiver, or answers that there is
// none.
func (s *Stack) handOver(t *transit, v verdict) {
	if v.outcome == Passed {
		return
	}
	s.env.Spend(costDeliver)
	switch v.reason {
	case EchoAnswered:
		s.answerEcho(t)
	case EchoReplyTaken:
		m := packet.ICMP(t.packet.Payload())
		s.pings[keyOfEcho(m)].reply(t.packet, m)
	case ICMPErrorTaken:
		s.receiveError(t.packet)
	case Delivered:
		s.handToProcess(t)
	case PortClosed:
		s.limitedUnreachable(t, packet.UnreachPort, 0)
	case TCPRefused:
		s.sendReset(t)
	case NoProtocol:
		s.limitedUnreachable(t, packet.UnreachProtocol, 0)
	}
}

func (s *Stack) handToProcess(t *transit) {
	p := t.packet
	if p.Protocol() != packet.ProtoUDP {
		s.protocols[p.Protocol()](t.in, p)
		return
	}
	u := packet.UDP(p.Payload())
	s.udp[u.DstPort()](Datagram{
		Local: netip.AddrPortFrom(p.Dst(), u.DstPort()), Remote: netip.AddrPortFrom(p.Src(), u.SrcPort()),
		Payload: u.Payload(), In: t.in,
	})
}

// Handle sets the receiver of the packets of an IP protocol that are for this
// router; nil is none. ICMP, UDP and TCP have their own ways. The interface is nil
// where the packet came from this router itself.
func (s *Stack) Handle(protocol uint8, handler func(in *Interface, p packet.IPv4)) {
	if handler == nil {
		delete(s.protocols, protocol)
		return
	}
	s.protocols[protocol] = handler
}

// HandleErrors sets the receiver of the ICMP errors about packets of an IP protocol that
// this router has sent; nil is none. Of the packet, quote has the header and at least
// eight bytes more.
func (s *Stack) HandleErrors(protocol uint8, handler func(quote packet.IPv4, m packet.ICMP)) {
	if handler == nil {
		delete(s.errors, protocol)
		return
	}
	s.errors[protocol] = handler
}
