package nat

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// cut makes fragments of a packet, of n bytes each.
func cut(p packet.IPv4, n int) (all []packet.IPv4) {
	b := p.Payload()
	for at := 0; at < len(b); at += n {
		end := min(at+n, len(b))
		all = append(all, packet.BuildIPv4(packet.IPv4Fields{
			ID: p.ID(), MF: end < len(b), FragmentOffset: at, TTL: p.TTL(), Protocol: p.Protocol(), Src: p.Src(), Dst: p.Dst(),
		}, b[at:end]))
	}
	return all
}

// join puts fragments together.
func join(t *testing.T, all []packet.IPv4) packet.IPv4 {
	t.Helper()
	b := make([]byte, 0, 2000)
	for _, f := range all {
		if !f.Valid() || f.Src() != all[0].Src() || f.Dst() != all[0].Dst() {
			t.Fatalf("a fragment from %v to %v beside one from %v to %v", f.Src(), f.Dst(), all[0].Src(), all[0].Dst())
		}
		end := f.FragmentOffset() + len(f.Payload())
		b = b[:max(end, len(b))]
		copy(b[f.FragmentOffset():], f.Payload())
	}
	p := all[0]
	return packet.BuildIPv4(packet.IPv4Fields{ID: p.ID(), TTL: p.TTL(), Protocol: p.Protocol(), Src: p.Src(), Dst: p.Dst()}, b)
}

func datagrams(id uint16) map[string]packet.IPv4 {
	all := make(map[string]packet.IPv4)
	for name, s := range map[string]string{
		"udp": "udp 10.0.0.2:500 20.1.1.1:500", "tcp": "tcp 10.0.0.2:500 20.1.1.1:80 ack",
		"icmp": "icmp 10.0.0.2 20.1.1.1 7", "untouched": "udp 10.0.1.2:500 20.1.1.1:500",
	} {
		p := pkt(s)
		f := packet.IPv4Fields{ID: id, TTL: 9, Protocol: p.Protocol(), Src: p.Src(), Dst: p.Dst()}
		more := make([]byte, 100)
		c := read(p)
		switch p.Protocol() {
		case packet.ProtoUDP:
			p = packet.BuildIPv4(f, packet.BuildUDP(addrPort(p.Src(), c.srcID), addrPort(p.Dst(), c.dstID), more))
		case packet.ProtoTCP:
			p = packet.BuildIPv4(f, packet.BuildTCP(p.Src(), p.Dst(), packet.TCPFields{SrcPort: 500, DstPort: 80, Flags: packet.TCPAck}, more))
		default:
			p = packet.BuildIPv4(f, packet.BuildICMP(packet.ICMPEcho, 0, 7<<16, more))
		}
		all[name] = p
	}
	return all
}

// TestFragmentsInAnyOrder: what comes out can be put together to what the whole packet
// would have become.
func TestFragmentsInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for name, p := range datagrams(77) {
		for try := range 50 {
			t.Run(fmt.Sprint(name, try), func(t *testing.T) {
				r := newRig(t)
				r.list("1", "permit 10.0.0.0 0.0.0.255")
				r.rule(Rule{List: "1", Interface: "Out", Overload: true})
				r.expect("> udp 10.0.0.1:500 20.1.1.1:500", "udp 200.1.1.1:500 20.1.1.1:500",
					"> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 7")
				parts := cut(p, 24)
				if try > 0 {
					random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
				}
				var out []packet.IPv4
				for _, f := range parts {
					d := r.Outbound(f, Way{})
					if d.Apply != nil {
						d.Apply()
					}
					switch d.Verdict {
					case Translated:
						out = append(out, d.Packets...)
					case Untouched:
						out = append(out, f)
					case Refused:
						t.Fatal(d.Reason)
					}
				}
				if len(out) != len(parts) {
					t.Fatalf("%d of %d fragments came out", len(out), len(parts))
				}
				want := r.pass(p, true, Way{})
				if name == "untouched" {
					want = text(p)
				}
				got := join(t, out)
				check(t, got)
				if text(got) != want {
					t.Errorf("got %s, want %s", text(got), want)
				}
				if r.Statistics().Held != 0 || try == 0 && len(r.fragments.datagrams) != 0 {
					t.Error(r.Statistics().Held, len(r.fragments.datagrams))
				}
				r.wait(fragmentTimeout)
				if len(r.fragments.datagrams) != 0 || r.fragments.queue.Len() != 0 {
					t.Error("something is kept")
				}
			})
		}
	}
}

// TestFragmentsAreBounded: a flood of later fragments keeps no more than the limits say,
// and is forgotten in time.
func TestFragmentsAreBounded(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "Out", Overload: true})
	held := 0
	for id := range 5000 {
		f := cut(datagrams(uint16(id))["udp"], 24)[1+id%4]
		if r.pass(f, true, Way{}) == "held" {
			held++
		}
	}
	if held != maxHeldFragments || r.Statistics().Held != held {
		t.Error(held, r.Statistics().Held)
	}
	for id := range 5000 {
		r.pass(cut(datagrams(uint16(id))["udp"], 24)[0], false, Way{})
	}
	if n := len(r.fragments.datagrams); n != maxDatagrams {
		t.Error(n, "datagrams")
	}
	one := cut(datagrams(1)["udp"], 8)
	for range 100 {
		r.pass(one[1], true, Way{})
	}
	r.wait(fragmentTimeout)
	if r.Statistics().Held != 0 || len(r.fragments.datagrams) != 0 || r.fragments.queue.Len() != 0 {
		t.Error("something is kept")
	}
}

// TestFragmentsOfARefused are refused, too.
func TestFragmentsOfARefused(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "None", Overload: true})
	for i, f := range cut(datagrams(1)["udp"], 24) {
		if got := r.pass(f, true, Way{}); got != "refused" {
			t.Error(i, got)
		}
	}
}

// FuzzFragments: whatever comes, nothing panics, and what is translated is sound.
func FuzzFragments(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 0x81, 0x42})
	f.Fuzz(func(t *testing.T, order []byte) {
		r := newRig(t)
		r.list("1", "permit 10.0.0.0 0.0.0.255")
		r.rule(Rule{List: "1", Interface: "Out", Overload: true})
		parts := cut(datagrams(1)["udp"], 16)
		for _, o := range order {
			p := parts[int(o)%len(parts)]
			d := r.Outbound(p, Way{})
			for _, p := range d.Packets {
				check(t, p)
			}
			if o&0x80 == 0 && d.Apply != nil {
				d.Apply()
			}
			r.wait(time.Duration(o>>5) * 100 * time.Millisecond)
		}
	})
}
