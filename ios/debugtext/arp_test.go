package debugtext

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

func TestARPLines(t *testing.T) {
	ethernet := forwarding.MatchName([]string{"Ethernet0/0"}).Name
	m := forwarding.ARPMessage{
		Interface: ethernet, Sender: netip.MustParseAddr("10.10.1.10"), SenderMAC: packet.MAC{0xaa, 0xbb, 0xcc, 0, 0x91, 0},
		Target: netip.MustParseAddr("10.10.1.1"),
	}
	reply := forwarding.ARPMessage{
		Interface: ethernet, Reply: true, Sender: m.Target, SenderMAC: packet.MAC{0xaa, 0xbb, 0xcc, 0, 0x73, 0}, Target: m.Sender, TargetMAC: m.SenderMAC,
	}
	for _, tt := range []struct {
		event forwarding.Event
		want  string
	}{
		{forwarding.ARPBegun{Address: m.Target, Interface: ethernet}, "IP ARP: creating incomplete entry for IP address: 10.10.1.1 interface Ethernet0/0"},
		{forwarding.ARPSent{ARPMessage: m}, "IP ARP: sent req src 10.10.1.10 aabb.cc00.9100,\n                 dst 10.10.1.1 0000.0000.0000 Ethernet0/0"},
		{forwarding.ARPHeard{ARPMessage: reply}, "IP ARP: rcvd rep src 10.10.1.1 aabb.cc00.7300, dst 10.10.1.10 Ethernet0/0"},
		{forwarding.ARPFiltered{ARPMessage: m}, "IP ARP req filtered src 10.10.1.10 aabb.cc00.9100, dst 10.10.1.1 0000.0000.0000 wrong cable, interface Ethernet0/0"},
	} {
		if got := strings.Join(records(V124, tt.event), "|"); got != tt.want {
			t.Errorf("%T:\n got %q\nwant %q", tt.event, got, tt.want)
		}
	}
}
