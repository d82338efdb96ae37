package tcp

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// FuzzInput sends anything to a host with a listener, a connection that has data under
// way, and one that is being made; checksums and ports are put right.
func FuzzInput(f *testing.F) {
	syn := packet.BuildTCP(addrB, addrA, packet.TCPFields{SrcPort: 99, DstPort: 80, Flags: packet.TCPSyn, Options: mssOption(1460)}, nil)
	data := packet.BuildTCP(addrB, addrA, packet.TCPFields{SrcPort: 98, DstPort: 80, Flags: packet.TCPAck, Window: 9}, []byte("hello"))
	f.Add([]byte(syn), []byte(data), uint8(1))
	f.Add([]byte(data), []byte(data), uint8(0))
	f.Add([]byte{}, []byte(syn[:12]), uint8(7))
	f.Fuzz(func(t *testing.T, one, two []byte, mode uint8) {
		n := newNetwork(t)
		client, server := n.connected()
		client.Write(make([]byte, 5000))
		server.hold = mode&1 != 0
		dialled, _ := n.b.Dial(at(addrB, 0), at(addrA, 7), Patience, Handler{})
		n.Pass(0)
		for _, b := range [][]byte{one, two, one} {
			g := packet.TCP(append([]byte(nil), b...))
			n.b.Input(addrA, addrB, g)
			if len(g) < packet.MinTCPHeader {
				continue
			}
			if g[12]>>4 < 5 {
				g[12] = 5 << 4
			}
			fields := packet.TCPFields{
				SrcPort: client.Local().Port(), DstPort: 80, Flags: g.Flags(), Window: g.Window(),
				Seq: uint32(server.next) + g.Seq()%70000 - 2000, Ack: uint32(server.una) + g.Ack()%4 - 1,
			}
			var payload []byte
			if g.Valid() {
				fields.Options, payload = g.Options(), g.Payload()
			}
			n.b.Input(addrA, addrB, packet.BuildTCP(addrA, addrB, fields, payload))
			fields.SrcPort, fields.DstPort = 7, dialled.Local().Port()
			fields.Ack = uint32(dialled.una) + g.Ack()%3
			n.b.Input(addrA, addrB, packet.BuildTCP(addrA, addrB, fields, payload))
			fields.SrcPort, fields.DstPort = g.SrcPort(), g.DstPort()
			n.b.Input(addrA, addrB, packet.BuildTCP(addrA, addrB, fields, payload))
			for _, c := range n.b.Conns() {
				check(t, c)
			}
		}
		server.hold = false
		n.way = func(bool, packet.TCP) []time.Duration { return nil }
		n.Pass(time.Hour)
		for _, c := range n.b.Conns() {
			check(t, c)
			if !c.state.synchronized() {
				t.Errorf("%v for ever", c.state)
			}
		}
	})
}
