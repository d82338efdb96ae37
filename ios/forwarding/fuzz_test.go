package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// FuzzReceive gives a router any frame: it must neither crash nor hold on to
// anything for good, and what it sends must be well formed. Asking about the packet
// in it first changes nothing.
func FuzzReceive(f *testing.F) {
	n := newRow(f)
	mac, other := n.r1.Interfaces()[0].MAC(), n.r2.Interfaces()[0].MAC()
	a, b := addr("12.12.12.2"), addr("12.12.12.1")
	ip := func(protocol uint8, payload []byte) []byte {
		return packet.BuildEthernet(mac, other, packet.EtherTypeIPv4, packet.BuildIPv4(
			packet.IPv4Fields{TTL: 2, Protocol: protocol, Src: a, Dst: b}, payload))
	}
	f.Add(ip(packet.ProtoICMP, packet.BuildICMP(packet.ICMPEcho, 0, 1, random(20))))
	f.Add(ip(packet.ProtoICMP, packet.BuildICMP(packet.ICMPUnreachable, 3, 0, sample(20, nil))))
	f.Add(ip(packet.ProtoUDP, packet.BuildUDP(addrPort("12.12.12.2:9"), addrPort("12.12.12.1:500"), random(9))))
	f.Add(ip(packet.ProtoTCP, packet.BuildTCP(a, b, packet.TCPFields{Flags: packet.TCPSyn}, nil)))
	f.Add(ip(packet.ProtoESP, random(99)))
	f.Add([]byte(packet.BuildEthernet(packet.Broadcast, other, packet.EtherTypeARP,
		packet.BuildARP(packet.ARPRequest, other, a, packet.MAC{}, b))))
	f.Add([]byte(packet.BuildEthernet(mac, other, packet.EtherTypeIPv4, sample(300, []byte{7, 7, 4, 0, 0, 0, 0, 1})[:100])))
	f.Fuzz(func(t *testing.T, frame []byte) {
		n := newRow(t)
		n.r1.StartPing(PingParams{Dst: a, Count: 1})
		n.r1.StartTraceroute(TraceParams{Dst: a, Probes: 1, MaxTTL: 1})
		before := n.r1.state()
		for _, in := range []*Interface{nil, n.r1.Interfaces()[0]} {
			n.r1.Ask(nil, in, frame[min(len(frame), packet.EthernetHeader):], func(Step) {})
		}
		if after := n.r1.state(); after != before {
			t.Errorf("asked:\n%s\nbefore:\n%s", after, before)
		}
		n.r1.Interfaces()[0].Receive(frame)
		if len(frame) >= packet.EthernetHeader { // once more as a correct header, which mutation seldom hits
			if p := packet.IPv4(append([]byte(nil), frame[packet.EthernetHeader:]...)); len(p) >= packet.MinIPv4Header {
				p[0], p[2], p[3] = 0x45, byte(len(p)>>8), byte(len(p))
				p.UpdateChecksum()
				n.r1.arrive(p)
				n.r1.AddInterface(Name{Kind: Serial, Parts: 1}).Receive(packet.BuildHDLC(packet.EtherTypeIPv4, p))
			}
		}
		n.Pass(5 * time.Minute)
		if len(n.r1.pings)+len(n.r1.traces)+len(n.r1.reassembly.held)+n.r1.reassembly.room != 0 {
			t.Error("something is held for good")
		}
		for _, sent := range n.left.seen {
			e := packet.Ethernet(sent)
			if e.Type() == packet.EtherTypeIPv4 && !packet.IPv4(e.Payload()).Valid() {
				t.Errorf("bad packet sent: %x", sent)
			}
		}
	})
}
