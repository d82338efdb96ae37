package ios

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

func ipPacket(protocol uint8, src, dst string, payload []byte) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{
		TTL: 64, Protocol: protocol, Src: netip.MustParseAddr(src), Dst: netip.MustParseAddr(dst),
	}, payload)
}

func udpPacket(src, dst string, from, to uint16) packet.IPv4 {
	s, d := netip.MustParseAddr(src), netip.MustParseAddr(dst)
	return ipPacket(packet.ProtoUDP, src, dst, packet.BuildUDP(netip.AddrPortFrom(s, from), netip.AddrPortFrom(d, to), nil))
}

// interfaceOf is an interface of the lone router.
func interfaceOf(t *testing.T, l *rigNode, name string) *forwarding.Interface {
	t.Helper()
	n, err := forwarding.ParseName(name)
	if err != nil {
		t.Fatal(err)
	}
	ifc := l.stack.Interface(n)
	if ifc == nil {
		t.Fatal("no interface", name)
	}
	return ifc
}

// permits reports whether a list lets a packet pass, which is counted and reported.
func permits(f forwarding.Filter, p packet.IPv4) bool {
	decided := f.Lookup(p)
	f.Apply(p, decided)
	return decided.Passes()
}

func TestAccessGroupFollowsItsList(t *testing.T) {
	l := loneRouter(t, "")
	enter(t, l, "interface FastEthernet0/0\n ip access-group 101 in\n ip access-group OUT out")
	ifc := interfaceOf(t, l, "FastEthernet0/0")
	p := udpPacket("10.1.1.1", "10.2.2.2", 1000, 53)
	if !permits(ifc.AccessIn, p) {
		t.Error("a list that is not defined must permit all")
	}
	enter(t, l, "access-list 101 deny udp any any eq domain\naccess-list 101 permit ip any any")
	if permits(ifc.AccessIn, p) {
		t.Error("a list defined later must take effect")
	}
	if !permits(ifc.AccessOut, p) {
		t.Error("the other direction has another list")
	}
	if got := l.do("show access-lists 101"); got != "Extended IP access list 101\n"+
		"    10 deny udp any any eq domain (1 match)\n    20 permit ip any any\n" {
		t.Errorf("show access-lists:\n%s", got)
	}
	if got := l.do("clear access-list counters", "show ip access-lists"); strings.Contains(got, "match") {
		t.Errorf("after clear:\n%s", got)
	}
	if got := l.do("show access-lists NONE"); got != "" {
		t.Errorf("show of a list that is not there: %q", got)
	}
	enter(t, l, "ip access-list extended EMPTY\ninterface FastEthernet0/0\n ip access-group EMPTY in")
	if !permits(ifc.AccessIn, p) {
		t.Error("an empty list must permit all")
	}
	enter(t, l, "interface FastEthernet0/0\n no ip access-group 101 in")
	if accessListName(ifc, true) != "EMPTY" {
		t.Error("`no` with another list's name must not take the list off")
	}
	enter(t, l, "interface FastEthernet0/0\n ip access-group IN in\n ip access-group OUT out")
	enter(t, l, "interface FastEthernet0/0\n no ip access-group IN in\n no ip access-group OUT out")
	if config := l.do("show running-config | include access-group"); config != "" {
		t.Errorf("after no: %s", config)
	}
	enter(t, l, "interface FastEthernet0/0\n ip access-group EMPTY in\n ip access-group OUT out")
	enter(t, l, "interface FastEthernet0/0\n no ip access-group EMPTY in\n no ip access-group out")
	if ifc.AccessIn != nil || ifc.AccessOut != nil {
		t.Error("lists are left on the interface")
	}
}

// accessReports returns the messages about access lists since it was last called.
func accessReports(l *rigNode) []string {
	var out []string
	for _, record := range l.log.Buffered() {
		if _, text, ok := strings.Cut(record.Text, "%SEC-6-"); ok {
			out = append(out, text)
		}
	}
	l.log.ClearBuffer()
	return out
}

