package debugtext

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// datagram is a packet of so many bytes.
func datagram(protocol uint8, src, dst string, length int, payload []byte) packet.IPv4 {
	payload = append(payload, make([]byte, length-packet.MinIPv4Header-len(payload))...)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 255, Protocol: protocol, ID: 21, Src: netip.MustParseAddr(src), Dst: netip.MustParseAddr(dst)}, payload)
}

func TestPacketLines(t *testing.T) {
	echo := datagram(packet.ProtoICMP, "192.168.12.1", "192.168.23.3", 100, packet.BuildICMP(packet.ICMPEcho, 0, 0, nil))
	in := forwarding.Handled{Packet: echo, In: "FastEthernet0/0"}
	across := forwarding.Handled{Packet: echo, In: "FastEthernet0/0", Out: "FastEthernet1/0", NextHop: netip.MustParseAddr("192.168.23.2")}
	own := forwarding.Handled{Packet: echo, Made: true, Out: "FastEthernet0/0"}
	nowhere := forwarding.Handled{Packet: echo, Made: true}
	everyone := func(dst string) forwarding.Handled {
		return forwarding.Handled{Packet: datagram(88, "10.1.1.1", dst, 60, nil), In: "FastEthernet0/0"}
	}
	tests := []struct {
		event forwarding.Event
		want  string
	}{
		{forwarding.LookedUp{Handled: own, CEF: true}, "IP: tableid=0, s=192.168.12.1 (local), d=192.168.23.3 (FastEthernet0/0), routed via FIB"},
		{forwarding.LookedUp{Handled: across, CEF: true}, "IP: tableid=0, s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3 (FastEthernet1/0), routed via FIB"},
		{forwarding.LookedUp{Handled: across}, "IP: tableid=0, s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3 (FastEthernet1/0), routed via RIB"},
		{forwarding.PassedOn{Handled: across}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3 (FastEthernet1/0), g=192.168.23.2, len 100, forward"},
		{forwarding.SentOut{Handled: own}, "IP: s=192.168.12.1 (local), d=192.168.23.3 (FastEthernet0/0), len 100, sending"},
		{forwarding.SentOut{Handled: own, ToAll: true}, "IP: s=192.168.12.1 (local), d=192.168.23.3 (FastEthernet0/0), len 100, sending broad/multicast"},
		{forwarding.TakenIn{Handled: across, As: forwarding.ToThisAddress}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3 (FastEthernet1/0), len 100, rcvd 3"},
		{forwarding.TakenIn{Handled: in, As: forwarding.ToOtherAddress}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3, len 100, rcvd 4"},
		{forwarding.TakenIn{Handled: in, As: forwarding.WithoutRouting}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3, len 100, rcvd 1"},
		{forwarding.TakenIn{Handled: everyone("255.255.255.255"), As: forwarding.ToEveryone}, "IP: s=10.1.1.1 (FastEthernet0/0), d=255.255.255.255, len 60, rcvd 2"},
		{forwarding.TakenIn{Handled: everyone("224.0.0.10"), As: forwarding.ForeignGroup}, "IP: s=10.1.1.1 (FastEthernet0/0), d=224.0.0.10, len 60, rcvd 0"},
		{forwarding.Unroutable{Handled: nowhere}, "IP: s=192.168.12.1 (local), d=192.168.23.3, len 100, unroutable"},
		{forwarding.Unroutable{Handled: in}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3, len 100, unroutable"},
		{forwarding.AccessDenied{Handled: across}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3 (FastEthernet1/0), len 100, access denied"},
		{forwarding.NotEncapsulated{Handled: own}, "IP: s=192.168.12.1 (local), d=192.168.23.3 (FastEthernet0/0), len 100, encapsulation failed"},
		{forwarding.HopsOver{Handled: in}, "IP: s=192.168.12.1 (FastEthernet0/0), d=192.168.23.3, len 100, dispose ip.hopcount"},
	}
	for _, tt := range tests {
		if got := strings.Join(records(V124, tt.event), "|"); got != tt.want {
			t.Errorf("%T:\n got %q\nwant %q", tt.event, got, tt.want)
		}
	}
}

// What a packet carries is a record of its own, or at the end of the line.
func TestPacketDetail(t *testing.T) {
	from, to := netip.MustParseAddr("10.1.1.1"), netip.MustParseAddr("10.1.1.2")
	segment := func(f packet.TCPFields) packet.IPv4 {
		f.SrcPort, f.DstPort = 24849, 179
		return datagram(packet.ProtoTCP, "10.1.1.1", "10.1.1.2", 44, packet.BuildTCP(from, to, f, nil))
	}
	first := packet.BuildIPv4(packet.IPv4Fields{Protocol: packet.ProtoUDP, ID: 7, MF: true, Src: from, Dst: to},
		packet.BuildUDP(netip.AddrPortFrom(from, 520), netip.AddrPortFrom(to, 521), make([]byte, 16)))
	later := packet.BuildIPv4(packet.IPv4Fields{Protocol: packet.ProtoUDP, ID: 7, FragmentOffset: 24, Src: from, Dst: to}, make([]byte, 4))
	for _, tt := range []struct {
		name string
		p    packet.IPv4
		want string
	}{
		{"icmp", datagram(packet.ProtoICMP, "10.1.1.1", "10.1.1.2", 100, packet.BuildICMP(packet.ICMPEcho, 0, 0, nil)), "len 100, rcvd 3|    ICMP type=8, code=0"},
		{"udp", datagram(packet.ProtoUDP, "10.1.1.1", "10.1.1.2", 28, packet.BuildUDP(netip.AddrPortFrom(from, 520), netip.AddrPortFrom(to, 520), nil)), "len 28, rcvd 3|    UDP src=520, dst=520"},
		{"syn", segment(packet.TCPFields{Seq: 1880337190, Window: 16384, Flags: packet.TCPSyn}), "len 44, rcvd 3|    TCP src=24849, dst=179, seq=1880337190, ack=0, win=16384 SYN"},
		{"syn ack", segment(packet.TCPFields{Seq: 1, Ack: 2, Window: 3, Flags: packet.TCPSyn | packet.TCPAck}), "len 44, rcvd 3|    TCP src=24849, dst=179, seq=1, ack=2, win=3 ACK SYN"},
		{"psh ack", segment(packet.TCPFields{Seq: 1, Ack: 2, Window: 3, Flags: packet.TCPPsh | packet.TCPAck}), "len 44, rcvd 3|    TCP src=24849, dst=179, seq=1, ack=2, win=3 ACK PSH"},
		{"no flag", segment(packet.TCPFields{}), "len 44, rcvd 3|    TCP src=24849, dst=179, seq=0, ack=0, win=0"},
		{"eigrp", datagram(88, "10.1.1.1", "10.1.1.2", 60, nil), "len 60, rcvd 3, proto=88"},
		{"half a header", datagram(packet.ProtoTCP, "10.1.1.1", "10.1.1.2", 24, nil), "len 24, rcvd 3, proto=6"},
		{"first fragment", first, "len 44, rcvd 3|    IP Fragment, Ident = 7, fragment offset = 0|    UDP src=520, dst=521"},
		{"later fragment", later, "len 24, rcvd 3|    IP Fragment, Ident = 7, fragment offset = 24"},
	} {
		e := forwarding.TakenIn{Handled: forwarding.Handled{Packet: tt.p, Detail: true}, As: forwarding.ToThisAddress}
		if got, want := strings.Join(records(V124, e), "|"), "IP: s=10.1.1.1, d=10.1.1.2, "+tt.want; got != want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, want)
		}
	}
}

func TestICMPAndUDPLines(t *testing.T) {
	a := netip.MustParseAddr
	for _, tt := range []struct {
		event forwarding.Event
		want  string
	}{
		{forwarding.EchoReplySent{Src: a("10.1.1.1"), Dst: a("10.1.1.2")}, "ICMP: echo reply sent, src 10.1.1.1, dst 10.1.1.2"},
		{forwarding.EchoReplyHeard{Src: a("10.1.1.1"), Dst: a("10.1.1.2")}, "ICMP: echo reply rcvd, src 10.1.1.1, dst 10.1.1.2"},
		{forwarding.UnreachableSent{About: a("172.16.0.1"), To: a("172.16.10.34"), Code: packet.UnreachAdminProhb}, "ICMP: dst (172.16.0.1) administratively prohibited unreachable sent to 172.16.10.34"},
		{forwarding.UnreachableSent{About: a("172.16.0.1"), To: a("172.16.10.34"), Code: packet.UnreachNeedFrag}, "ICMP: dst (172.16.0.1) frag. needed and DF set unreachable sent to 172.16.10.34"},
		{forwarding.UnreachableHeard{About: a("172.16.0.1"), From: a("172.16.10.34"), Code: packet.UnreachPort}, "ICMP: dst (172.16.0.1) port unreachable rcv from 172.16.10.34"},
		{forwarding.TimeExceededSent{About: a("10.9.9.9"), To: a("10.1.1.2")}, "ICMP: time exceeded (time to live) sent to 10.1.1.2 (dest was 10.9.9.9)"},
		{forwarding.TimeExceededHeard{From: a("10.1.1.2")}, "ICMP: time exceeded rcvd from 10.1.1.2"},
		{forwarding.TimeExceededHeard{From: a("10.1.1.2"), Reassembly: true}, "ICMP: time exceeded (reassembly) rcvd from 10.1.1.2"},
		{forwarding.RedirectSent{About: a("10.9.9.9"), To: a("10.1.1.2"), Gateway: a("10.1.1.3")}, "ICMP: redirect sent to 10.1.1.2 for dest 10.9.9.9, use gw 10.1.1.3"},
		{forwarding.RedirectHeard{About: a("10.9.9.9"), From: a("10.1.1.2"), Gateway: a("10.1.1.3")}, "ICMP: redirect rcvd from 10.1.1.2- for 10.9.9.9 use gw 10.1.1.3"},
		{forwarding.RedirectBogus{About: a("192.168.7.1"), From: a("10.1.1.2"), Gateway: a("10.1.1.1")}, "ICMP: bogus redirect from 10.1.1.2 - for 192.168.7.1 use gw 10.1.1.1\n      gateway address is one of our addresses."},
		{forwarding.ICMPHeard{From: a("10.1.1.2"), Type: 4, Code: 1}, "ICMP: rcvd type 4, code 1, from 10.1.1.2"},
		{
			forwarding.UDPHeard{Src: netip.MustParseAddrPort("172.16.10.34:37312"), Dst: netip.MustParseAddrPort("172.16.0.1:8"), Length: 8},
			"UDP: rcvd src=172.16.10.34(37312), dst=172.16.0.1(8), length=8",
		},
	} {
		if got := strings.Join(records(V124, tt.event), "|"); got != tt.want {
			t.Errorf("%T:\n got %q\nwant %q", tt.event, got, tt.want)
		}
	}
}
