package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestErrorsAreLimited floods a router with packets whose time to live ends there, and with
// packets that a host should have sent elsewhere: it answers a burst of each, and then as
// often as it sends unreachables. A host has no limit.
func TestErrorsAreLimited(t *testing.T) {
	expired := packet.BuildIPv4(packet.IPv4Fields{TTL: 1, Protocol: packet.ProtoUDP, Src: addr("12.12.12.2"), Dst: addr("99.1.1.1")},
		packet.BuildUDP(addrPort("12.12.12.2:1"), addrPort("99.1.1.1:9"), nil))
	t.Run("time exceeded", func(t *testing.T) { limited(t, expired, packet.ICMPTimeExceeded) })
	astray := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: addr("12.12.12.2"), Dst: addr("99.1.1.1")},
		packet.BuildUDP(addrPort("12.12.12.2:1"), addrPort("99.1.1.1:9"), nil))
	t.Run("redirects", func(t *testing.T) { limited(t, astray, packet.ICMPRedirect) })
}

// limited counts the answers of that type to many packets.
func limited(t *testing.T, p packet.IPv4, answer uint8) {
	for _, c := range []struct {
		name     string
		interval time.Duration
		every    time.Duration
		packets  int
		answers  int
	}{
		{"a flood of five seconds", unreachableInterval, time.Millisecond, 5000, icmpBurst + 9},
		{"another interval", time.Second, time.Millisecond, 5000, icmpBurst + 4},
		{"all at once", unreachableInterval, 0, 1000, icmpBurst},
		{"a traceroute", unreachableInterval, 0, 3, 3},
		{"slowly", unreachableInterval, unreachableInterval, 50, 50},
		{"without a limit", 0, 0, 1000, 1000},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newRow(t)
			n.known(t)
			n.r1.UnreachableInterval = c.interval
			start := n.Now()
			for k := range c.packets {
				n.Pass(start + time.Duration(k)*c.every - n.Now())
				n.r1.Reset() // as fast as the fast path
				n.r1.arrive(p)
			}
			got := 0
			for _, a := range n.answers() {
				if a.Protocol() == packet.ProtoICMP && packet.ICMP(a.Payload()).Type() == answer {
					got++
				}
			}
			if got != c.answers {
				t.Errorf("%d answers to %d packets, want %d", got, c.packets, c.answers)
			}
		})
	}
}
