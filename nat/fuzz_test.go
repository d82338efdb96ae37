package nat

import (
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// FuzzPacket: whatever packet comes in either direction, what is translated keeps its
// length and a sound header, a worker and the loop agree, and a packet that was translated
// finds its way back.
func FuzzPacket(f *testing.F) {
	for _, s := range []string{
		"tcp 10.0.0.1:5000 20.1.1.1:80 syn", "udp 10.0.0.9:53 20.1.1.1:53", "icmp 10.0.0.2 20.1.1.1 7", "esp 10.0.0.2 20.1.1.1 A",
		"47 10.0.0.2 20.1.1.1", "udp 10.0.0.1:500 172.16.0.1:500", "tcp 10.0.0.1:4000 20.1.1.1:21",
	} {
		p := pkt(s)
		f.Add(p.Protocol(), uint8(p[15]), uint16(0), []byte(p.Payload()))
	}
	f.Fuzz(func(t *testing.T, protocol, host uint8, fragment uint16, payload []byte) {
		if len(payload) > 1400 {
			return
		}
		r := patRig(t)
		r.fixed(Static{Local: addr("10.0.0.9"), Global: addr("200.1.1.9")})
		r.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.9"), Local: addr("172.16.0.1")})
		r.SetServices(Services{FTP: []ServicePort{{Port: 21}}, PreservePort: []string{"1"}, SPIMatch: []string{"1"}})
		p := packet.BuildIPv4(packet.IPv4Fields{
			TTL: 9, Protocol: protocol, Src: address(10<<24 + uint32(host)), Dst: addr("20.1.1.1"),
			MF: fragment&1 != 0, FragmentOffset: int(fragment>>1) & 0xff * 8,
		}, payload)
		for range 2 { // the second time there is an entry, and a worker may know it
			w := append(packet.IPv4(nil), p...)
			seen := acl.Examine(w)
			e, answer := r.Publish().Outbound(w, &seen, Way{}, noHits{})
			d := r.Outbound(p, Way{})
			if d.Apply != nil {
				d.Apply()
			}
			if answer == Translate {
				if e.Rewrite(w, true); d.Verdict != Translated || string(w) != string(d.Packets[0]) {
					t.Fatalf("a worker makes %x of it, the loop %x", w, d.Packets)
				}
			}
			if answer == Pass && d.Verdict != Untouched {
				t.Fatalf("a worker would let it pass, the loop says %d", d.Verdict)
			}
			if d.Verdict != Translated {
				continue
			}
			out := d.Packets[0]
			if !out.Valid() || protocol != packet.ProtoTCP && len(out) != len(p) {
				t.Fatalf("%x became %x", p, out)
			}
			r.turnBack(p, out)
		}
	})
}

// turnBack sends an answer to what came out, with ends exchanged, and compares where it
// arrives.
func (r *rig) turnBack(p, out packet.IPv4) {
	r.t.Helper()
	c := read(out)
	if out.IsFragment() || c.short || c.protocol == packet.ProtoESP || isError(p) {
		return
	}
	back := append(packet.IPv4(nil), out...)
	c = c.reversed()
	rewrite(back, ends{c.src, c.dst, c.srcID, c.dstID}, !c.portless)
	d := r.Inbound(back, Way{})
	if d.Verdict != Translated || d.Packets[0].Src() != p.Dst() || d.Packets[0].Dst() != p.Src() {
		r.t.Fatalf("%s became %s, and the answer %s comes to %v", text(p), text(out), text(back), d.Verdict)
	}
}
