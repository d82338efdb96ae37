package ios

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// behind is the configuration of a router with a tunnel, its gateway given: as
// tunnelled, but for the way to the peer.
func behind(name, addr, gateway, peer, lan, far string) string {
	c := tunnelled(name, addr, peer, lan, far)
	return strings.Replace(c, "ip route 0.0.0.0 0.0.0.0 "+peer, "ip route 0.0.0.0 0.0.0.0 "+gateway, 1)
}

const twoTunnels = `crypto map CMAP 20 ipsec-isakmp
 set peer 12.12.12.1
 set transform-set TS
 match address 103
access-list 103 permit ip 10.2.1.0 0.0.0.255 10.3.1.0 0.0.0.255
`

// natRig has R1 and R3 behind a NAT, and R2 outside, with which both have a tunnel.
func natRig(t *testing.T) *rig {
	t.Helper()
	return newRig(t, map[string]string{
		"R1": behind("R1", "192.168.0.1", "192.168.0.254", "12.12.12.2", "1", "2"),
		"R3": behind("R3", "192.168.0.3", "192.168.0.254", "12.12.12.2", "3", "2"),
		"R2": behind("R2", "12.12.12.2", "12.12.12.1", "12.12.12.1", "2", "1") + twoTunnels,
	}, "NAT 12.12.12.1 R2:Fa0/0 R1:Fa0/0 R3:Fa0/0")
}

// pinged says how many of five pings were answered.
func (n *rigNode) pinged(command string) string {
	return regexp.MustCompile(`\(./5\)`).FindString(n.do(command))
}

const backPing = "ping 10.1.1.1 source 10.2.1.1"

func TestTunnelThroughNAT(t *testing.T) {
	g := natRig(t)
	g.through(t)
	r1, r2, r3 := g.on("R1"), g.on("R2"), g.on("R3")
	if got := r2.pinged(backPing); got != "(5/5)" {
		t.Errorf("the other way: %s", got)
	}
	// 1500 bytes hold IP, UDP, ESP, the vector, 1438 bytes with a trailer of two, and
	// the authenticator; what is longer is fragmented before it is encrypted.
	for _, size := range []struct{ bytes, packets int }{{36, 1}, {1437, 1}, {1438, 1}, {1439, 2}, {1500, 2}, {3000, 3}} {
		g.nat.passed = nil
		if got := r1.pinged(fmt.Sprintf("%s size %d", tunnelPing, size.bytes)); got != "(5/5)" {
			t.Errorf("size %d: %s", size.bytes, got)
		}
		if n := len(g.nat.passed); n != 10*size.packets {
			t.Errorf("size %d: %d packets, not 10 times %d", size.bytes, n, size.packets)
		}
		for _, p := range g.nat.passed {
			if len(p) > 1500 {
				t.Errorf("size %d: a packet of %d bytes", size.bytes, len(p))
			}
		}
	}
	if g.nat.lost != 0 {
		t.Errorf("%d packets that no NAT can pass", g.nat.lost)
	}
	for _, tt := range []struct {
		n       *rigNode
		command string
		want    []string
	}{
		{r1, "show crypto ipsec sa", []string{"   current_peer 12.12.12.2 port 4500\n", "        in use settings ={Tunnel UDP-Encaps, }\n"}},
		{r2, "show crypto ipsec sa", []string{"   current_peer 12.12.12.1 port 30002\n"}},
		{r2, "show crypto isakmp sa", []string{"12.12.12.2      12.12.12.1      QM_IDLE              1    0 ACTIVE\n"}},
		{r1, "show crypto isakmp sa detail", []string{" N   \n"}},
		{r1, "show crypto isakmp peers", []string{"Peer: 12.12.12.2 Port: 4500 Local: 192.168.0.1\n"}},
		{r2, "show crypto session", []string{"Peer: 12.12.12.1 port 30002 \n", "  IKE SA: local 12.12.12.2/4500 remote 12.12.12.1/30002 Active \n"}},
		{r2, "show crypto session detail", []string{"Peer: 12.12.12.1 port 30002 fvrf", "Phase1_id: 192.168.0.1\n", "Capabilities:N "}},
	} {
		got := tt.n.do(tt.command)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s: no %q in\n%s", tt.n.Name, tt.command, want, got)
			}
		}
	}
	if got := r3.pinged("ping 10.2.1.1 source 10.3.1.1"); got == "(0/5)" {
		g.Pass(5 * time.Second)
		got = r3.pinged("ping 10.2.1.1 source 10.3.1.1")
		if got != "(5/5)" {
			t.Errorf("the second router behind the NAT: %s", got)
		}
	}
	if got := r2.do("show crypto session"); strings.Count(got, "UP-ACTIVE") != 2 {
		t.Errorf("R2 shows\n%s", got)
	}
	r3.do("clear crypto session")
	g.Pass(5 * time.Second)
	if got := r2.pinged(backPing); got != "(5/5)" {
		t.Errorf("R3 took R1's tunnel with it: %s", got)
	}
}