func TestAccessListLog(t *testing.T) {
	for _, test := range []struct {
		name, list string
		packet     packet.IPv4
		want       string
	}{
		{"udp", "access-list 101 deny udp any any log", udpPacket("10.1.1.1", "10.2.2.2", 1000, 53),
			"IPACCESSLOGP: list 101 denied udp 10.1.1.1(1000) -> 10.2.2.2(53), 1 packet"},
		{"icmp", "access-list 101 permit icmp any any log", ipPacket(packet.ProtoICMP, "10.1.1.1", "10.2.2.2", []byte{8, 0, 0, 0, 0, 0, 0, 0}),
			"IPACCESSLOGDP: list 101 permitted icmp 10.1.1.1 -> 10.2.2.2 (8/0), 1 packet"},
		{"ospf", "access-list 101 permit ip any any log", ipPacket(protoOSPF, "10.1.1.1", "224.0.0.5", nil),
			"IPACCESSLOGRP: list 101 permitted ospf 10.1.1.1 -> 224.0.0.5, 1 packet"},
		{"esp", "access-list 101 permit ip any any log", ipPacket(packet.ProtoESP, "10.1.1.1", "10.2.2.2", nil),
			"IPACCESSLOGNP: list 101 permitted 50 10.1.1.1 -> 10.2.2.2, 1 packet"},
		{"standard", "access-list 101 permit ip any any\nip access-list standard S\n deny any log\ninterface FastEthernet0/0\n ip access-group S in",
			udpPacket("10.1.1.1", "10.2.2.2", 1000, 53), "IPACCESSLOGS: list S denied 10.1.1.1 1 packet"},
		{"log-input", "access-list 101 deny udp any any log-input", udpPacket("10.1.1.1", "10.2.2.2", 1000, 53),
			"IPACCESSLOGP: list 101 denied udp 10.1.1.1(1000) (FastEthernet0/0 0000.0000.0000) -> 10.2.2.2(53), 1 packet"},
		{"implicit deny", "access-list 101 permit tcp any any log", udpPacket("10.1.1.1", "10.2.2.2", 1000, 53), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := loneRouter(t, "")
			enter(t, l, "interface FastEthernet0/0\n ip access-group 101 in\n"+test.list)
			permits(interfaceOf(t, l, "FastEthernet0/0").AccessIn, test.packet)
			if got := strings.Join(accessReports(l), "\n"); got != test.want {
				t.Errorf("got %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAccessListLogSummary(t *testing.T) {
	l := loneRouter(t, "")
	enter(t, l, "access-list 101 permit udp any any log\ninterface FastEthernet0/0\n ip access-group 101 in")
	f := interfaceOf(t, l, "FastEthernet0/0").AccessIn
	flow := udpPacket("10.1.1.1", "10.2.2.2", 1000, 53)
	const interval = accessLogInterval + 5*time.Second // the console takes its time
	const begin = "IPACCESSLOGP: list 101 permitted udp 10.1.1.1(1000) -> 10.2.2.2(53), "
	expect := func(when string, want ...string) {
		t.Helper()
		if got := accessReports(l); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	accessReports(l)
	for range 5 {
		permits(f, flow)
	}
	expect("first", begin+"1 packet")
	permits(f, udpPacket("10.1.1.1", "10.2.2.2", 1001, 53))
	expect("another flow", "IPACCESSLOGP: list 101 permitted udp 10.1.1.1(1001) -> 10.2.2.2(53), 1 packet")
	l.rig.Pass(interval)
	expect("after the interval", begin+"4 packets")
	l.rig.Pass(interval)
	expect("nothing came")
	if len(l.accessLog.counts) != 0 {
		t.Error("flows are kept")
	}
	permits(f, flow)
	expect("anew", begin+"1 packet")

	for port := range accessReportsAtOnce + 10 { // one has been taken a moment before
		permits(f, udpPacket("10.1.1.1", "10.2.2.2", uint16(port), 99))
	}
	if n := len(accessReports(l)); n != accessReportsAtOnce-1 {
		t.Errorf("%d are reported at once", n)
	}
	l.rig.Pass(interval)
	expect("missed", "IPACCESSLOGRL: access-list logging rate-limited or missed 11 packets")

	for port := range maxAccessFlows + 10 {
		l.accessLog.fresh = logLimit{}
		permits(f, udpPacket("10.1.1.1", "10.2.2.2", uint16(port), 98))
	}
	if n := len(l.accessLog.counts); n != maxAccessFlows {
		t.Errorf("%d flows are counted", n)
	}
	accessReports(l)
	l.rig.Pass(interval)
	expect("too many flows", "IPACCESSLOGRL: access-list logging rate-limited or missed 10 packets")
}

// TestAccessListLogUpdate counts packets up to a threshold, and looks at one in each
// interval.
func TestAccessListLogUpdate(t *testing.T) {
	l := loneRouter(t, "")
	enter(t, l, "access-list 101 deny udp any any log\ninterface FastEthernet0/0\n ip access-group 101 in\nip access-list log-update threshold 3")
	f := interfaceOf(t, l, "FastEthernet0/0").AccessIn
	const begin = "IPACCESSLOGP: list 101 denied udp 10.1.1.1(1000) -> 10.2.2.2(53), "
	expect := func(when string, packets int, want ...string) {
		t.Helper()
		for range packets {
			permits(f, udpPacket("10.1.1.1", "10.2.2.2", 1000, 53))
		}
		if got := accessReports(l); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	accessReports(l)
	expect("the first", 1, begin+"1 packet")
	expect("up to the threshold", 3, begin+"3 packets")
	expect("twice and one more", 7, begin+"3 packets", begin+"3 packets")
	l.rig.Pass(accessLogInterval + 5*time.Second)
	expect("the rest after five minutes", 0, begin+"1 packet")
	l.rig.Pass(2 * accessLogInterval)
	enter(t, l, "no ip access-list log-update threshold\nip access-list logging interval 60000")
	expect("one in an interval", 5, begin+"1 packet")
	l.rig.Pass(time.Minute)
	permits(f, udpPacket("10.1.1.1", "10.2.2.2", 1000, 53))
	l.rig.Pass(accessLogInterval)
	expect("what was looked at, and what was not", 0, begin+"1 packet",
		"IPACCESSLOGRL: access-list logging rate-limited or missed 4 packets")
}

func TestAccessGroupOnTheWire(t *testing.T) {
	g := newRig(t, map[string]string{
		"R1": "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\n",
		"R2": "interface FastEthernet0/0\n ip address 12.12.12.2 255.255.255.0\n ip access-group FILTER in\n" +
			"ip access-list extended FILTER\n deny icmp any any echo log-input\n permit ip any any\n",
	}, "R1:Fa0/0 R2:Fa0/0")
	r1, r2 := g.on("R1"), g.on("R2")
	if got := r1.do("ping 12.12.12.2"); !strings.Contains(got, ".U.U.\n") && !strings.Contains(got, "U.U.U\n") {
		t.Errorf("ping through a denying list:\n%s", got)
	}
	mac := interfaceOf(t, r1, "FastEthernet0/0").MAC().String()
	want := "IPACCESSLOGDP: list FILTER denied icmp 12.12.12.1 (FastEthernet0/0 " + mac + ") -> 12.12.12.2 (8/0), 1 packet"
	if got := accessReports(r2); len(got) != 1 || got[0] != want {
		t.Errorf("logged %q, want %q", got, want)
	}
	if got := r2.do("show ip access-lists FILTER"); !strings.Contains(got, "    10 deny icmp any any echo log-input (") {
		t.Errorf("counted:\n%s", got)
	}
	if got := r1.do("ping 12.12.12.2 repeat 1"); strings.Contains(got, "!") {
		t.Errorf("a second ping passed:\n%s", got)
	}
	r2.configure("ip access-list extended FILTER", "no 10")
	if got := r1.do("ping 12.12.12.2"); !strings.Contains(got, "!!!!!") {
		t.Errorf("without the entry:\n%s", got)
	}
}
