package forwarding

import (
	"fmt"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestARPIsTold: what happens by ARP is told where that is wanted, and only there.
func TestARPIsTold(t *testing.T) {
	n := newRow(t)
	var told []string
	n.r2.env.Emit = func(e Event) { told = append(told, fmt.Sprintf("%T", e)) }
	n.r2.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 1})
	equal(t, "not wanted", told, []string(nil))

	n.r2.TellARP = true
	n.r2.ping(t, PingParams{Dst: addr("12.12.12.1"), Count: 1})
	equal(t, "asking", told, []string{"forwarding.ARPBegun", "forwarding.ARPSent", "forwarding.ARPHeard"})

	told = nil
	in := n.r2.Interface(name(t, "FastEthernet0/0"))
	stranger := packet.MAC{2, 0, 0, 0, 0, 9}
	in.Receive(packet.BuildEthernet(packet.Broadcast, stranger, packet.EtherTypeARP,
		packet.BuildARP(packet.ARPRequest, stranger, addr("192.0.2.9"), packet.MAC{}, addr("12.12.12.2"))))
	equal(t, "from another subnet", told, []string{"forwarding.ARPFiltered"})
}
