package forwarding

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// A TCP that is there takes segments, and the ICMP errors about those that it sent.
func TestTCPIsHandedOver(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	var got []string
	n.r3.HandleTCP(func(_, _ netip.Addr, seg packet.TCP) bool { return seg.DstPort() == 9 },
		func(_, _ netip.Addr, seg packet.TCP) { got = append(got, string(seg.Payload())) })
	n.r3.watch()
	var errs []packet.IPv4
	n.r1.HandleErrors(packet.ProtoTCP, func(quote packet.IPv4, m packet.ICMP) {
		if m.Type() == packet.ICMPUnreachable {
			errs = append(errs, quote)
		}
	})
	src := addr("12.12.12.1")
	send := func(to string, payload string, df bool) {
		f := packet.TCPFields{SrcPort: 7, DstPort: 9, Flags: packet.TCPAck}
		n.r1.SendTCP(src, addr(to), packet.BuildTCP(src, addr(to), f, []byte(payload)), df)
		n.Pass(time.Second)
	}
	send("23.23.23.3", "hello", true)
	equal(t, "handed over", got, "[hello]")
	send("99.1.1.1", "nowhere", false)
	n.r2.Interfaces()[1].SetIPMTU(600)
	send("23.23.23.3", string(make([]byte, 1000)), true)
	if len(errs) != 2 || errs[0].Dst() != addr("99.1.1.1") || !errs[1].DF() {
		t.Errorf("errors about %x", errs)
	}
	bad := packet.BuildTCP(src, addr("23.23.23.3"), packet.TCPFields{SrcPort: 7, DstPort: 9}, []byte("changed"))
	bad[len(bad)-1]++
	n.r1.SendTCP(src, addr("23.23.23.3"), bad, false)
	n.Pass(time.Second)
	equal(t, "not handed over", len(got), 1)
	other := packet.BuildTCP(src, addr("23.23.23.3"), packet.TCPFields{SrcPort: 7, DstPort: 10}, nil)
	n.r1.SendTCP(src, addr("23.23.23.3"), other, false)
	n.Pass(time.Second)
	if !slices.Contains(n.r3.steps, "deliver: taken: no such TCP port: reset") {
		t.Errorf("steps %v", n.r3.steps)
	}
	n.r1.HandleErrors(packet.ProtoTCP, nil)
	send("99.1.1.1", "nowhere", false)
	equal(t, "no more", len(errs), 2)
}

func TestMTUTowards(t *testing.T) {
	n := newRow(t)
	n.r1.Interfaces()[0].SetIPMTU(1400)
	for a, want := range map[string]int{"23.23.23.3": 1400, "12.12.12.1": 1500, "10.1.1.1": 1500} {
		equal(t, a, n.r1.MTUTowards(addr(a)), want)
	}
}
