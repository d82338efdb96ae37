package nat

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// dnsAnswer is an answer that tells addresses, the name of each a pointer to the question.
func dnsAnswer(name string, addresses ...string) []byte {
	m := []byte{0, 7, 0x81, 0x80, 0, 1, 0, byte(len(addresses)), 0, 0, 0, 0}
	m = append(m, byte(len(name)))
	m = append(append(m, name...), 0, 0, dnsTypeA, 0, dnsClassIN)
	for _, a := range addresses {
		m = append(m, 0xc0, dnsHeader, 0, dnsTypeA, 0, dnsClassIN, 0, 0, 14, 16, 0, 4)
		m = append(m, addr(a).AsSlice()...)
	}
	return m
}

func dnsRig(t testing.TB) *rig {
	r := patRig(t)
	r.fixed(Static{Local: addr("10.0.0.10"), Global: addr("200.1.1.10")})
	r.fixed(Static{Local: addr("10.0.0.11"), Global: addr("200.1.1.11"), NoPayload: true})
	r.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.9"), Local: addr("172.16.0.9")})
	r.expect("> udp 10.0.0.1:4000 20.1.1.53:53", "udp 200.1.1.1:4000 20.1.1.53:53")
	return r
}

// told are the addresses and times to live that arrive of an answer with these.
func (r *rig) told(inbound bool, name string, addresses ...string) (got []string, ttl []uint32) {
	r.t.Helper()
	src, dst, ask := netip.MustParseAddrPort("20.1.1.53:53"), netip.MustParseAddrPort("200.1.1.1:4000"), r.Inbound
	if !inbound {
		src, dst, ask = netip.MustParseAddrPort("10.0.0.10:53"), netip.MustParseAddrPort("20.1.1.5:4000"), r.Outbound
	}
	u := packet.BuildUDP(src, dst, dnsAnswer(name, addresses...))
	d := ask(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()}, u), Way{})
	if d.Verdict != Translated {
		r.t.Fatal(d.Verdict)
	}
	check(r.t, d.Packets[0])
	eachA(packet.UDP(d.Packets[0].Payload()).Payload(), func(t, a []byte) {
		got = append(got, netip.AddrFrom4([4]byte(a)).String())
		ttl = append(ttl, binary.BigEndian.Uint32(t))
	})
	return got, ttl
}

func TestDNS(t *testing.T) {
	r := dnsRig(t)
	for _, name := range []string{"even", "odd"} {
		got, ttl := r.told(true, name, "200.1.1.10", "20.1.1.9", "8.8.8.8", "200.1.1.11", "200.1.1.1")
		equalStrings(t, got, "10.0.0.10", "172.16.0.9", "8.8.8.8", "200.1.1.11", "200.1.1.1")
		if ttl[0] != 0 || ttl[1] != 0 || ttl[2] != 3600 {
			t.Error(ttl)
		}
		got, _ = r.told(false, name, "10.0.0.10", "172.16.0.9", "10.0.0.77")
		equalStrings(t, got, "200.1.1.10", "20.1.1.9", "10.0.0.77")
	}
	r.SetServices(Services{NoDNS: true})
	r.Clear(Selector{All: true})
	r.step("> udp 10.0.0.1:4000 20.1.1.53:53")
	got, _ := r.told(true, "x", "200.1.1.10")
	equalStrings(t, got, "200.1.1.10")
}

func equalStrings(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%d: %s, not %s", i, got[i], want[i])
		}
	}
}

// FuzzDNS: whatever comes from port 53 is carried on with a right checksum.
func FuzzDNS(f *testing.F) {
	f.Add(dnsAnswer("www", "200.1.1.10", "20.1.1.9"))
	f.Add(dnsAnswer("", "200.1.1.10")[:20])
	f.Fuzz(func(t *testing.T, m []byte) {
		if len(m) > 1400 {
			return
		}
		r := dnsRig(t)
		src, dst := netip.MustParseAddrPort("20.1.1.53:53"), netip.MustParseAddrPort("200.1.1.1:4000")
		d := r.Inbound(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()},
			packet.BuildUDP(src, dst, m)), Way{})
		check(t, d.Packets[0])
		if len(packet.UDP(d.Packets[0].Payload()).Payload()) != len(m) {
			t.Error("another length")
		}
	})
}
