package labs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

const plain = " no shutdown\n"

// transit is a router that only forwards: interfaces with addresses, then routes.
func transit(name string, interfaces [][2]string, routes ...string) string {
	b := "hostname " + name + "\n"
	for _, i := range interfaces {
		b += "interface " + i[0] + "\n ip address " + i[1] + "\n" + plain
	}
	for _, r := range routes {
		b += "ip route " + r + "\n"
	}
	return b + "end\n"
}

const slash24 = " 255.255.255.0"

// Four routers in a ring, whose routes go one way round.
func TestRing(t *testing.T) {
	a, c := between(
		tunnelEnd{name: "A", outside: "FastEthernet0/0", addr: "1.0.1.1" + slash24, lan: "1", routes: []string{"0.0.0.0 0.0.0.0 1.0.1.2"},
			interfaces: "interface Loopback0\n ip address 10.1.1.1" + slash24 + "\ninterface FastEthernet0/1\n ip address 1.0.4.1" + slash24 + "\n crypto map VPN\n"},
		tunnelEnd{name: "C", outside: "FastEthernet0/0", addr: "1.0.2.3" + slash24, lan: "3", routes: []string{"0.0.0.0 0.0.0.0 1.0.2.2"},
			interfaces: "interface Loopback0\n ip address 10.3.1.1" + slash24 + "\ninterface FastEthernet0/1\n ip address 1.0.3.3" + slash24 + "\n"},
	)
	l := startLab(t, network(t, map[string]string{
		"A": a.config(), "C": c.config(),
		"B": transit("B", [][2]string{{"FastEthernet0/0", "1.0.1.2" + slash24}, {"FastEthernet0/1", "1.0.2.2" + slash24}},
			"1.0.4.0 255.255.255.0 1.0.1.1", "1.0.3.0 255.255.255.0 1.0.2.3"),
		"D": transit("D", [][2]string{{"FastEthernet0/0", "1.0.3.4" + slash24}, {"FastEthernet0/1", "1.0.4.4" + slash24}},
			"1.0.1.0 255.255.255.0 1.0.4.1", "1.0.2.0 255.255.255.0 1.0.3.3"),
	}, "A:FastEthernet0/0 B:FastEthernet0/0", "B:FastEthernet0/1 C:FastEthernet0/0",
		"C:FastEthernet0/1 D:FastEthernet0/0", "D:FastEthernet0/1 A:FastEthernet0/1"), Options{})
	there, back := l.watch(t, "A", "FastEthernet0/0"), l.watch(t, "A", "FastEthernet0/1")
	l.reaches(t, "A", "ping 10.3.1.1 source 10.1.1.1")
	if there.protocols[packet.ProtoESP] == 0 || back.protocols[packet.ProtoESP] != 0 {
		t.Errorf("ESP by way of B %d, by way of D %d", there.protocols[packet.ProtoESP], back.protocols[packet.ProtoESP])
	}
	// B breaks. The address of the tunnel's end cannot move, but the way to it can.
	l.order(t, "!lab link B:FastEthernet0/1 down")
	l.pass(5 * time.Second)
	if out := l.typed(t, "A", "ping 10.3.1.1 source 10.1.1.1"); !strings.Contains(out, " 0 percent (0/5)") {
		t.Errorf("through a broken link:\n%s", out)
	}
	l.order(t, "!lab link B:FastEthernet0/1 up")
	l.pass(5 * time.Second)
	l.reaches(t, "A", "ping 10.3.1.1 source 10.1.1.1")
	l.reaches(t, "D", "ping 1.0.1.2") // half way round
}

