package debugtext

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// packet124 is `debug ip packet`.
var packet124 = []Change{
	Row(Seen, func(w *Words, e forwarding.LookedUp) []string {
		table := "RIB"
		if e.CEF {
			table = "FIB"
		}
		return bare("IP: tableid=0, s=%s, d=%s, routed via %s", packetSource(e.Handled), packetDestination(e.Handled), table)
	}),
	Row(Seen, func(w *Words, e forwarding.PassedOn) []string {
		return packetRecords(e.Handled, fmt.Sprintf("d=%s, g=%s", packetDestination(e.Handled), e.NextHop), "forward")
	}),
	Row(Seen, func(w *Words, e forwarding.SentOut) []string {
		if e.ToAll {
			return handled(e.Handled, "sending broad/multicast")
		}
		return handled(e.Handled, "sending")
	}),
	Row(Memory, func(w *Words, e forwarding.PieceSent) []string { return handled(e.Handled, "sending fragment") }),
	Row(Seen, func(w *Words, e forwarding.TakenIn) []string {
		return handled(e.Handled, fmt.Sprintf("rcvd %d", e.As))
	}),
	Row(Memory, func(w *Words, e forwarding.PieceTaken) []string { return handled(e.Handled, "rcvd fragment") }),
	Row(Seen, func(w *Words, e forwarding.Unroutable) []string { return handled(e.Handled, "unroutable") }),
	Row(Transposed, func(w *Words, e forwarding.AccessDenied) []string { return handled(e.Handled, "access denied") }),
	Row(Transposed, func(w *Words, e forwarding.NotEncapsulated) []string {
		return handled(e.Handled, "encapsulation failed")
	}),
	Row(Memory, func(w *Words, e forwarding.HopsOver) []string { return handled(e.Handled, "dispose ip.hopcount") }),
	Row(Memory, func(w *Words, e forwarding.NotFragmented) []string {
		return handled(e.Handled, "dispose ip.cantfrag")
	}),
}

// packetSource is where a packet comes from. Without an interface there is nothing behind
// the address.
func packetSource(h forwarding.Handled) string {
	if h.Made {
		return h.Packet.Src().String() + " (local)"
	}
	return withInterface(h.Packet.Src().String(), h.In)
}

// packetDestination is where it goes.
func packetDestination(h forwarding.Handled) string {
	return withInterface(h.Packet.Dst().String(), h.Out)
}

func withInterface(address, name string) string {
	if name == "" {
		return address
	}
	return address + " (" + name + ")"
}

// handled are the records about a packet of which no next hop is told.
func handled(h forwarding.Handled, what string) []string {
	return packetRecords(h, "d="+packetDestination(h), what)
}

// packetRecords are the records about a packet: what becomes of it and, in detail, what
// it carries.
func packetRecords(h forwarding.Handled, to, what string) []string {
	line := fmt.Sprintf("IP: s=%s, %s, len %d, %s", packetSource(h), to, len(h.Packet), what)
	if !h.Detail {
		return []string{line}
	}
	var more []string
	if h.Packet.IsFragment() {
		more = append(more, fmt.Sprintf("    IP Fragment, Ident = %d, fragment offset = %d", h.Packet.ID(), h.Packet.FragmentOffset()))
	}
	if h.Packet.FragmentOffset() == 0 {
		carried := packetCarries(h.Packet)
		if carried == "" {
			line += fmt.Sprintf(", proto=%d", h.Packet.Protocol())
		} else {
			more = append(more, "    "+carried)
		}
	}
	return append([]string{line}, more...)
}

// packetCarries tells of a packet's ICMP, UDP or TCP header; "" for what has none.
func packetCarries(p packet.IPv4) string {
	switch body := p.Payload(); p.Protocol() {
	case packet.ProtoICMP:
		if m := packet.ICMP(body); len(m) >= packet.ICMPHeader {
			return fmt.Sprintf("ICMP type=%d, code=%d", m.Type(), m.Code())
		}
	case packet.ProtoUDP:
		if u := packet.UDP(body); len(u) >= packet.UDPHeader {
			return fmt.Sprintf("UDP src=%d, dst=%d", u.SrcPort(), u.DstPort())
		}
	case packet.ProtoTCP:
		if t := packet.TCP(body); len(t) >= packet.MinTCPHeader {
			return fmt.Sprintf("TCP src=%d, dst=%d, seq=%d, ack=%d, win=%d%s",
				t.SrcPort(), t.DstPort(), t.Seq(), t.Ack(), t.Window(), tcpFlags(t.Flags()))
		}
	}
	return ""
}

// tcpFlags names the flags that are set, each with a blank in front.
func tcpFlags(flags uint8) string {
	var b strings.Builder
	for _, f := range []struct {
		bit  uint8
		name string
	}{
		{packet.TCPAck, "ACK"}, {packet.TCPUrg, "URG"}, {packet.TCPPsh, "PSH"},
		{packet.TCPRst, "RST"}, {packet.TCPSyn, "SYN"}, {packet.TCPFin, "FIN"},
	} {
		if flags&f.bit != 0 {
			b.WriteString(" " + f.name)
		}
	}
	return b.String()
}
