package forwarding

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// fakeNAT translates one address, and refuses another.
type fakeNAT struct {
	local, global, refused netip.Addr
	applied                int
	ways                   []nat.Way
}

func (f *fakeNAT) Outbound(p packet.IPv4, way nat.Way, _ ...nat.Decision) nat.Decision {
	f.ways = append(f.ways, way)
	if p.Src() == f.refused {
		return nat.Decision{Verdict: nat.Refused, Apply: f.apply}
	}
	return f.replace(p, f.local, f.global, false)
}

func (f *fakeNAT) Inbound(p packet.IPv4, _ nat.Way, _ ...nat.Decision) nat.Decision {
	return f.replace(p, f.global, f.local, true)
}

func (f *fakeNAT) apply() { f.applied++ }

// replace puts one address in place of another as the source or the destination of a
// packet, and the other way round in one that an ICMP error quotes.
func (f *fakeNAT) replace(p packet.IPv4, from, to netip.Addr, dst bool) nat.Decision {
	src, at := p.Src(), p.Dst()
	fields := packet.IPv4Fields{TOS: p.TOS(), ID: p.ID(), DF: p.DF(), TTL: p.TTL(), Protocol: p.Protocol(), Src: src, Dst: at}
	body := slices.Clone(p.Payload())
	if m := packet.ICMP(body); p.Protocol() == packet.ProtoICMP && m.Type() == packet.ICMPTimeExceeded {
		if quote := m.Payload(); netip.AddrFrom4([4]byte(quote[16:20])) == from && !dst {
			copy(quote[16:20], to.AsSlice())
		}
		copy(body, packet.BuildICMP(m.Type(), m.Code(), 0, m.Payload()))
	}
	switch {
	case dst && at == from:
		fields.Dst = to
	case !dst && src == from:
		fields.Src = to
	default:
		return nat.Decision{}
	}
	return nat.Decision{Verdict: nat.Translated, Packets: []packet.IPv4{packet.BuildIPv4(fields, body)}, Apply: f.apply}
}

// natRow is the row with NAT in R2: R1 is inside, R3 outside.
func natRow(t testing.TB) (*row, *fakeNAT) {
	n := newRow(t)
	f := &fakeNAT{local: addr("10.1.1.1"), global: addr("99.9.9.9"), refused: addr("12.12.12.1")}
	n.r2.NAT = f
	n.r2.Interfaces()[0].NAT, n.r2.Interfaces()[1].NAT = Inside, Outside
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.r3.ping(t, PingParams{Dst: addr("23.23.23.2"), Count: 2})
	return n, f
}

func TestNATBothWays(t *testing.T) {
	n, f := natRow(t)
	var seen []netip.Addr
	n.r3.AddWatch(func(s Step) {
		if s.Stage == StageHeader {
			seen = append(seen, s.Packet.Src())
		}
	})
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 2})
	equal(t, "marks", marks, "!!")
	equal(t, "sources", seen, []netip.Addr{f.global, f.global})
	equal(t, "applied", f.applied, 4)
	equal(t, "way", f.ways[len(f.ways)-1], nat.Way{Out: "FastEthernet0/1", NextHop: addr("23.23.23.3")})
}

func TestNATRefuses(t *testing.T) {
	n, _ := natRow(t)
	n.r2.watch()
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Count: 1})
	equal(t, "marks", marks, "U")
	equal(t, "steps", n.r2.steps, []string{"NAT inside to outside: dropped: NAT has no address or port left for it", "transmit: taken: sent"})
}

// TestErrorsAboutTranslatedPackets: an error that is made behind NAT quotes the packet as
// its sender knows it, and so does one that is made before.
func TestErrorsAboutTranslatedPackets(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(n *row)
		params PingParams
	}{
		{"time exceeded", func(n *row) { n.r1.TTL = 1 }, PingParams{}},
		{"access list out", func(n *row) {
			n.r2.Interfaces()[1].AccessOut = filterFunc(func(p packet.IPv4) bool { return p.Src() != addr("99.9.9.9") })
		}, PingParams{}},
		{"too big for the link", func(n *row) { n.r2.Interfaces()[1].SetIPMTU(1000) }, PingParams{Size: 1200, DF: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, _ := natRow(t)
			c.before(n)
			var errors []string
			n.r1.AddWatch(func(s Step) {
				if s.Reason == ICMPErrorTaken {
					quote := packet.IPv4(packet.ICMP(s.Packet.Payload()).Payload())
					errors = append(errors, s.Packet.Src().String()+" "+quote.Src().String())
				}
			})
			c.params.Dst, c.params.Src, c.params.Count = addr("20.1.1.1"), addr("10.1.1.1"), 1
			n.r1.ping(t, c.params)
			equal(t, "errors", errors, []string{"12.12.12.2 10.1.1.1"})
		})
	}
}

// TestNATSides: only what crosses from inside to outside is translated on its way out.
func TestNATSides(t *testing.T) {
	for _, c := range []struct {
		in, out NATSide
		made    bool
		want    bool
	}{
		{Inside, Outside, false, true},
		{Outside, Outside, false, false},
		{None, Outside, false, false},
		{Inside, Inside, false, false},
		{Inside, None, false, false},
		{None, Outside, true, true},
		{None, Inside, true, false},
	} {
		if got := c.out.crosses(c.made, c.in); got != c.want {
			t.Errorf("from %d to %d, made %v: %v", c.in, c.out, c.made, got)
		}
	}
}