// Two links between the same two routers: one for each of two LANs, so that there
// are two tunnels between the same routers.
func TestSeveralLinksBetweenTwoRouters(t *testing.T) {
	side := func(name, own, other string) string {
		return strings.NewReplacer("NAME", name, "OWN", own, "OTHER", other).Replace(`hostname NAME
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 1.0.1.OTHER
crypto isakmp key oracle address 1.0.2.OTHER
crypto ipsec transform-set TS esp-3des esp-sha-hmac
crypto map ONE 10 ipsec-isakmp
 set peer 1.0.1.OTHER
 set transform-set TS
 match address 101
crypto map TWO 10 ipsec-isakmp
 set peer 1.0.2.OTHER
 set transform-set TS
 match address 102
interface Loopback0
 ip address 10.1.OWN.1 255.255.255.0
interface Loopback1
 ip address 10.2.OWN.1 255.255.255.0
interface FastEthernet0/0
 ip address 1.0.1.OWN 255.255.255.0
 crypto map ONE
interface FastEthernet0/1
 ip address 1.0.2.OWN 255.255.255.0
 crypto map TWO
ip route 10.1.OTHER.0 255.255.255.0 1.0.1.OTHER
ip route 10.2.OTHER.0 255.255.255.0 1.0.2.OTHER
access-list 101 permit ip 10.1.OWN.0 0.0.0.255 10.1.OTHER.0 0.0.0.255
access-list 102 permit ip 10.2.OWN.0 0.0.0.255 10.2.OTHER.0 0.0.0.255
end
`)
	}
	l := startLab(t, network(t, map[string]string{"A": side("A", "1", "2"), "B": side("B", "2", "1")},
		"A:FastEthernet0/0 B:FastEthernet0/0", "A:FastEthernet0/1 B:FastEthernet0/1"), Options{})
	one, two := l.watch(t, "A", "FastEthernet0/0"), l.watch(t, "A", "FastEthernet0/1")
	l.reaches(t, "A", "ping 10.1.2.1 source 10.1.1.1")
	if one.protocols[packet.ProtoESP] == 0 || two.protocols[packet.ProtoESP] != 0 {
		t.Errorf("the first tunnel is on the wrong link: %v, %v", one.protocols, two.protocols)
	}
	l.reaches(t, "B", "ping 10.2.1.1 source 10.2.2.1")
	if two.protocols[packet.ProtoESP] == 0 || one.protocols[packet.ProtoICMP]+two.protocols[packet.ProtoICMP] != 0 {
		t.Errorf("the second tunnel: %v, %v", one.protocols, two.protocols)
	}
	out := l.typed(t, "A", "enable", "show crypto session")
	if strings.Count(out, "Session status: UP-ACTIVE     \n") != 2 || !strings.Contains(out, "Interface: FastEthernet0/1\n") {
		t.Errorf("sessions:\n%s", out)
	}
	// The first link breaks; the second tunnel does not mind.
	l.order(t, "!lab link A:FastEthernet0/0 down")
	l.pass(5 * time.Second)
	l.reaches(t, "A", "ping 10.2.2.1 source 10.2.1.1")
}

// Hosts behind the two ends, a switch between them: neither host knows of IPsec.
func TestHostsAndABridge(t *testing.T) {
	a, b := between(
		tunnelEnd{name: "A", outside: "FastEthernet0/0", addr: "1.0.0.1" + slash24, lan: "1",
			interfaces: "interface FastEthernet0/1\n ip address 10.1.1.1" + slash24 + "\n", routes: []string{"10.2.1.0 255.255.255.0 1.0.0.2"}},
		tunnelEnd{name: "B", outside: "FastEthernet0/0", addr: "1.0.0.2" + slash24, lan: "2",
			interfaces: "interface FastEthernet0/1\n ip address 10.2.1.1" + slash24 + "\n", routes: []string{"10.1.1.0 255.255.255.0 1.0.0.1"}},
	)
	l := startLab(t, network(t, map[string]string{
		"A": a.config(), "B": b.config(), "SW": "bridge",
		"PC1": "ip address add 10.1.1.10/24 dev eth1; ip route replace default via 10.1.1.1",
		"PC2": "ip address add 10.2.1.10/24 dev eth1; ip route replace default via 10.2.1.1",
	}, "A:FastEthernet0/0 SW:p1", "B:FastEthernet0/0 SW:p2", "A:FastEthernet0/1 PC1:eth1", "B:FastEthernet0/1 PC2:eth1"), Options{})
	outside, lan := l.watch(t, "A", "FastEthernet0/0"), l.watch(t, "B", "FastEthernet0/1")
	l.typed(t, "PC1", "ping -c 5 10.2.1.10") // lost to ARP, as is the first message of main mode
	l.pass(15 * time.Second)
	l.typed(t, "PC1", "ping -c 5 10.2.1.10") // the LAN behind B is asked for the host
	for _, p := range [][2]string{{"PC1", "10.2.1.10"}, {"PC2", "10.1.1.10"}} {
		if out := l.typed(t, p[0], "ping -c 5 "+p[1]); !strings.Contains(out, "5 packets transmitted, 5 received, 0% packet loss") {
			t.Errorf("%s: %s", p[0], out)
		}
	}
	if outside.protocols[packet.ProtoICMP] != 0 || outside.protocols[packet.ProtoESP] < 20 || lan.protocols[packet.ProtoESP] != 0 || lan.protocols[packet.ProtoICMP] < 20 {
		t.Errorf("outside %v, on the LAN %v", outside.protocols, lan.protocols)
	}
	// A large packet of a host is cut before it is encrypted.
	if out := l.typed(t, "PC1", "ping -c 5 -s 1472 10.2.1.10"); !strings.Contains(out, "5 received") {
		t.Error(out)
	}
	if outside.fragmented > 0 {
		t.Errorf("%d fragments of ESP", outside.fragmented)
	}
}

