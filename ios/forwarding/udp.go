package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// A Datagram is what came in over UDP for this router.
type Datagram struct {
	Local, Remote netip.AddrPort
	Payload       []byte
	In            *Interface // nil: from this router itself
}

// Listen has a UDP port of the router open: receive is called with what comes in.
// A nil receive closes the port.
func (s *Stack) Listen(port uint16, receive func(Datagram)) {
	if receive == nil {
		delete(s.udp, port)
		return
	}
	s.udp[port] = receive
}

// SendUDP sends a datagram. Where local has no address, or one that came in as
// the destination of a broadcast, that of the interface towards remote is taken
// (RFC 1122 §3.2.1.3).
func (s *Stack) SendUDP(local, remote netip.AddrPort, payload []byte) {
	s.sendUDP(local, remote, s.TTL, 0, payload)
}

func (s *Stack) sendUDP(local, remote netip.AddrPort, ttl, tos uint8, payload []byte) {
	if a := local.Addr(); !a.IsValid() || a.IsUnspecified() || s.isBroadcast(a) {
		a, ok := s.SourceFor(remote.Addr())
		if !ok {
			return
		}
		local = netip.AddrPortFrom(a, local.Port())
	}
	s.send(packet.BuildIPv4(packet.IPv4Fields{
		TOS: tos, ID: s.nextID(), TTL: ttl, Protocol: packet.ProtoUDP, Src: local.Addr(), Dst: remote.Addr(),
	}, packet.BuildUDP(local, remote, payload)))
}

// takeUDP decides about a datagram to this router.
func (s *Stack) takeUDP(p packet.IPv4) verdict {
	u := packet.UDP(p.Payload())
	switch {
	case !u.Valid() || !u.ChecksumOK(p.Src(), p.Dst()):
		return dropped(BadUDP)
	case s.udp[u.DstPort()] == nil:
		return dropped(PortClosed)
	}
	return taken(Delivered)
}
