package ios

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/packet"
)

// shownOf is what debug has shown since, without stamps.
func (n *rigNode) shownOf(do func()) []string {
	n.logs = nil
	do()
	n.rig.Pass(rigSettle)
	var shown []string
	for _, l := range n.logs {
		_, text, _ := strings.Cut(l, ": ") // behind the stamp
		shown = append(shown, text)
	}
	return shown
}

// TestPacketDebugReadsWhileItIsOn: without it packets may take the fast path.
func TestPacketDebugReadsWhileItIsOn(t *testing.T) {
	n := oneRouter(t, "interface Loopback0\n ip address 10.1.1.1 255.255.255.0\n")
	reads := func(want bool, after string) {
		t.Helper()
		if n.do(after); n.bus.Wants(event.Packets) != want {
			t.Errorf("%s: steps are read: %v", after, !want)
		}
	}
	reads(false, "show debugging")
	for _, what := range []string{"ip packet", "ip icmp", "ip udp"} {
		reads(true, "debug "+what)
		reads(false, "undebug "+what)
		reads(true, "debug "+what)
		reads(false, "no debug "+what)
	}
	reads(true, "debug ip icmp")
	reads(true, "debug ip packet detail 101")
	reads(true, "undebug ip packet")
	reads(false, "undebug all")
	if n.do("debug arp"); !n.stack.TellARP {
		t.Error("ARP is not told of")
	}
	if n.do("undebug arp"); n.stack.TellARP {
		t.Error("ARP is told of where no one reads")
	}
	n.do("debug ip packet", "debug arp")
	if err := n.Reset(); err != nil {
		t.Fatal(err)
	}
	n.rig.Pass(rigSettle)
	if n.bus.Wants(event.Packets | event.ARP) {
		t.Error("debug is on after a reload")
	}
}

// TestPacketDebugAnswers: what is said of the two options, in either order.
func TestPacketDebugAnswers(t *testing.T) {
	n := oneRouter(t, "")
	for _, tt := range []struct{ line, want string }{
		{"debug ip packet", "IP packet debugging is on"},
		{"undebug ip packet", "IP packet debugging is off"},
		{"debug ip packet detail", "IP packet debugging is on (detailed)"},
		{"undebug ip packet detail", "IP packet debugging is off (detailed)"},
		{"debug ip packet 1", "IP packet debugging is on for access list 1"},
		{"debug ip packet detail 1", "IP packet debugging is on (detailed) for access list 1"},
		{"debug ip packet 2699 detail", "IP packet debugging is on (detailed) for access list 2699"},
		{"no debug ip packet", "IP packet debugging is off (detailed) for access list 2699"},
		{"no debug ip packet", "IP packet debugging is off"},
		{"debug ip icmp", "ICMP packet debugging is on"},
		{"debug ip udp", "UDP packet debugging is on"},
		{"debug arp", "ARP packet debugging is on"},
	} {
		equalText(t, tt.line, n.do(tt.line), tt.want+"\n")
	}
	if got := n.do("debug ip packet 200"); !strings.Contains(got, "Invalid input") {
		t.Errorf("debug ip packet 200: %s", got)
	}
}

// TestPacketDebugShows: what comes to a group, and what comes where routing is off.
func TestPacketDebugShows(t *testing.T) {
	g := warm(newRow(t))
	r2 := g.on("R2")
	in := r2.stack.Interfaces()[0]
	arrive := func(dst string) func() {
		return func() {
			p := packet.BuildIPv4(packet.IPv4Fields{
				TTL: 2, Protocol: 88, Src: netip.MustParseAddr("12.12.12.1"), Dst: netip.MustParseAddr(dst),
			}, make([]byte, 40))
			in.Receive(packet.BuildEthernet(in.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, p))
		}
	}
	r2.do("debug ip packet detail")
	for _, tt := range []struct {
		dst  string
		want []string
	}{
		{"224.0.0.10", []string{"IP: s=12.12.12.1 (FastEthernet0/0), d=224.0.0.10, len 60, rcvd 0, proto=88"}},
		{"255.255.255.255", []string{"IP: s=12.12.12.1 (FastEthernet0/0), d=255.255.255.255, len 60, rcvd 2, proto=88"}},
		{"20.1.1.1", nil},
	} {
		if got := r2.shownOf(arrive(tt.dst)); !slices.Equal(got, tt.want) {
			t.Errorf("to %s:\n got %q\nwant %q", tt.dst, got, tt.want)
		}
	}
	r2.configure("no ip routing")
	want := "IP: s=12.12.12.1 (FastEthernet0/0), d=12.12.12.2, len 60, rcvd 1, proto=88"
	if got := r2.shownOf(arrive("12.12.12.2")); len(got) == 0 || got[0] != want {
		t.Errorf("without routing:\n got %q\nwant %q", got, want)
	}
}

// TestPacketDebugOfAliases: what comes to an alias of NAT is shown as what comes to the
// router's own address.
func TestPacketDebugOfAliases(t *testing.T) {
	g := warm(newRow(t))
	r2 := g.on("R2")
	r2.configure("ip nat inside source static tcp 10.9.9.9 80 12.12.12.77 80", "interface fa0/0", "ip nat outside")
	g.Pass(2 * time.Second)
	r2.do("debug ip packet")
	in := r2.stack.Interfaces()[0]
	from := netip.MustParseAddrPort("12.12.12.1:5000")
	for _, test := range []struct {
		name     string
		protocol uint8
		body     func(to netip.Addr) []byte
	}{
		{"echo", packet.ProtoICMP, func(netip.Addr) []byte { return packet.BuildICMP(packet.ICMPEcho, 0, 7, nil) }},
		{"UDP", packet.ProtoUDP, func(to netip.Addr) []byte { return packet.BuildUDP(from, netip.AddrPortFrom(to, 9), nil) }},
		{"TCP", packet.ProtoTCP, func(to netip.Addr) []byte {
			return packet.BuildTCP(from.Addr(), to, packet.TCPFields{SrcPort: 5000, DstPort: 81, Flags: packet.TCPSyn}, nil)
		}},
		{"another protocol", 99, func(netip.Addr) []byte { return make([]byte, 20) }},
	} {
		shown := func(dst string) []string {
			g.Pass(2 * time.Second) // errors have a limit
			to := netip.MustParseAddr(dst)
			lines := r2.shownOf(func() {
				in.Receive(packet.BuildEthernet(in.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, packet.BuildIPv4(packet.IPv4Fields{
					TTL: 9, Protocol: test.protocol, Src: from.Addr(), Dst: to,
				}, test.body(to))))
			})
			// What is sent back follows; errors come from the interface's own address.
			return strings.Split(strings.ReplaceAll(strings.Join(lines[:min(2, len(lines))], "\n"), dst, "THERE"), "\n")
		}
		own, alias := shown("12.12.12.2"), shown("12.12.12.77")
		if !slices.Equal(alias, own) || !strings.Contains(strings.Join(own, "\n"), ", rcvd 3") {
			t.Errorf("%s: to the alias\n%s\nto the router\n%s", test.name, strings.Join(alias, "\n"), strings.Join(own, "\n"))
		}
	}
}