func TestSerialLinks(t *testing.T) {
	mask := " 255.255.255.252"
	a, b := between(
		tunnelEnd{name: "A", outside: "Serial0/0", addr: "1.0.0.1" + mask, lan: "1", routes: []string{"0.0.0.0 0.0.0.0 Serial0/0"}},
		tunnelEnd{name: "B", outside: "Serial1/0", addr: "1.0.0.6" + mask, lan: "2", routes: []string{"0.0.0.0 0.0.0.0 1.0.0.5"}},
	)
	l := startLab(t, network(t, map[string]string{
		"A": a.config(), "B": b.config(),
		"P": transit("P", [][2]string{{"Serial0/0", "1.0.0.2" + mask}, {"Serial0/1", "1.0.0.5" + mask}}),
	}, "A:Serial0/0 P:Serial0/0 rate: 2mbit, delay: 10ms", "P:Serial0/1 B:Serial1/0"), Options{})
	l.pass(5 * time.Second)
	l.reaches(t, "A", "ping 10.2.1.1 source 10.1.1.1")
	l.reaches(t, "B", "ping 10.1.1.1 source 10.2.1.1")
	if out := l.typed(t, "A", "enable", "show crypto ipsec sa"); !strings.Contains(out, "\ninterface: Serial0/0\n") || !strings.Contains(out, "path mtu 1500, ip mtu 1500, ip mtu idb Serial0/0\n") {
		t.Error(out)
	}
}

// Twenty spokes come up at once; then spokes ping at the same time, and each has
// its own pair of SAs.
func TestHubOfManySpokes(t *testing.T) {
	const spokes = 20
	hub := tunnelEnd{name: "HUB", outside: "FastEthernet0/0", addr: "1.0.0.1" + slash24, lan: "100"}
	nodes := map[string]string{"NET": "bridge"}
	links := []string{"HUB:FastEthernet0/0 NET:hub"}
	for i := 1; i <= spokes; i++ {
		s := tunnelEnd{name: fmt.Sprintf("S%d", i), outside: "FastEthernet0/0", addr: fmt.Sprintf("1.0.0.%d%s", i+1, slash24), lan: fmt.Sprint(i),
			routes: []string{"10.100.1.0 255.255.255.0 1.0.0.1"}, peers: []tunnelEnd{hub}}
		hub.peers = append(hub.peers, tunnelEnd{addr: s.addr, lan: s.lan})
		hub.routes = append(hub.routes, fmt.Sprintf("10.%d.1.0 255.255.255.0 1.0.0.%d", i, i+1))
		nodes[s.name] = s.config()
		links = append(links, s.name+":FastEthernet0/0 NET:"+s.name)
	}
	nodes["HUB"] = hub.config()
	l := startLab(t, network(t, nodes, links...), Options{})
	w := l.watch(t, "HUB", "FastEthernet0/0")
	for round := range 2 {
		for i := 1; i <= spokes; i++ {
			l.begin(fmt.Sprintf("S%d", i), fmt.Sprintf("ping 10.100.1.1 source 10.%d.1.1", i))
		}
		l.pass(time.Minute)
		for i := 1; i <= spokes; i++ {
			if out := l.screens[fmt.Sprintf("S%d", i)].String(); round == 1 && !strings.Contains(out, "100 percent (5/5)") {
				t.Errorf("S%d:\n%s", i, out)
			}
		}
	}
	if len(w.main) != spokes || len(w.quick) != spokes || w.protocols[packet.ProtoICMP] != 0 {
		t.Errorf("%d main modes, %d quick modes, packets %v", len(w.main), len(w.quick), w.protocols)
	}
	out := l.typed(t, "HUB", "enable", "show crypto session")
	if n := strings.Count(out, "UP-ACTIVE"); n != spokes {
		t.Errorf("%d sessions are up:\n%s", n, out)
	}
	l.reaches(t, "HUB", "ping 10.7.1.1 source 10.100.1.1")
}
