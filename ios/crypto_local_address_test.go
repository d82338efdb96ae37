package ios

import (
	"strings"
	"testing"
	"time"
)

// TestLocalAddress: a map's tunnels may be from a loopback.
func TestLocalAddress(t *testing.T) {
	r1 := strings.Replace(tunnelled("R1", "12.12.12.1", "12.12.12.2", "1", "2"),
		"crypto map CMAP 10", "crypto map CMAP local-address Loopback9\ncrypto map CMAP 10", 1)
	r1 += "interface Loopback9\n ip address 9.9.9.1 255.255.255.255\n"
	g := newRig(t, map[string]string{
		"R1": r1,
		"R2": strings.Replace(tunnelled("R2", "12.12.12.2", "12.12.12.1", "2", "1"), "set peer 12.12.12.1", "set peer 9.9.9.1", 1),
	}, "R1:Fa0/0 R2:Fa0/0")
	g.through(t)
	for line, show := range map[string]string{
		"Crypto Map: \"CMAP\" idb: Loopback9 local address: 9.9.9.1": "show crypto map",
		"Crypto map tag: CMAP, local addr 9.9.9.1":                   "show crypto ipsec sa",
		"12.12.12.2      9.9.9.1         QM_IDLE":                    "show crypto isakmp sa",
	} {
		if got := g.on("R1").do(show); !strings.Contains(got, line) {
			t.Errorf("%s does not say %q:\n%s", show, line, got)
		}
	}
	// From R2 as well.
	for _, missed := range []string{"local 12.12.12.1", "local 9.9.9.1 remote 9.9.9.9", "remote 9.9.9.1"} {
		g.on("R1").do("clear crypto session " + missed)
	}
	if live, _, pairs := g.on("R1").state(); live != 1 || pairs != 1 {
		t.Errorf("other sessions were cleared: %d SAs and %d pairs left", live, pairs)
	}
	g.on("R1").do("clear crypto session local 9.9.9.1 remote 12.12.12.2")
	if live, _, pairs := g.on("R1").state(); live+pairs != 0 {
		t.Errorf("%d SAs and %d pairs left", live, pairs)
	}
	g.Pass(time.Second)
	for range 2 {
		g.pinged("R2")
	}
	if !g.pinged("R2") {
		t.Error("R2 does not get through")
	}
	// The address goes, and the SAs with it; so do they when the map is from elsewhere.
	n := g.on("R1")
	n.configure("interface Loopback9", "ip address 9.9.9.3 255.255.255.255")
	if live, _, pairs := n.state(); live+pairs != 0 {
		t.Errorf("%d SAs and %d pairs of the address that is gone", live, pairs)
	}
	n.configure("interface Loopback9", "ip address 9.9.9.1 255.255.255.255")
	g.Pass(10 * time.Second)
	g.through(t)
	n.configure("no crypto map CMAP local-address")
	if live, _, pairs := n.state(); live+pairs != 0 {
		t.Errorf("%d SAs and %d pairs of the address that is not used", live, pairs)
	}
	g.on("R2").configure("crypto map CMAP 10", "set peer 12.12.12.1", "no set peer 9.9.9.1")
	g.Pass(10 * time.Second)
	g.through(t)
}
