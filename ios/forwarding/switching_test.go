package forwarding

import (
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// denyAll is an access list that denies everything.
var denyAll = filterFunc(func(packet.IPv4) bool { return false })

// TestProcessed: what R2 passes on is switched, but for what CEF leaves to the processor.
func TestProcessed(t *testing.T) {
	for _, tt := range []struct {
		name   string
		dst    string
		change func(r2 *router, in *Interface, f *packet.IPv4Fields)
		cold   bool // no ARP entry yet
		want   bool
	}{
		{name: "transit", dst: "20.1.1.1"},
		{name: "without an ARP entry", dst: "20.1.1.1", cold: true, want: true},
		{name: "to an address of the interface", dst: "12.12.12.2", want: true},
		{name: "to another address", dst: "23.23.23.2", want: true},
		{name: "broadcast", dst: "12.12.12.255", want: true},
		{name: "multicast", dst: "224.0.0.9", want: true},
		{name: "no ip cef", dst: "20.1.1.1", want: true, change: func(r2 *router, _ *Interface, _ *packet.IPv4Fields) { r2.CEF = false }},
		{name: "no ip route-cache", dst: "20.1.1.1", want: true, change: func(_ *router, in *Interface, _ *packet.IPv4Fields) { in.FastSwitching = false }},
		{name: "no ip route-cache cef", dst: "20.1.1.1", want: true, change: func(_ *router, in *Interface, _ *packet.IPv4Fields) { in.CEFSwitching = false }},
		{name: "no ip route-cache on the way out", dst: "20.1.1.1", change: func(r2 *router, _ *Interface, _ *packet.IPv4Fields) { r2.Interfaces()[1].FastSwitching = false }},
		{name: "options", dst: "20.1.1.1", want: true, change: func(_ *router, _ *Interface, f *packet.IPv4Fields) { f.Options = []byte{1, 1, 1, 0} }},
		{name: "last hop", dst: "20.1.1.1", want: true, change: func(_ *router, _ *Interface, f *packet.IPv4Fields) { f.TTL = 1 }},
		{name: "one before", dst: "20.1.1.1", change: func(_ *router, _ *Interface, f *packet.IPv4Fields) { f.TTL = 2 }},
		{name: "no route", dst: "99.9.9.9", want: true},
		{name: "no route, no unreachables", dst: "99.9.9.9", change: func(_ *router, in *Interface, _ *packet.IPv4Fields) { in.Unreachables = false }},
		{name: "denied", dst: "20.1.1.1", want: true, change: func(_ *router, in *Interface, _ *packet.IPv4Fields) { in.AccessIn = denyAll }},
		{name: "denied, no unreachables", dst: "20.1.1.1", change: func(_ *router, in *Interface, _ *packet.IPv4Fields) {
			in.AccessIn, in.Unreachables = denyAll, false
		}},
	} {
		n := newRow(t)
		in := n.r2.Interface(name(t, "fa0/0"))
		if !tt.cold {
			n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Count: 3})
		}
		fields := packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: addr("10.1.1.1"), Dst: addr(tt.dst)}
		if tt.change != nil {
			tt.change(n.r2, in, &fields)
		}
		var processed bool
		n.r2.AddWatch(func(s Step) {
			if s.In == in && s.Stage > StageHeader && s.Processed {
				processed = true
			}
		})
		p := packet.BuildIPv4(fields, packet.BuildUDP(addrPort("10.1.1.1:9"), addrPort(tt.dst+":9"), nil))
		in.Receive(packet.BuildEthernet(in.MAC(), packet.MAC{2}, packet.EtherTypeIPv4, p))
		equal(t, tt.name, processed, tt.want)
	}
}
