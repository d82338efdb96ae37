package nat

import (
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestAssumed: decisions that were not applied are assumed by others, each for its own
// conversation, and leave nothing behind.
func TestAssumed(t *testing.T) {
	r := patRig(t)
	r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9")})
	a := r.Outbound(pkt("icmp 10.0.0.1 20.1.1.1 7"), Way{})
	b := r.Outbound(pkt("udp 10.0.0.2:500 20.1.1.1:500"), Way{}, a)
	e := r.Outbound(pkt("esp 10.0.0.3 20.1.1.1 AA"), Way{}, a, b)
	in := r.Inbound(pkt("udp 20.1.1.7:40 200.1.1.9:50"), Way{})
	for _, c := range []struct {
		ask          func(packet.IPv4, Way, ...Decision) Decision
		packet, want string
	}{
		{r.Inbound, "udp 20.1.1.1:500 200.1.1.1:500", "udp 20.1.1.1:500 10.0.0.2:500"},
		{r.Inbound, "icmp 20.1.1.1 200.1.1.1 7 reply", "icmp 20.1.1.1 10.0.0.1 7 reply"},
		{r.Inbound, "esp 20.1.1.1 200.1.1.1 BB", "esp 20.1.1.1 10.0.0.3 BB"},
		{r.Outbound, "udp 10.0.0.9:50 20.1.1.7:40", "udp 200.1.1.9:50 20.1.1.7:40"},
		{r.Inbound, "udp 20.1.1.1:501 200.1.1.1:500", ""},
	} {
		d := c.ask(pkt(c.packet), Way{}, a, b, e, in)
		got := ""
		if d.Verdict == Translated {
			got = text(d.Packets[0])
		}
		if got != c.want {
			t.Errorf("%s: %q, not %q", c.packet, got, c.want)
		}
	}
	if d := r.Inbound(unreachable("30.1.1.1", pkt("udp 200.1.1.1:500 20.1.1.1:500"), 8), Way{}, a, b); d.Verdict != Translated || d.Packets[0].Dst() != addr("10.0.0.2") {
		t.Error("an error about what is assumed:", d.Verdict)
	}
	r.shows("--- 200.1.1.9 10.0.0.9 --- ---")
	if s := r.Statistics(); s.Hits+s.Misses != 0 || len(r.events) != 0 && s.Dynamic != 0 {
		t.Errorf("%+v", s)
	}
}

// TestAssumedFragments: later fragments follow a first one that is assumed.
func TestAssumedFragments(t *testing.T) {
	r := patRig(t)
	parts := cut(datagrams(1)["udp"], 24)
	first := r.Outbound(parts[0], Way{})
	for _, p := range parts[1:] {
		d := r.Outbound(p, Way{}, first)
		if d.Verdict != Translated || d.Packets[0].Src() != addr("200.1.1.1") {
			t.Error(d.Verdict)
		}
		if d := r.Outbound(p, Way{}); d.Verdict != Held {
			t.Error("without it:", d.Verdict)
		}
	}
}
