package nat_test

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// Two hosts share the address of an interface: `ip nat inside source list 1 interface
// FastEthernet0/0 overload`.
func Example() {
	list := acl.NewList("1", acl.Standard)
	permit, _ := acl.ParseEntry([]string{"permit", "10.1.1.0", "0.0.0.255"}, acl.Standard)
	list.Add(permit)
	n := nat.New(nat.Env{
		Now:      func() time.Duration { return 0 },
		After:    func(time.Duration, func()) (stop func()) { return func() {} },
		Emit:     func(nat.Event) {},
		List:     func(string) *acl.List { return list },
		RouteMap: func(string) nat.RouteMap { return nil },
		Address:  func(string) netip.Addr { return netip.MustParseAddr("200.1.1.1") },
	})
	defer n.Close()
	n.AddRule(nat.Rule{List: "1", Interface: "FastEthernet0/0", Overload: true})

	for _, host := range []string{"10.1.1.1:5000", "10.1.1.2:5000", "10.2.2.2:5000"} {
		src, dst := netip.MustParseAddrPort(host), netip.MustParseAddrPort("20.1.1.1:53")
		d := n.Outbound(packet.BuildIPv4(
			packet.IPv4Fields{TTL: 64, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()},
			packet.BuildUDP(src, dst, nil),
		), nat.Way{Out: "FastEthernet0/0"})
		if d.Verdict == nat.Translated {
			d.Apply()
			fmt.Println(host, "leaves from", d.Packets[0].Src(), packet.UDP(d.Packets[0].Payload()).SrcPort())
		}
	}
	for _, t := range n.Translations() {
		fmt.Println(nat.ProtocolName(t.Protocol), t.InsideGlobal, t.InsideLocal, t.OutsideLocal, t.OutsideGlobal)
	}
	// Output:
	// 10.1.1.1:5000 leaves from 200.1.1.1 5000
	// 10.1.1.2:5000 leaves from 200.1.1.1 1024
	// udp {200.1.1.1 5000} {10.1.1.1 5000} {20.1.1.1 53} {20.1.1.1 53}
	// udp {200.1.1.1 1024} {10.1.1.2 5000} {20.1.1.1 53} {20.1.1.1 53}
}
