package labs

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

var (
	tunRouter = netip.MustParseAddr("192.0.2.1")
	tunHost   = netip.MustParseAddr("192.0.2.2")
)

// farEnd is the framing of a TUN wire and what it sends to the router of itself.
func farEnd(sent *[][]byte) *ethernetFraming {
	return &ethernetFraming{
		port: new(forwarding.Port), now: func() time.Duration { return 0 },
		send:     func(f []byte) { *sent = append(*sent, f) },
		stations: map[netip.Addr]time.Duration{},
	}
}

func TestFarEndAnswersARP(t *testing.T) {
	mac := packet.MAC{0xc2, 0, 0, 0, 0, 1}
	for _, c := range []struct {
		name     string
		op       uint16
		target   netip.Addr
		answered bool
	}{
		{"the host's", packet.ARPRequest, tunHost, true},
		{"any other", packet.ARPRequest, netip.MustParseAddr("203.0.113.7"), true},
		{"the router's own", packet.ARPRequest, tunRouter, false},
		{"an announcement", packet.ARPReply, tunRouter, false},
	} {
		var sent [][]byte
		f := farEnd(&sent)
		ask := packet.BuildEthernet(packet.Broadcast, mac, packet.EtherTypeARP, packet.BuildARP(c.op, mac, tunRouter, packet.MAC{}, c.target))
		if p := f.strip(ask); p != nil {
			t.Errorf("%s: ARP leaves as %x", c.name, p)
		}
		if (len(sent) == 1) != c.answered {
			t.Errorf("%s: %d answers", c.name, len(sent))
			continue
		}
		if !c.answered {
			continue
		}
		e := packet.Ethernet(sent[0])
		a := packet.ARP(e.Payload())
		if e.Dst() != mac || a.SenderIP() != c.target || a.SenderMAC() != farMAC || a.TargetMAC() != mac {
			t.Errorf("%s: answered by %x", c.name, sent[0])
		}
	}
}

func TestFramingOfTUN(t *testing.T) {
	p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: tunHost, Dst: tunRouter}, []byte("12345678"))
	var sent [][]byte
	for name, f := range map[string]framing{"Ethernet": farEnd(&sent), "serial": serialFraming{}} {
		frame := f.frame(p)
		if out := f.strip(append(frame, 0, 0, 0)); !bytes.Equal(out, p) {
			t.Errorf("%s: %x comes back as %x", name, p, out)
		}
		if f.frame(nil) != nil || f.frame([]byte{0x45, 0}) != nil || f.frame([]byte{0x95}) != nil {
			t.Errorf("%s: what is no packet gets a frame", name)
		}
	}
	for dst, want := range map[string]packet.MAC{
		"255.255.255.255": packet.Broadcast,
		"224.0.0.5":       {0x01, 0x00, 0x5e, 0, 0, 5},
		"239.129.2.3":     {0x01, 0x00, 0x5e, 1, 2, 3},
	} {
		p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Src: tunHost, Dst: netip.MustParseAddr(dst)}, nil)
		if got := packet.Ethernet(farEnd(&sent).frame(p)).Dst(); got != want {
			t.Errorf("%s goes to %v, want %v", dst, got, want)
		}
	}
}

// FuzzFraming: whatever a device or a router hands over is passed on or dropped.
func FuzzFraming(f *testing.F) {
	f.Add([]byte{0x45}, true)
	f.Add([]byte(packet.BuildEthernet(packet.Broadcast, farMAC, packet.EtherTypeARP, packet.BuildARP(1, farMAC, tunHost, packet.MAC{}, tunRouter))), false)
	f.Add([]byte(packet.BuildHDLC(packet.EtherTypeIPv4, packet.BuildIPv4(packet.IPv4Fields{Src: tunHost, Dst: tunRouter}, nil))), false)
	f.Fuzz(func(t *testing.T, b []byte, in bool) {
		var sent [][]byte
		for _, f := range []framing{farEnd(&sent), serialFraming{}} {
			if in {
				if frame := f.frame(b); frame != nil && !bytes.HasSuffix(frame, b) {
					t.Errorf("%x becomes %x", b, frame)
				}
				continue
			}
			if p := f.strip(b); len(p) > len(b) || p != nil && !packet.IPv4(p).Valid() {
				t.Errorf("%x leaves as %x", b, p)
			}
		}
	})
}
