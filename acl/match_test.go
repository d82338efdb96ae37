package acl

import (
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func listOf(t testing.TB, kind Kind, lines ...string) *List {
	t.Helper()
	l := NewList("T", kind)
	for _, line := range lines {
		if err := l.Add(mustParse(t, line, kind)); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	return l
}

func tcp(src, dst string, sport, dport uint16, flags uint8) Packet {
	return Packet{Src: addr(src), Dst: addr(dst), Protocol: protoTCP, Transport: true, SrcPort: sport, DstPort: dport, TCPFlags: flags}
}

func udp(src, dst string, sport, dport uint16) Packet {
	p := tcp(src, dst, sport, dport, 0)
	p.Protocol = protoUDP
	return p
}

func icmp(src, dst string, typ, code uint8) Packet {
	return Packet{Src: addr(src), Dst: addr(dst), Protocol: protoICMP, Transport: true, Type: typ, Code: code}
}

func fragment(p Packet) Packet {
	return Packet{Src: p.Src, Dst: p.Dst, Protocol: p.Protocol, TOS: p.TOS, Fragment: true}
}

func marked(p Packet, tos uint8) Packet { p.TOS = tos; return p }

// matches reports whether an entry, alone in a list, is the one that decides.
func matches(e Entry, p Packet) bool {
	l := NewList("test", e.Kind)
	if err := l.Add(e); err != nil {
		return false
	}
	return l.Lookup(&p).Rule != nil
}

func TestEntryMatches(t *testing.T) {
	const a, b = "10.1.1.1", "20.1.1.1"
	short := Packet{Src: addr(a), Dst: addr(b), Protocol: protoTCP}
	tests := []struct {
		line string
		p    Packet
		want bool
	}{
		{"permit ip any any", udp(a, b, 1, 2), true},
		{"permit ip host 10.1.1.1 any", udp(a, b, 1, 2), true},
		{"permit ip host 10.1.1.2 any", udp(a, b, 1, 2), false},
		{"permit ip any 20.1.0.0 0.0.255.255", udp(a, b, 1, 2), true},
		{"permit ip any 20.2.0.0 0.0.255.255", udp(a, b, 1, 2), false},
		{"permit ip 10.0.1.1 0.255.0.0 any", udp(a, b, 1, 2), true}, // not contiguous
		{"permit tcp any any", udp(a, b, 1, 2), false},
		{"permit 17 any any", udp(a, b, 1, 2), true},
		{"permit tcp any any eq 80", tcp(a, b, 1, 80, 0), true},
		{"permit tcp any any eq 80", tcp(a, b, 80, 1, 0), false},
		{"permit tcp any eq 80 any", tcp(a, b, 80, 1, 0), true},
		{"permit udp any any eq 80", tcp(a, b, 1, 80, 0), false},
		{"permit tcp any any eq 80 443", tcp(a, b, 1, 443, 0), true},
		{"permit tcp any any neq 80 443", tcp(a, b, 1, 443, 0), false},
		{"permit tcp any any neq 80 443", tcp(a, b, 1, 22, 0), true},
		{"permit tcp any any lt 80", tcp(a, b, 1, 79, 0), true},
		{"permit tcp any any lt 80", tcp(a, b, 1, 80, 0), false},
		{"permit tcp any any gt 80", tcp(a, b, 1, 80, 0), false},
		{"permit tcp any any gt 80", tcp(a, b, 1, 81, 0), true},
		{"permit tcp any any gt 65535", tcp(a, b, 1, 65535, 0), false},
		{"permit tcp any any range 20 21", tcp(a, b, 1, 19, 0), false},
		{"permit tcp any any range 20 21", tcp(a, b, 1, 20, 0), true},
		{"permit tcp any any range 20 21", tcp(a, b, 1, 21, 0), true},
		{"permit tcp any any range 20 21", tcp(a, b, 1, 22, 0), false},
		{"permit tcp any any established", tcp(a, b, 1, 2, flagSYN), false},
		{"permit tcp any any established", tcp(a, b, 1, 2, flagSYN|flagACK), true},
		{"permit tcp any any established", tcp(a, b, 1, 2, flagRST), true},
		{"permit tcp any any established psh", tcp(a, b, 1, 2, flagPSH), true},
		{"permit tcp any any syn", tcp(a, b, 1, 2, flagACK), false},
		{"permit tcp any any match-all +syn -ack", tcp(a, b, 1, 2, flagSYN), true},
		{"permit tcp any any match-all +syn -ack", tcp(a, b, 1, 2, flagSYN|flagACK), false},
		{"permit tcp any any match-any +syn -ack", tcp(a, b, 1, 2, flagSYN|flagACK), true},
		{"permit tcp any any match-any +syn -ack", tcp(a, b, 1, 2, flagACK), false},
		{"permit tcp any any match-any +syn -ack", tcp(a, b, 1, 2, 0), true},
		{"permit icmp any any echo", icmp(a, b, 8, 0), true},
		{"permit icmp any any echo", icmp(a, b, 0, 0), false},
		{"permit icmp any any unreachable", icmp(a, b, 3, 13), true},
		{"permit icmp any any host-unreachable", icmp(a, b, 3, 1), true},
		{"permit icmp any any host-unreachable", icmp(a, b, 3, 0), false},
		{"permit icmp any any 200 7", icmp(a, b, 200, 7), true},
		{"permit icmp any any 200 7", icmp(a, b, 200, 6), false},
		{"permit igmp any any host-report", Packet{Src: addr(a), Dst: addr(b), Protocol: protoIGMP, Transport: true, Type: 0x12}, true},
		{"permit igmp any any host-report", Packet{Src: addr(a), Dst: addr(b), Protocol: protoIGMP, Transport: true, Type: 0x11}, false},
		{"permit ip any any precedence critical", marked(udp(a, b, 1, 2), 5<<5), true},
		{"permit ip any any precedence critical", marked(udp(a, b, 1, 2), 4<<5), false},
		{"permit ip any any tos min-delay", marked(udp(a, b, 1, 2), 8<<1), true},
		{"permit ip any any tos min-delay", marked(udp(a, b, 1, 2), 5<<5|8<<1), true}, // precedence is no part of it
		{"permit ip any any tos normal", marked(udp(a, b, 1, 2), 8<<1), false},
		{"permit ip any any dscp ef", marked(udp(a, b, 1, 2), 46<<2|3), true},
		{"permit ip any any dscp default", marked(udp(a, b, 1, 2), 46<<2), false},
		{"permit ip any any fragments", udp(a, b, 1, 2), false},
		{"permit ip any any fragments", fragment(udp(a, b, 1, 2)), true},
		{"deny udp any any fragments", fragment(udp(a, b, 1, 2)), true},
		{"permit udp any any eq 2", fragment(udp(a, b, 1, 2)), true},
		{"deny udp any any eq 2", fragment(udp(a, b, 1, 2)), false},
		{"deny udp any any", fragment(udp(a, b, 1, 2)), true},
		{"permit tcp any any eq 2", fragment(udp(a, b, 1, 2)), false},
		{"deny icmp any any echo", fragment(icmp(a, b, 8, 0)), false},
		{"permit tcp any any neq 2", short, false},
		{"permit tcp any any", short, true},
		{"remark permit ip any any", udp(a, b, 1, 2), false},
	}
	for _, test := range tests {
		e := mustParse(t, test.line, Extended)
		if got := matches(e, test.p); got != test.want {
			t.Errorf("%q on %+v: %v", test.line, test.p, got)
		}
	}
	e := mustParse(t, "permit 10.1.1.0 0.0.0.255", Standard)
	for _, test := range []struct {
		src  string
		want bool
	}{{"10.1.1.77", true}, {"10.1.2.1", false}} {
		if matches(e, udp(test.src, b, 1, 2)) != test.want {
			t.Errorf("standard entry on %s: %v", test.src, !test.want)
		}
	}
}

func TestEvaluate(t *testing.T) {
	l := listOf(t, Extended, "remark web only", "deny tcp any host 20.1.1.9 eq 80", "permit tcp any any eq 80 log", "deny udp any any")
	tests := []struct {
		p       Packet
		outcome Outcome
		rule    int // index, -1 none
	}{
		{tcp("1.1.1.1", "20.1.1.9", 1, 80, 0), Denied, 1},
		{tcp("1.1.1.1", "20.1.1.8", 1, 80, 0), Permitted, 2},
		{tcp("1.1.1.1", "20.1.1.8", 1, 81, 0), ImplicitlyDenied, -1},
		{udp("1.1.1.1", "20.1.1.8", 1, 80), Denied, 3},
		{fragment(tcp("1.1.1.1", "20.1.1.9", 1, 80, 0)), Permitted, 2},
	}
	for _, test := range tests {
		l.ClearHits()
		r := l.Lookup(&test.p)
		if r.Rule != nil && r.Rule.Hits() != 0 {
			t.Error("Lookup counts")
		}
		if got := l.Evaluate(&test.p); got != r {
			t.Errorf("Evaluate says %+v, Lookup %+v", got, r)
		}
		if r.Outcome != test.outcome || (test.rule < 0) != (r.Rule == nil) {
			t.Errorf("%+v: %+v", test.p, r)
		}
		for i, rule := range l.Rules() {
			if hit := i == test.rule; hit != (rule.Hits() == 1) || !hit && rule.Hits() != 0 {
				t.Errorf("%+v: rule %d has %d hits", test.p, i, rule.Hits())
			}
		}
	}
	p := tests[1].p
	if r := l.Lookup(&p); r.Logs() != LogMatch || !r.Passes() || !r.Selects() {
		t.Errorf("%+v: logs %v", r, r.Logs())
	}
	p = tests[2].p
	if r := l.Lookup(&p); r.Logs() != NoLog || r.Passes() || r.Selects() {
		t.Errorf("%+v", r)
	}
}

func TestNoList(t *testing.T) {
	var undefined *List
	p := udp("1.1.1.1", "2.2.2.2", 1, 2)
	for name, l := range map[string]*List{"undefined": undefined, "empty": NewList("E", Extended), "remarks": listOf(t, Extended, "remark x")} {
		r := l.Evaluate(&p)
		if r.Outcome != NoList || !r.Passes() || r.Selects() {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestExamine(t *testing.T) {
	src, dst := addr("10.1.1.1"), addr("20.1.1.1")
	f := packet.IPv4Fields{Src: src, Dst: dst, TTL: 9, TOS: 0xb8}
	build := func(protocol uint8, offset int, payload ...byte) packet.IPv4 {
		g := f
		g.Protocol, g.FragmentOffset = protocol, offset
		return packet.BuildIPv4(g, payload)
	}
	base := Packet{Src: src, Dst: dst, TOS: 0xb8}
	want := func(change func(*Packet)) Packet { p := base; change(&p); return p }
	ports := []byte{0x12, 0x34, 0x56, 0x78}
	tests := []struct {
		name string
		ip   packet.IPv4
		want Packet
	}{
		{"UDP", build(17, 0, ports...), want(func(p *Packet) {
			p.Protocol, p.Transport, p.SrcPort, p.DstPort = 17, true, 0x1234, 0x5678
		})},
		{"UDP too short", build(17, 0, 1, 2, 3), want(func(p *Packet) { p.Protocol = 17 })},
		{"TCP", build(6, 0, append(ports, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12)...), want(func(p *Packet) {
			p.Protocol, p.Transport, p.SrcPort, p.DstPort, p.TCPFlags = 6, true, 0x1234, 0x5678, 0x12
		})},
		{"TCP too short", build(6, 0, ports...), want(func(p *Packet) { p.Protocol = 6 })},
		{"ICMP", build(1, 0, 3, 1), want(func(p *Packet) { p.Protocol, p.Transport, p.Type, p.Code = 1, true, 3, 1 })},
		{"ICMP too short", build(1, 0, 3), want(func(p *Packet) { p.Protocol = 1 })},
		{"later fragment", build(17, 8, ports...), want(func(p *Packet) { p.Protocol, p.Fragment = 17, true })},
		{"ESP", build(50, 0, ports...), want(func(p *Packet) { p.Protocol = 50 })},
	}
	for _, test := range tests {
		if got := Examine(test.ip); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
	p := tests[0].want
	r := p.Reversed()
	if r.Src != dst || r.Dst != src || r.SrcPort != 0x5678 || r.DstPort != 0x1234 || r.Reversed() != p {
		t.Errorf("reversed %+v", r)
	}
}

func TestEvaluateAllocatesNothing(t *testing.T) {
	l := listOf(t, Extended, "permit tcp any any eq 1", "permit udp any any eq 2")
	ip := packet.BuildIPv4(packet.IPv4Fields{Src: addr("1.1.1.1"), Dst: addr("2.2.2.2"), Protocol: 17}, []byte{0, 1, 0, 2})
	if n := testing.AllocsPerRun(100, func() {
		p := Examine(ip)
		if !l.Evaluate(&p).Selects() {
			t.Fatal("no match")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	l := NewList("T", Extended)
	for i := range 100 {
		if err := l.Add(Entry{Kind: Extended, Protocol: protoUDP, Src: Any, Dst: Any, DstPorts: Eq(uint16(i))}); err != nil {
			b.Fatal(err)
		}
	}
	p := udp("1.1.1.1", "2.2.2.2", 1, 99)
	for b.Loop() {
		l.Evaluate(&p)
	}
}
