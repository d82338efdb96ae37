package fastpath

import (
	"fmt"
	"strings"
	"testing"
)

// natGateways are two gateways that translate what goes from the first one's LAN to the
// second's: the first its source to 12.12.12.70, the second that again to 60.1.1.4.
// The tunnel, where there is one, carries it in between. Where exempt is set, both
// leave what the tunnel carries as it is.
func natGateways(tunnelled, exempt bool) (configs [2]string) {
	configs = gatewaysOf("esp-aes esp-sha-hmac")
	for n, lines := range [2]string{
		"ip nat pool P 12.12.12.70 12.12.12.70 prefix-length 24\nip nat inside source list 140 pool P overload\n",
		"ip nat outside source static 12.12.12.70 60.1.1.4\n",
	} {
		own, other := lans[n]+".0", lans[1-n]+".0"
		text := configs[n]
		if !tunnelled {
			text = strings.Replace(text, "\n crypto map M\n", "\n", 1)
		}
		if !exempt {
			outside := [2]string{"host 12.12.12.70 20.1.1.0 0.0.0.255", "20.1.1.0 0.0.0.255 host 12.12.12.70"}
			text = strings.Replace(text, fmt.Sprintf("110 permit ip %s 0.0.0.255 %s 0.0.0.255", own, other), "110 permit ip "+outside[n], 1)
		} else {
			lines = fmt.Sprintf("access-list 140 deny ip %s 0.0.0.255 %s 0.0.0.255\nip nat inside source list 140 interface FastEthernet0/1 overload\n", own, other)
		}
		configs[n] = strings.TrimSuffix(text, "end\n") + lines + fmt.Sprintf(`access-list 140 permit ip %s 0.0.0.255 any
access-list 122 permit ip any any
interface FastEthernet0/0
 ip nat inside
interface FastEthernet0/1
 ip nat outside
end
`, own)
	}
	return configs
}

// natWays are the ways that bulk traffic takes through NAT.
var natWays = []struct {
	name              string
	tunnelled, exempt bool
	source            string // of what comes out
}{
	{"NAT", false, false, "60.1.1.4"},
	{"NAT and a tunnel", true, false, "60.1.1.4"},
	{"an exemption and a tunnel", true, true, "10.1.1.2"},
}

// TestNATNoAllocations: bulk traffic through NAT, with a tunnel and without, is no work
// for the loop and allocates nothing. What the lists hit is counted.
func TestNATNoAllocations(t *testing.T) {
	for _, way := range natWays {
		t.Run(way.name, func(t *testing.T) {
			w := tunnel(t, natGateways(way.tunnelled, way.exempt), true)
			a, b := w.gateways[0], w.gateways[1]
			a.feed(inside, a.numbered(0, 100))
			w.run(0)
			if len(b.sent[inside]) != 1 || sourceOf(b.sent[inside][0]) != way.source {
				t.Fatalf("what came out: % x", b.sent[inside])
			}
			a.do("clear ip nat statistics", "clear access-list counters")
			run := bulk(t, w, 32, 1400)
			run()
			if n := testing.AllocsPerRun(20, run); n != 0 {
				t.Errorf("%v allocations a batch", n)
			}
			for _, g := range w.gateways {
				g.ports[inside].Interface().Stack().Fold()
			}
			const packets = 32 * 22 // AllocsPerRun has one more
			show, want := "show ip nat statistics", fmt.Sprintf("CEF Translated packets: %d, CEF Punted packets: 0", packets)
			if way.exempt {
				show, want = "show access-lists 140", fmt.Sprintf("10 deny ip 10.1.1.0 0.0.0.255 20.1.1.0 0.0.0.255 (%d matches)", packets)
			}
			if got := a.do(show); !strings.Contains(got, want) {
				t.Errorf("want %s in\n%s", want, got)
			}
		})
	}
}

// BenchmarkNAT takes packets through both gateways, each of which translates them.
func BenchmarkNAT(b *testing.B) {
	for _, way := range natWays {
		b.Run(way.name, func(b *testing.B) {
			perPacket(b, 32, 1400, bulk(b, tunnel(b, natGateways(way.tunnelled, way.exempt), true), 32, 1400))
		})
	}
}
