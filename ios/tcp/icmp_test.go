package tcp

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// quoteOf is the packet of a segment as an ICMP error quotes it.
func quoteOf(c *Conn, sequence seq) packet.IPv4 {
	g := packet.BuildTCP(c.Local().Addr(), c.Remote().Addr(), packet.TCPFields{
		SrcPort: c.Local().Port(), DstPort: c.Remote().Port(), Seq: uint32(sequence),
	}, nil)
	return packet.BuildIPv4(packet.IPv4Fields{Protocol: packet.ProtoTCP, Src: c.Local().Addr(), Dst: c.Remote().Addr()}, g[:8])
}

func TestICMPErrors(t *testing.T) {
	for _, tt := range []struct {
		name       string
		typ, code  uint8
		connected  bool
		offset     seq // of what is quoted, from the first that is not acknowledged on
		told       string
		afterwards string // when nothing gets through any more
	}{
		{"no such host", packet.ICMPUnreachable, packet.UnreachHost, false, 0, "[destination unreachable (ICMP type 3 code 1)]", ""},
		{"too many hops", packet.ICMPTimeExceeded, 0, false, 0, "[destination unreachable (ICMP type 11 code 0)]", ""},
		{"a filter that plays port unreachable", packet.ICMPUnreachable, packet.UnreachPort, false, 0, "[connection refused]", ""},
		{"source quench", packet.ICMPSourceQuench, 0, false, 0, "[]", "[connection timed out]"},
		{"about another segment", packet.ICMPUnreachable, packet.UnreachHost, false, 9, "[]", "[connection timed out]"},
		{"of a connection", packet.ICMPUnreachable, packet.UnreachHost, true, 0, "[connected]", "[connected destination unreachable (ICMP type 3 code 1)]"},
		{"a filter of a connection", packet.ICMPUnreachable, packet.UnreachPort, true, 0, "[connected]", "[connected connection refused]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNetwork(t)
			c, _ := n.dial()
			if tt.connected {
				n.Pass(time.Second)
				c.Write([]byte("x"))
			}
			n.way = func(bool, packet.TCP) []time.Duration { return nil }
			n.Pass(0)
			n.a.ICMP(quoteOf(c.Conn, c.una+tt.offset), packet.BuildICMP(tt.typ, tt.code, 0, nil))
			equal(t, "told", c.events, tt.told)
			n.Pass(time.Hour)
			if tt.afterwards != "" {
				equal(t, "told afterwards", c.events, tt.afterwards)
			}
		})
	}
}

// A router on the way takes packets up to 1000 bytes, and says so.
func TestPathMTU(t *testing.T) {
	for _, says := range []uint32{1000, 0} {
		n := newNetwork(t)
		client, server := n.connected()
		client.pending, client.close = make([]byte, 100000), true
		n.way = func(fromA bool, g packet.TCP) []time.Duration {
			if len(g)+packet.MinIPv4Header <= 1000 {
				return []time.Duration{time.Millisecond}
			}
			quote := quoteOf(client.Conn, seq(g.Seq()))
			n.After(time.Millisecond, func() {
				n.a.ICMP(quote, packet.BuildICMP(packet.ICMPUnreachable, packet.UnreachNeedFrag, says, nil))
			})
			return nil
		}
		client.push()
		n.Pass(10 * time.Second)
		equal(t, "arrived", server.got.Len(), 100000)
		want := 960
		if says == 0 {
			want = oldMTU - headers
		}
		equal(t, "segments", client.mss, want)
	}
}

func TestICMPAboutNoConnection(t *testing.T) {
	n := newNetwork(t)
	c, _ := n.connected()
	quote := quoteOf(c.Conn, c.una)
	c.Abort()
	n.a.ICMP(quote, packet.BuildICMP(packet.ICMPUnreachable, packet.UnreachHost, 0, nil))
}
