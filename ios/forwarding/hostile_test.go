package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestReassemblyBeyondTheLongestPacket: the first fragment's header is longer
// than that of the last one, and with it the whole is longer than a packet can be.
func TestReassemblyBeyondTheLongestPacket(t *testing.T) {
	options := make([]byte, 40)
	for i := range options {
		options[i] = 1 // no operation
	}
	piece := func(offset, n int, more bool, options []byte) packet.IPv4 {
		return packet.BuildIPv4(packet.IPv4Fields{
			ID: 9, MF: more, FragmentOffset: offset, TTL: 9, Protocol: packet.ProtoICMP,
			Src: addr("12.12.12.2"), Dst: addr("12.12.12.1"), Options: options,
		}, make([]byte, n))
	}
	for _, end := range []int{maxDatagram - 60, maxDatagram - 20} {
		n := newRow(t)
		n.r1.arrive(piece(0, 1440, true, options))
		offset := 1440
		for ; offset+1480 < end; offset += 1480 {
			n.r1.arrive(piece(offset, 1480, true, nil))
		}
		n.r1.arrive(piece(offset, end-offset, false, nil))
		n.Pass(time.Second)
		equal(t, "held", n.r1.reassembly.room, 0)
	}
}

// TestUDPNeverFromABroadcast: a router that answers a datagram to a subnet's broadcast
// address must not send from it (RFC 1122 §3.2.1.3).
func TestUDPNeverFromABroadcast(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	for _, local := range []string{"12.12.12.255:500", "255.255.255.255:500"} {
		n.left.seen = nil
		n.r1.SendUDP(addrPort(local), addrPort("12.12.12.2:500"), nil)
		n.Pass(time.Second)
		equal(t, "source", packet.IPv4(packet.Ethernet(n.left.seen[0]).Payload()).Src(), "12.12.12.1")
	}
}

// TestARPTimeoutOfZero is IOS's way to say that entries never end.
func TestARPTimeoutOfZero(t *testing.T) {
	n := newRow(t)
	for _, r := range []*router{n.r1, n.r2} {
		r.Interface(name(t, "fa0/0")).ARPTimeout = 0
	}
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.Pass(48 * time.Hour)
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	equal(t, "two days later", marks, "!")
}
