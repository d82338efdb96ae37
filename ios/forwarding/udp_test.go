package forwarding

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestUDP(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	var got []string
	n.r3.Listen(500, func(d Datagram) {
		got = append(got, fmt.Sprintf("%v <- %v %q %v", d.Local, d.Remote, d.Payload, d.In))
		n.r3.SendUDP(d.Local, d.Remote, []byte("back"))
	})
	n.r1.Listen(500, func(d Datagram) { got = append(got, fmt.Sprintf("%v <- %v %q", d.Local, d.Remote, d.Payload)) })
	to := addrPort("23.23.23.3:500")
	n.r1.SendUDP(netip.AddrPortFrom(netip.Addr{}, 500), to, []byte("there"))
	n.Pass(time.Second)
	equal(t, "datagrams", got, []string{
		`23.23.23.3:500 <- 12.12.12.1:500 "there" FastEthernet0/0`, `12.12.12.1:500 <- 23.23.23.3:500 "back"`})

	got = nil
	n.r1.SendUDP(addrPort("10.1.1.1:7"), to, random(4000))
	n.Pass(time.Second)
	equal(t, "a large one arrives", len(got), 1)

	got, n.left.seen = nil, nil
	n.r3.Listen(500, nil)
	n.r1.SendUDP(netip.AddrPortFrom(netip.Addr{}, 500), to, []byte("there"))
	n.Pass(time.Second)
	equal(t, "to a closed port", len(got), 0)
	back := packet.IPv4(packet.Ethernet(n.left.seen[1]).Payload())
	m := packet.ICMP(back.Payload())
	equal(t, "answer", []any{m.Type(), m.Code()}, []any{packet.ICMPUnreachable, packet.UnreachPort})
}

func TestUDPToItself(t *testing.T) {
	n := newRow(t)
	got := 0
	n.r1.Listen(9, func(d Datagram) { got++ })
	n.r1.SendUDP(netip.AddrPort{}, addrPort("10.1.1.1:9"), nil)
	if got != 0 {
		t.Error("received before the sender has finished")
	}
	n.Pass(time.Second)
	equal(t, "received", got, 1)
}

func TestBadUDP(t *testing.T) {
	n := newRow(t)
	got := 0
	n.r1.Listen(9, func(Datagram) { got++ })
	src, dst := addrPort("12.12.12.2:1"), addrPort("12.12.12.1:9")
	send := func(change func(u packet.UDP) packet.UDP) {
		u := change(packet.BuildUDP(src, dst, random(20)))
		n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()}, u))
	}
	send(func(u packet.UDP) packet.UDP { return u })
	send(func(u packet.UDP) packet.UDP { u[6], u[7] = 0, 0; return u }) // no checksum is allowed
	equal(t, "good ones", got, 2)
	send(func(u packet.UDP) packet.UDP { u[9]++; return u })
	send(func(u packet.UDP) packet.UDP { u[5] = 200; return u })
	send(func(u packet.UDP) packet.UDP { return u[:4] })
	equal(t, "after bad ones", got, 2)
}

func TestTCPIsRefused(t *testing.T) {
	n := newRow(t)
	n.known(t)
	src, dst := addr("12.12.12.2"), addr("12.12.12.1")
	for _, c := range []struct {
		name  string
		f     packet.TCPFields
		data  []byte
		reset *packet.TCPFields
	}{
		{"SYN", packet.TCPFields{Seq: 100, Flags: packet.TCPSyn}, nil, &packet.TCPFields{Ack: 101, Flags: packet.TCPRst | packet.TCPAck}},
		{"ACK", packet.TCPFields{Seq: 100, Ack: 77, Flags: packet.TCPAck}, []byte("x"), &packet.TCPFields{Seq: 77, Flags: packet.TCPRst}},
		{"RST", packet.TCPFields{Flags: packet.TCPRst}, nil, nil},
	} {
		n.left.seen = nil
		c.f.SrcPort, c.f.DstPort = 1024, 23
		n.r1.arrive(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoTCP, Src: src, Dst: dst},
			packet.BuildTCP(src, dst, c.f, c.data)))
		got := n.answers()
		if c.reset == nil {
			equal(t, c.name, len(got), 0)
			continue
		}
		s := packet.TCP(got[0].Payload())
		equal(t, c.name, []any{s.Valid(), s.ChecksumOK(dst, src), s.SrcPort(), s.DstPort(), s.Seq(), s.Ack(), s.Flags()},
			[]any{true, true, 23, 1024, c.reset.Seq, c.reset.Ack, c.reset.Flags})
	}
}
