package ios

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/nat"
)

// TestRouteMapForNAT: what is exempt is denied by the first entry, and what leaves by
// another interface is no one's.
func TestRouteMapForNAT(t *testing.T) {
	n := loneRouter(t, `ip access-list extended VPN
 permit ip 192.168.10.0 0.0.0.255 192.168.20.0 0.0.0.255
access-list 1 permit 192.168.10.0 0.0.0.255
route-map OUT deny 10
 match ip address VPN
route-map OUT permit 20
 match ip address 1
 match interface FastEthernet0/1
`)
	ask := func(src, dst, out string) (bool, string) {
		p := &acl.Packet{Src: netip.MustParseAddr(src), Dst: netip.MustParseAddr(dst)}
		_, permit, hit := n.natRouteMap("OUT").Permits(p, 100, nat.Way{Out: out})
		if hit == nil {
			return permit, ""
		}
		return permit, hit.String()
	}
	for _, c := range []struct {
		src, dst, out string
		permit        bool
		hit           string
	}{
		{"192.168.10.9", "8.8.8.8", "FastEthernet0/1", true, "permit 192.168.10.0, wildcard bits 0.0.0.255"},
		{"192.168.10.9", "192.168.20.9", "FastEthernet0/1", false, "permit ip 192.168.10.0 0.0.0.255 192.168.20.0 0.0.0.255"},
		{"192.168.10.9", "8.8.8.8", "Serial0/0", false, ""},
		{"192.168.11.9", "8.8.8.8", "FastEthernet0/1", false, ""},
	} {
		if permit, hit := ask(c.src, c.dst, c.out); permit != c.permit || (hit == "") != (c.hit == "") {
			t.Errorf("%s to %s by %s: %v, %q", c.src, c.dst, c.out, permit, hit)
		}
	}
	if n.natRouteMap("NONE") != nil {
		t.Error("there is a route-map that is not defined")
	}
	before := n.natRouteMap("OUT")
	if n.natRouteMap("OUT") != before {
		t.Error("a route-map that has not changed is another one")
	}
	n.do("configure terminal", "access-list 1 permit 192.168.11.0 0.0.0.255", "end")
	if n.natRouteMap("OUT") == before {
		t.Error("a route-map whose list has changed is the same")
	}
}

// TestRouteMapNames: a line without a number means the only entry.
func TestRouteMapNames(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "route-map A deny 30", "route-map A", "set ip df 1", "route-map A permit 40", "route-map A")
	if !strings.Contains(n.screen, "% Please specify the entry by its sequence") {
		t.Errorf("an entry is chosen of two:\n%s", n.screen)
	}
	n.do("no route-map A permit 40", "no match ip address", "end")
	if config := n.RunningConfig(); !strings.Contains(config, "route-map A deny 30\n set ip df 1\n!\n") || strings.Contains(config, "A permit") {
		t.Errorf("the entries are\n%s", config)
	}
}

// TestWithheldEntry: a match that is not built leaves the entry without packets, until
// it goes.
func TestWithheldEntry(t *testing.T) {
	n := loneRouter(t, "")
	permits := func() bool {
		_, permit, _ := n.natRouteMap("A").Permits(&acl.Packet{Src: netip.MustParseAddr("10.1.1.1"), Dst: netip.MustParseAddr("10.1.1.2")}, 100, nat.Way{})
		return permit
	}
	n.do("configure terminal", "route-map A permit 10", "set metric 5")
	if !permits() || !strings.Contains(n.screen, "[ioslab] set metric is kept, without effect") {
		t.Errorf("what is for routes has kept a packet out:\n%s", n.screen)
	}
	n.do("match tag 7")
	if permits() || !strings.Contains(n.screen, "[ioslab] match tag 7 is kept, without effect, and the entry matches no packet") {
		t.Errorf("half an entry is used:\n%s", n.screen)
	}
	if config := n.RunningConfig(); !strings.Contains(config, "route-map A permit 10\n match tag 7\n set metric 5\n!\n") {
		t.Errorf("the entry is shown as\n%s", config)
	}
	n.do("no match tag 7")
	if !permits() {
		t.Error("the entry is not used again")
	}
}

// TestPolicyDebugList: the list says what is shown, and a reload switches debugging off.
func TestPolicyDebugList(t *testing.T) {
	n := loneRouter(t, "interface Loopback0\n ip address 10.1.1.1 255.255.255.0\naccess-list 120 permit udp any any\n")
	n.do("debug ip policy 120", "show debugging")
	if !strings.Contains(n.screen, "Generic IP:\n  Policy routing debugging is on for access list 120") {
		t.Errorf("debugging is shown as\n%s", n.screen)
	}
	for protocol, want := range map[uint8]bool{17: true, 6: false} {
		n.screen = ""
		n.bus.Emit(event.Policy, forwarding.OwnPoliced{Policed: forwarding.Policed{
			Packet: acl.Packet{Src: netip.MustParseAddr("10.1.1.1"), Dst: netip.MustParseAddr("10.1.1.2"), Protocol: protocol},
			Length: 28, Why: forwarding.PolicyNotMatched,
		}})
		if got := strings.Contains(n.screen, "policy rejected"); got != want {
			t.Errorf("protocol %d is shown: %v", protocol, got)
		}
	}
	n.halt()
	if n.bus.Wants(event.Policy) {
		t.Error("debugging goes on after the router's end")
	}
}

// TestRouteMapsStandAsTheyWereMade: the order of the names does not matter.
func TestRouteMapsStandAsTheyWereMade(t *testing.T) {
	n := loneRouter(t, "route-map B permit 10\nroute-map A permit 20\nroute-map C deny 10\nroute-map A permit 10\n")
	n.do("configure terminal", "no route-map C", "end", "show route-map")
	for _, text := range []string{n.RunningConfig(), n.screen} {
		var order []string
		for line := range strings.Lines(text) {
			if words := strings.Fields(strings.ReplaceAll(line, ",", "")); len(words) > 1 && words[0] == "route-map" {
				order = append(order, words[1]+words[len(words)-1])
			}
		}
		if got := strings.Join(order, " "); got != "B10 A10 A20" {
			t.Errorf("the order is %s:\n%s", got, text)
		}
	}
}
