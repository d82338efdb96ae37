package nat

import (
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func ike(src, dst, cookie string) packet.IPv4 {
	s, d := netip.MustParseAddrPort(src), netip.MustParseAddrPort(dst)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: s.Addr(), Dst: d.Addr()},
		packet.BuildUDP(s, d, []byte(cookie+" and the rest")))
}

// TestIKEPreservePort: all hosts of the list keep port 500, and answers find them.
func TestIKEPreservePort(t *testing.T) {
	r := patRig(t)
	r.list("10", "permit 10.0.0.1", "permit 10.0.0.2")
	r.SetServices(Services{PreservePort: []string{"10"}})
	for _, c := range []struct{ packet, want string }{
		{"10.0.0.1:500", "udp 200.1.1.1:500 20.1.1.1:500"},
		{"10.0.0.2:500", "udp 200.1.1.1:500 20.1.1.1:500"},
		{"10.0.0.3:500", "udp 200.1.1.1:1 20.1.1.1:500"},
	} {
		if got := r.pass(ike(c.packet, "20.1.1.1:500", c.packet[:8]), true, Way{}); got != c.want {
			t.Errorf("%s: %s", c.packet, got)
		}
	}
	for _, host := range []string{"10.0.0.1", "10.0.0.2"} {
		if got := r.pass(ike("20.1.1.1:500", "200.1.1.1:500", host), false, Way{}); got != "udp 20.1.1.1:500 "+host+":500" {
			t.Errorf("the answer to %s: %s", host, got)
		}
	}
	for i := range 100 {
		r.pass(ike("10.0.0.1:500", "20.1.1.1:500", string(rune('a'+i))+"1234567"), true, Way{})
	}
	r.pass(ike("10.0.0.1:500", "20.1.1.1:500", "the same"), true, Way{})
	r.pass(ike("10.0.0.2:500", "20.1.1.1:500", "the same"), true, Way{})
	for i := range maxCookies {
		r.pass(ike("10.0.0.1:500", "20.1.1.1:500", string(rune('A'+i))+"1234567"), true, Way{})
	}
	if got := r.pass(ike("20.1.1.1:500", "200.1.1.1:500", "the same"), false, Way{}); got != "udp 20.1.1.1:500 10.0.0.2:500" {
		t.Errorf("a cookie that another host has used, too: %s", got)
	}
	if len(r.ike) > 2*maxCookies {
		t.Error(len(r.ike), "cookies")
	}
	r.Clear(Selector{All: true})
	if len(r.ike)+len(r.cookies) != 0 {
		t.Error("cookies are left")
	}
}
