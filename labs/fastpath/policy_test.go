package fastpath

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestPolicy takes packets through gateways whose route-map is settled, so that no packet
// needs the loop but those that a loopback brings back, or that are to be dropped. Both
// ways have the same frames leave and count the same.
func TestPolicy(t *testing.T) {
	for _, c := range []struct {
		name, config string
		slow         bool   // the loop is to see to the packets
		tos          uint8  // of what leaves
		df           bool   // likewise
		lost         bool   // nothing leaves
		counted      string // what the route-map says
	}{
		{name: "next hop", config: "route-map WAY permit 10\n set ip next-hop 12.12.12.2", counted: "5 packets, 640 bytes"},
		{name: "default next hop", config: "route-map WAY permit 10\n set ip default next-hop 12.12.12.2", counted: "5 packets, 640 bytes"},
		{name: "no next hop", config: "route-map WAY permit 10\n set ip next-hop 77.7.7.7", counted: "5 packets, 640 bytes"},
		{name: "denied", config: "route-map WAY deny 10\n set ip precedence 3", counted: "5 packets, 640 bytes"},
		{name: "not matched", config: "route-map WAY permit 10\n match length 0 50\n set ip precedence 3", counted: "0 packets, 0 bytes"},
		{name: "not defined", config: "!"},
		{name: "the way it would go", config: "access-list 1 permit 12.12.12.2\nroute-map WAY permit 10\n match interface FastEthernet0/1\n match ip next-hop 1\n set ip precedence 3",
			tos: 0x60, counted: "5 packets, 640 bytes"},
		{name: "marks", config: "route-map WAY permit 10\n set ip precedence 3\n set ip tos 8\n set ip df 1", tos: 0x70, df: true, counted: "5 packets, 640 bytes"},
		{name: "marks that the list out permits", config: "route-map WAY permit 10\n set ip precedence flash\naccess-list 150 permit ip any any precedence flash\ninterface FastEthernet0/1\n ip access-group 150 out",
			tos: 0x60, counted: "5 packets, 640 bytes"},
		{name: "marks that the list out denies", config: "route-map WAY permit 10\n set ip precedence flash\naccess-list 150 deny ip any any precedence flash\naccess-list 150 permit ip any any\ninterface FastEthernet0/1\n ip access-group 150 out",
			slow: true, lost: true, counted: "5 packets, 640 bytes"},
		{name: "loopback", config: "route-map WAY permit 10\n set interface Loopback0", slow: true, counted: "5 packets, 640 bytes"},
		{name: "Null0", config: "route-map WAY permit 10\n set interface Null0", slow: true, lost: true, counted: "5 packets, 640 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var configs [2]string
			for n := range configs {
				configs[n] = fmt.Sprintf("hostname G%d\ninterface Loopback0\n ip address 9.9.%d.1 255.255.255.0\ninterface FastEthernet0/0\n ip address %s.1 255.255.255.0\n no ip unreachables\n ip policy route-map WAY\n"+
					"interface FastEthernet0/1\n ip address 12.12.12.%d 255.255.255.0\nip route 0.0.0.0 0.0.0.0 12.12.12.%d\n", n, n, lans[n], 1+n, 2-n)
			}
			configs[0] += c.config + "\nend\n"
			configs[1] = strings.Replace(configs[1], " ip policy route-map WAY\n", "", 1) + "end\n"
			a, b := newWorld(t, configs, false, false, 0), newWorld(t, configs, true, false, 0)
			frame := func(w *world) []byte {
				g := w.gateways[0]
				src, dst := netip.MustParseAddrPort(lans[0]+".2:1000"), netip.MustParseAddrPort(lans[1]+".2:2000")
				p := packet.BuildIPv4(packet.IPv4Fields{TTL: 64, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()}, packet.BuildUDP(src, dst, make([]byte, 100)))
				return packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[0], packet.EtherTypeIPv4, p)
			}
			for _, w := range []*world{a, b} {
				g := w.gateways[0]
				g.do("ping 12.12.12.2") // so that the neighbour is known
				before, punted := len(g.sent[outside]), g.punted
				for range 5 {
					g.feed(inside, frame(w))
					w.run(time.Second)
				}
				if slow := g.punted > punted; w == b && slow != c.slow {
					t.Errorf("%d packets by the loop", g.punted-punted)
				}
				left := g.sent[outside][before:]
				if c.lost != (len(left) == 0) {
					t.Errorf("%d frames leave", len(left))
				}
				for _, f := range left {
					if p := packet.IPv4(packet.Ethernet(f).Payload()); !p.Valid() || p.TOS() != c.tos || p.DF() != c.df {
						t.Errorf("a packet leaves as % x", f)
					}
				}
				if got := g.do("show route-map"); c.counted != "" && !strings.Contains(got, "Policy routing matches: "+c.counted) {
					t.Errorf("the route-map has\n%s", got)
				}
			}
			for port := range 2 {
				compareFrames(t, "frames", a.gateways[0].sent[port], b.gateways[0].sent[port])
			}
			for _, show := range shows {
				if x, y := a.gateways[0].do(show), b.gateways[0].do(show); x != y {
					t.Errorf("%s:\n%s", show, differing(x, y))
				}
			}
			if b.gateways[0].do("debug ip policy"); c.counted != "" { // all are the loop's, to be told of
				punted := b.gateways[0].punted
				b.gateways[0].feed(inside, frame(b))
				if told := b.gateways[0].do(); b.gateways[0].punted == punted || !strings.Contains(told, "FIB policy") {
					t.Errorf("debug tells %q", told)
				}
			}
		})
	}
}
