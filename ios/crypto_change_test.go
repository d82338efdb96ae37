package ios

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// tunnelled is the configuration of one of two routers on a link with a tunnel
// between their LANs, 10.LAN.1.0/24.
func tunnelled(name, addr, peer, lan, far string) string {
	return fmt.Sprintf(`hostname %s
crypto isakmp policy 10
 authentication pre-share
crypto isakmp key cisco address 0.0.0.0 0.0.0.0
crypto ipsec transform-set TS esp-des esp-md5-hmac
crypto map CMAP 10 ipsec-isakmp
 set peer %s
 set transform-set TS
 match address 101
interface Loopback0
 ip address 10.%s.1.1 255.255.255.0
interface FastEthernet0/0
 ip address %s 255.255.255.0
 crypto map CMAP
ip route 0.0.0.0 0.0.0.0 %s
access-list 101 permit ip 10.%s.1.0 0.0.0.255 10.%s.1.0 0.0.0.255
`, name, peer, lan, addr, peer, lan, far)
}

const tunnelPing = "ping 10.2.1.1 source 10.1.1.1"

// coldTunnel is a rig of R1 and R2 whose tunnel waits for its first packet.
func coldTunnel(t *testing.T) *rig {
	t.Helper()
	return newRig(t, map[string]string{
		"R1": tunnelled("R1", "12.12.12.1", "12.12.12.2", "1", "2"),
		"R2": tunnelled("R2", "12.12.12.2", "12.12.12.1", "2", "1"),
	}, "R1:Fa0/0 R2:Fa0/0")
}

// tunnel is a rig of R1 and R2 with their tunnel up.
func tunnel(t *testing.T) *rig {
	t.Helper()
	g := coldTunnel(t)
	g.through(t)
	return g
}

// through pings until the tunnel is up.
func (g *rig) through(t *testing.T) {
	t.Helper()
	for range 5 {
		if strings.Contains(g.on("R1").do(tunnelPing), "(5/5)") {
			return
		}
		g.Pass(20 * time.Second)
	}
	t.Fatalf("the tunnel does not come up: %s", g.on("R1").screen)
}

// What was agreed from an interface's old address is of no use with a new one.
func TestAddressChangesUnderTheTunnel(t *testing.T) {
	for name, change := range map[string][]string{
		"at once":      {"ip address 12.12.12.7 255.255.255.0"},
		"by way of no": {"no ip address", "ip address 12.12.12.7 255.255.255.0"},
	} {
		t.Run(name, func(t *testing.T) {
			g := tunnel(t)
			r1, r2 := g.on("R1"), g.on("R2")
			r1.configure(append([]string{"interface FastEthernet0/0"}, change...)...)
			if out := r1.do("show crypto engine connections active"); strings.Contains(out, "12.12.12.1") {
				t.Errorf("SAs of the old address are there:\n%s", out)
			}
			r2.configure("crypto map CMAP 10 ipsec-isakmp", "set peer 12.12.12.7", "no set peer 12.12.12.1",
				"exit", "no ip route 0.0.0.0 0.0.0.0 12.12.12.1", "ip route 0.0.0.0 0.0.0.0 12.12.12.7")
			g.through(t)
		})
	}
}

// The same address again, or another mask, changes nothing for the tunnel.
func TestSameAddressKeepsTheTunnel(t *testing.T) {
	g := tunnel(t)
	for _, line := range []string{"ip address 12.12.12.1 255.255.255.0", "ip address 12.12.12.1 255.255.0.0", "ip address 13.1.1.1 255.0.0.0 secondary"} {
		g.on("R1").configure("interface FastEthernet0/0", line)
		if out := g.on("R1").do(tunnelPing); !strings.Contains(out, "(5/5)") {
			t.Errorf("after %s: %s", line, out)
		}
	}
}

// The crypto map moves to another interface and back.
func TestCryptoMapIsTakenOffAndPutBack(t *testing.T) {
	g := tunnel(t)
	r1 := g.on("R1")
	r1.configure("interface FastEthernet0/0", "no crypto map")
	for _, show := range []string{"show crypto isakmp sa", "show crypto engine connections active"} {
		if out := r1.do(show); strings.Contains(out, "12.12.12.2") {
			t.Errorf("%s without a crypto map:\n%s", show, out)
		}
	}
	r1.configure("interface Loopback0", "crypto map CMAP")
	r1.configure("interface Loopback0", "no crypto map", "interface FastEthernet0/0", "crypto map CMAP")
	g.through(t)
}

// A policy, key or transform set that changes is for negotiations to come.
func TestChangesAreForLaterNegotiations(t *testing.T) {
	for _, c := range []struct{ both, one []string }{
		{[]string{"crypto ipsec transform-set TS esp-aes esp-sha-hmac"}, nil},
		{[]string{"crypto isakmp policy 10", "encr aes", "group 2"}, nil},
		{[]string{"no crypto isakmp key cisco address 0.0.0.0 0.0.0.0", "crypto isakmp key other address 0.0.0.0"}, nil},
		{[]string{"crypto map CMAP 10 ipsec-isakmp", "set pfs group2"}, nil},
		{nil, []string{"no access-list 101", "access-list 101 permit ip 10.1.1.0 0.0.0.255 10.2.1.0 0.0.0.255"}},
	} {
		line := strings.Join(append(c.both, c.one...), "; ")
		t.Run(line, func(t *testing.T) {
			g := tunnel(t)
			r1, r2 := g.on("R1"), g.on("R2")
			r1.configure(append(c.both, c.one...)...)
			r2.configure(c.both...)
			if out := r1.do(tunnelPing); !strings.Contains(out, "(5/5)") {
				t.Errorf("the SAs that there were do not carry on: %s", out)
			}
			r1.do("clear crypto sa")
			r1.do("clear crypto isakmp")
			g.Pass(time.Second)
			g.through(t)
		})
	}
}
