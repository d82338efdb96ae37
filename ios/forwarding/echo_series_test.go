package forwarding

import (
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestPingKeepsItsIdentifier(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.left.seen = nil
	shared := n.r1.NewEchoSeries(7)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 3})
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2, Series: shared})
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1, Series: shared})
	var got []echoKey
	for _, f := range n.left.seen {
		p := packet.IPv4(packet.Ethernet(f).Payload())
		if m := packet.ICMP(p[:p.TotalLen()].Payload()); m.Type() == packet.ICMPEcho {
			got = append(got, keyOfEcho(m))
		}
	}
	one := shared.id
	own := one + 1
	equal(t, "echoes", got, []echoKey{{own, 0}, {own, 1}, {own, 2}, {one, 7}, {one, 8}, {one, 9}})
}