// The NAT forgets R1 while its tunnel is up: ESP from its new port shows R2 the way.
func TestNATForgets(t *testing.T) {
	g := natRig(t)
	g.through(t)
	r1, r2 := g.on("R1"), g.on("R2")
	g.nat.forget()
	if got := r2.pinged(backPing); got != "(0/5)" {
		t.Errorf("R2 got through a NAT that knows nothing: %s", got)
	}
	if got := r1.pinged(tunnelPing); got != "(5/5)" {
		t.Errorf("R1 after that: %s", got)
	}
	if got := r2.pinged(backPing); got != "(5/5)" {
		t.Errorf("R2 after that: %s", got)
	}
	r2.do("clear crypto sa")
	g.Pass(5 * time.Second)
	if got := r2.pinged(backPing); got != "(5/5)" && r2.pinged(backPing) != "(5/5)" {
		t.Error("the responder's own quick mode does not go to the mapped port")
	}
}

// Renewals of both phases from either side go through the NAT for a day.
func TestRenewalsThroughNAT(t *testing.T) {
	for _, who := range []string{"R1", "R2"} {
		g := natRig(t)
		for _, n := range []string{"R1", "R2"} {
			g.on(n).configure("crypto isakmp policy 10", "lifetime 1800", "exit", "crypto ipsec security-association lifetime seconds 600")
		}
		g.through(t)
		ping := map[string]string{"R1": tunnelPing, "R2": backPing}[who]
		bad := 0
		for range 24 * 60 {
			g.Pass(time.Minute)
			if g.on(who).pinged(ping) != "(5/5)" {
				bad++
			}
		}
		if bad > 0 {
			t.Errorf("%s: %d of %d minutes with losses", who, bad, 24*60)
		}
	}
}

// An idle NAT forgets after half a minute, unless it is kept from that.
func TestNATKeepalive(t *testing.T) {
	g := natRig(t)
	g.nat.idle = 30 * time.Second
	r1, r2 := g.on("R1"), g.on("R2")
	r1.configure("crypto isakmp nat keepalive 20")
	g.through(t)
	g.nat.passed = nil
	g.Pass(10 * time.Minute)
	if n := g.nat.keepalives(); n < 29 || n > 31 {
		t.Errorf("%d keepalives in ten minutes", n)
	}
	if got := r2.pinged(backPing); got != "(5/5)" {
		t.Errorf("after ten idle minutes: %s", got)
	}
	g.nat.passed = nil
	for range 20 {
		r1.do(tunnelPing)
		g.Pass(10 * time.Second)
	}
	if n := g.nat.keepalives(); n != 0 {
		t.Errorf("%d keepalives beside traffic", n)
	}
	r1.configure("no crypto isakmp nat keepalive")
	g.Pass(10 * time.Minute)
	if n := g.nat.keepalives(); n != 0 {
		t.Errorf("%d keepalives that nobody wants", n)
	}
	if got := r2.pinged(backPing); got != "(0/5)" {
		t.Errorf("without keepalives: %s", got)
	}
	r1.configure("crypto isakmp nat keepalive 5")
	g.Pass(time.Minute)
	if n := g.nat.keepalives(); n < 11 || n > 13 {
		t.Errorf("%d keepalives in a minute", n)
	}
	if n := strings.Count(r1.RunningConfig(), "crypto isakmp nat keepalive 5\n"); n != 1 {
		t.Error("the running configuration does not tell")
	}
}

// Without NAT traversal on one of the two there is none: ESP goes nowhere.
func TestNoNATTransparency(t *testing.T) {
	for _, who := range []string{"R1", "R2"} {
		g := natRig(t)
		g.on(who).configure("no crypto ipsec nat-transparency udp-encapsulation")
		r1 := g.on("R1")
		r1.do(tunnelPing)
		g.Pass(5 * time.Second)
		if got := r1.pinged(tunnelPing); got != "(0/5)" || g.nat.lost == 0 {
			t.Errorf("%s without: %s, %d packets lost in the NAT", who, got, g.nat.lost)
		}
		if got := r1.do("show crypto ipsec sa"); !strings.Contains(got, "settings ={Tunnel, }") || !strings.Contains(got, "port 500\n") {
			t.Errorf("%s without:\n%s", who, got)
		}
		g.on(who).configure("default crypto ipsec nat-transparency udp-encapsulation")
		r1.do("clear crypto session")
		g.Pass(5 * time.Second)
		r1.do(tunnelPing)
		g.Pass(5 * time.Second)
		if got := r1.pinged(tunnelPing); got != "(5/5)" {
			t.Errorf("%s with it again: %s", who, got)
		}
	}
}

// R2 loses its memory. With invalid SPI recovery it reaches R1 by the way of R1's
// stray packets, through the NAT; else R1's dead peer detection heals the tunnel.
func TestOutsideRestartsBehindNAT(t *testing.T) {
	for name, config := range map[string][2]string{
		"recovery": {"", "crypto isakmp invalid-spi-recovery\n"},
		"DPD":      {"crypto isakmp keepalive 10 2 periodic\n", ""},
	} {
		g := newRig(t, map[string]string{
			"R1": behind("R1", "192.168.0.1", "192.168.0.254", "12.12.12.2", "1", "2") + config[0],
			"R2": behind("R2", "12.12.12.2", "12.12.12.1", "12.12.12.1", "2", "1") + config[1],
		}, "NAT 12.12.12.1 R2:Fa0/0 R1:Fa0/0")
		g.through(t)
		if err := g.on("R2").Reset(); err != nil {
			t.Fatal(err)
		}
		g.Pass(30 * time.Second)
		for range 5 {
			g.on("R1").do(tunnelPing)
			g.Pass(10 * time.Second)
		}
		if got := g.on("R1").pinged(tunnelPing); got != "(5/5)" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
