package forwarding

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// answers is what R1 has sent to its left neighbour since the wire was cleared.
func (n *row) answers() (list []packet.IPv4) {
	for _, f := range n.left.seen {
		e := packet.Ethernet(f)
		if e.Type() == packet.EtherTypeIPv4 && e.Src() == n.r1.Interfaces()[0].MAC() {
			p := packet.IPv4(e.Payload())
			list = append(list, p[:p.TotalLen()])
		}
	}
	return list
}

// known has R1 and R2 know one another.
func (n *row) known(t testing.TB) {
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.left.seen = nil
}

func TestNoErrorAbout(t *testing.T) {
	udp := func(f packet.IPv4Fields) packet.IPv4 {
		f.Protocol = packet.ProtoUDP
		if f.TTL == 0 {
			f.TTL = 9
		}
		src, dst := netip.AddrPortFrom(f.Src, 1), netip.AddrPortFrom(f.Dst, 9)
		return packet.BuildIPv4(f, packet.BuildUDP(src, dst, random(32)))
	}
	from, to := addr("12.12.12.2"), addr("12.12.12.1")
	icmp := func(typ uint8) packet.IPv4 {
		m := packet.BuildICMP(typ, 0, 0, sample(8, nil))
		return packet.BuildIPv4(packet.IPv4Fields{TTL: 1, Protocol: packet.ProtoICMP, Src: from, Dst: addr("99.1.1.1")}, m)
	}
	for _, c := range []struct {
		name   string
		p      packet.IPv4
		errors int
	}{
		{"a closed port", udp(packet.IPv4Fields{Src: from, Dst: to}), 1},
		{"a closed port on a broadcast", udp(packet.IPv4Fields{Src: from, Dst: addr("12.12.12.255")}), 0},
		{"a closed port on the old broadcast", udp(packet.IPv4Fields{Src: from, Dst: addr("12.12.12.0")}), 0},
		{"a closed port on all ones", udp(packet.IPv4Fields{Src: from, Dst: addr("255.255.255.255")}), 0},
		{"no route", udp(packet.IPv4Fields{Src: from, Dst: addr("99.1.1.1")}), 1},
		{"no route, a later fragment", udp(packet.IPv4Fields{Src: from, Dst: addr("99.1.1.1"), FragmentOffset: 8}), 0},
		{"multicast", udp(packet.IPv4Fields{Src: from, Dst: addr("224.0.0.5")}), 0},
		{"from nowhere", udp(packet.IPv4Fields{Src: addr("0.0.0.0"), Dst: to}), 0},
		{"from a broadcast", udp(packet.IPv4Fields{Src: addr("12.12.12.255"), Dst: to}), 0},
		{"from a multicast", udp(packet.IPv4Fields{Src: addr("224.1.1.1"), Dst: to}), 0},
		{"from 127.0.0.1", udp(packet.IPv4Fields{Src: addr("127.0.0.1"), Dst: to}), 0},
		{"to 127.0.0.1", udp(packet.IPv4Fields{Src: from, Dst: addr("127.0.0.1")}), 0},
		{"an echo without a route", icmp(packet.ICMPEcho), 1},
		{"an error without a route", icmp(packet.ICMPTimeExceeded), 0},
		{"an unknown protocol", packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: 99, Src: from, Dst: to}, random(9)), 1},
		{"ESP without IPsec", packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoESP, Src: from, Dst: to}, random(9)), 1},
	} {
		n := newRow(t)
		n.r1.RemoveStatic(StaticRoute{Prefix: prefix("0.0.0.0/0")})
		n.known(t)
		n.r1.arrive(c.p)
		n.Pass(time.Second)
		got := n.answers()
		if len(got) != c.errors {
			t.Errorf("%s: %d errors", c.name, len(got))
			continue
		}
		if c.errors == 1 {
			m := packet.ICMP(got[0].Payload())
			quote, ok := quotedPacket(m.Payload())
			if !got[0].Valid() || !m.Valid() || !ok || quote.Dst() != c.p.Dst() || len(m.Payload()) > 28 || got[0].Dst() != from {
				t.Errorf("%s: %x", c.name, got[0])
			}
		}
	}
}

func TestUnreachablesAreLimited(t *testing.T) {
	n := newRow(t)
	n.known(t)
	for range 100 {
		n.r2.SendUDP(netip.AddrPort{}, addrPort("12.12.12.1:9"), nil)
		n.Pass(20 * time.Millisecond)
	}
	if got := len(n.answers()); got != 4 {
		t.Errorf("%d unreachables in two seconds", got)
	}
	n.left.seen = nil
	n.r1.UnreachableInterval = 0
	for range 10 {
		n.r2.SendUDP(netip.AddrPort{}, addrPort("12.12.12.1:9"), nil)
		n.Pass(20 * time.Millisecond)
	}
	equal(t, "without a limit", len(n.answers()), 10)
}

func TestEchoIsGivenBackAsItCame(t *testing.T) {
	n := newRow(t)
	n.known(t)
	m := packet.BuildICMP(packet.ICMPEcho, 0, 0x12345678, random(1001))
	n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{
		TOS: 0x20, TTL: 3, Protocol: packet.ProtoICMP, Src: addr("12.12.12.2"), Dst: addr("10.1.1.1"),
	}, m))
	p := n.answers()[0]
	r := packet.ICMP(p.Payload())
	if p.Src() != addr("10.1.1.1") || p.TOS() != 0x20 || p.TTL() != 255 || r.Type() != packet.ICMPEchoReply ||
		r.ID() != 0x1234 || r.Seq() != 0x5678 || string(r.Payload()) != string(random(1001)) || !r.Valid() {
		t.Errorf("reply %x", p)
	}
}

func TestRedirect(t *testing.T) {
	n := newRow(t)
	n.known(t)
	n.r1.route(t, "77.0.0.0/8", "12.12.12.3")
	p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: 200, Src: addr("12.12.12.2"), Dst: addr("77.1.1.1")}, random(20))
	n.r1.arrive(p)
	got := n.answers()
	if len(got) != 1 {
		t.Fatalf("%d answers", len(got))
	}
	m := packet.ICMP(got[0].Payload())
	equal(t, "redirect", []any{m.Type(), m.Code(), m[4:8]}, []any{packet.ICMPRedirect, 1, []byte{12, 12, 12, 3}})
	n.left.seen = nil
	n.r1.Interfaces()[0].Redirects = false
	n.r1.arrive(p)
	equal(t, "turned off", len(n.answers()), 0)
}

func TestDirectedBroadcast(t *testing.T) {
	n := newRow(t)
	p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: 200, Src: addr("12.12.12.1"), Dst: addr("23.23.23.255")}, random(20))
	send := func() (sent int) {
		n.right.seen = nil
		n.r2.arrive(p)
		for _, f := range n.right.seen {
			if packet.Ethernet(f).Dst() == packet.Broadcast {
				sent++
			}
		}
		return sent
	}
	equal(t, "by default", send(), 0)
	n.r2.Interfaces()[1].DirectedBroadcast = true
	equal(t, "turned on", send(), 1)
}

func TestHostDoesNotForward(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	n.r2.Routing = false
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 2})
	equal(t, "through a host", marks, "..")
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	equal(t, "to a host", marks, "!!")
}
