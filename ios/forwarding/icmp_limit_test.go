package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestTimeExceededIsLimited floods a router with packets whose time to live ends there: it
// answers a burst, and then as often as it sends unreachables. A host has no limit.
func TestTimeExceededIsLimited(t *testing.T) {
	for _, c := range []struct {
		name     string
		interval time.Duration
		every    time.Duration
		packets  int
		answers  int
	}{
		{"a flood of five seconds", unreachableInterval, time.Millisecond, 5000, expiredBurst + 9},
		{"another interval", time.Second, time.Millisecond, 5000, expiredBurst + 4},
		{"all at once", unreachableInterval, 0, 1000, expiredBurst},
		{"a traceroute", unreachableInterval, 0, 3, 3},
		{"slowly", unreachableInterval, unreachableInterval, 50, 50},
		{"without a limit", 0, 0, 1000, 1000},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newRow(t)
			n.known(t)
			n.r1.UnreachableInterval = c.interval
			p := packet.BuildIPv4(packet.IPv4Fields{TTL: 1, Protocol: packet.ProtoUDP, Src: addr("12.12.12.2"), Dst: addr("99.1.1.1")},
				packet.BuildUDP(addrPort("12.12.12.2:1"), addrPort("99.1.1.1:9"), nil))
			start := n.Now()
			for k := range c.packets {
				n.Pass(start + time.Duration(k)*c.every - n.Now())
				n.r1.Reset() // as fast as the fast path
				n.r1.arrive(p)
			}
			got := 0
			for _, a := range n.answers() {
				if packet.ICMP(a.Payload()).Type() == packet.ICMPTimeExceeded {
					got++
				}
			}
			if got != c.answers {
				t.Errorf("%d answers to %d packets, want %d", got, c.packets, c.answers)
			}
		})
	}
}
