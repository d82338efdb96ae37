package nat

import (
	"encoding/binary"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// unreachable is an error from a station about a packet, of which it quotes n bytes behind
// the header.
func unreachable(from string, about packet.IPv4, n int) packet.IPv4 {
	quote := about[:min(len(about), about.HeaderLen()+n)]
	return packet.BuildIPv4(
		packet.IPv4Fields{TTL: 60, Protocol: packet.ProtoICMP, Src: addr(from), Dst: about.Src()},
		packet.BuildICMP(packet.ICMPUnreachable, packet.UnreachNeedFrag, 1400, quote))
}

// quote is the packet that an error quotes, with its header's checksum verified; what is
// in it was cut.
func quote(t *testing.T, ip packet.IPv4) (about packet.IPv4) {
	t.Helper()
	check(t, ip)
	about, ok := quoted(packet.ICMP(ip.Payload()).Payload())
	if !ok || packet.Checksum(about[:about.HeaderLen()]) != 0 {
		t.Fatalf("the quoted packet is %x", []byte(about))
	}
	return about
}

// TestErrorsQuoteWhatTheSenderKnows takes each packet through NAT, has an error made about
// what came out, and takes that back: it must quote the packet that was sent.
func TestErrorsQuoteWhatTheSenderKnows(t *testing.T) {
	for _, c := range []struct{ name, sent string }{
		{"UDP by PAT", "> udp 10.0.0.2:500 20.1.1.1:500"},
		{"TCP by PAT", "> tcp 10.0.0.2:5000 20.1.1.1:80 syn"},
		{"echo by PAT", "> icmp 10.0.0.2 20.1.1.1 7"},
		{"to an outside local address", "> udp 10.0.0.2:500 172.16.0.1:500"},
		{"another protocol", "> 47 10.0.0.2 20.1.1.1"},
		{"from outside to a static", "< udp 20.1.1.2:4000 200.1.1.10:53"},
		{"from an outside static to a static", "< udp 20.1.1.9:4000 200.1.1.10:53"},
		{"from outside to a port", "< tcp 20.1.1.9:4000 200.1.1.1:8080"},
	} {
		for _, n := range []int{8, 1000} {
			t.Run(c.name, func(t *testing.T) {
				r := newRig(t)
				r.list("1", "permit 10.0.0.0 0.0.0.255")
				r.rule(Rule{List: "1", Interface: "Out", Overload: true})
				r.fixed(Static{Local: addr("10.0.0.10"), Global: addr("200.1.1.10")})
				r.fixed(Static{Protocol: 6, Local: addr("10.0.0.11"), LocalPort: 80, Interface: "Out", GlobalPort: 8080})
				r.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.9"), Local: addr("172.16.0.1")})
				r.expect("> icmp 10.0.0.1 20.1.1.1 7", "icmp 200.1.1.1 20.1.1.1 7",
					"> udp 10.0.0.1:500 20.1.1.1:500", "udp 200.1.1.1:500 20.1.1.1:500")
				sent := pkt(c.sent[2:])
				ask, back := r.Outbound, r.Inbound
				if c.sent[0] == '<' {
					ask, back = r.Inbound, r.Outbound
				}
				d := ask(sent, Way{Out: "Out"})
				d.Apply()
				entries := len(r.Translations())
				out := d.Packets[0]
				e := back(unreachable(out.Dst().String(), out, n), Way{Out: "Out"})
				e.Apply()
				if e.Verdict != Translated {
					t.Fatal(e.Verdict, e.Reason)
				}
				got := e.Packets[0]
				about := quote(t, got)
				whole := min(len(sent), sent.HeaderLen()+n)
				if string(about) != string(sent[:whole]) {
					t.Errorf("quotes\n%x, sent was\n%x", []byte(about), []byte(sent[:whole]))
				}
				if got.Src() != sent.Dst() || got.Dst() != sent.Src() {
					t.Errorf("from %v to %v", got.Src(), got.Dst())
				}
				if len(r.Translations()) != entries {
					t.Error("an entry was made for an error")
				}
			})
		}
	}
}

// TestErrorsFromTheWay are from routers between the ends.
func TestErrorsFromTheWay(t *testing.T) {
	r := newRig(t)
	r.list("1", "permit 10.0.0.0 0.0.0.255")
	r.rule(Rule{List: "1", Interface: "Out", Overload: true})
	r.fixed(Static{Local: addr("10.0.0.10"), Global: addr("200.1.1.10")})
	r.expect("> udp 10.0.0.2:500 20.1.1.1:500", "udp 200.1.1.1:500 20.1.1.1:500",
		"< udp 20.1.1.1:9 200.1.1.10:9", "udp 20.1.1.1:9 10.0.0.10:9")
	in := r.Inbound(unreachable("30.1.1.1", pkt("udp 200.1.1.1:500 20.1.1.1:500"), 8), Way{})
	if p := in.Packets[0]; p.Src() != addr("30.1.1.1") || p.Dst() != addr("10.0.0.2") {
		t.Error(p.Src(), p.Dst())
	}
	about := unreachable("10.0.5.5", pkt("udp 20.1.1.1:9 10.0.0.10:9"), 8)
	if p := r.Outbound(about, Way{}).Packets[0]; p.Src() != addr("200.1.1.10") || p.Dst() != addr("20.1.1.1") {
		t.Error(p.Src(), p.Dst())
	}
	if p := r.Outbound(about, Way{Self: true}).Packets[0]; p.Src() != addr("10.0.5.5") {
		t.Error("of the router itself:", p.Src())
	}
	for name, p := range map[string]packet.IPv4{
		"about a conversation that is not there": unreachable("30.1.1.1", pkt("udp 200.1.1.1:501 20.1.1.1:500"), 8),
		"with too short a quotation":             unreachable("30.1.1.1", pkt("udp 200.1.1.1:500 20.1.1.1:500"), 7),
	} {
		if d := r.Inbound(p, Way{}); d.Verdict != Untouched {
			t.Error(name, d.Verdict)
		}
	}
	later := pkt("udp 200.1.1.1:500 20.1.1.1:500")
	later[7] = 3 // not the first fragment: what stands behind the header is no port
	later.UpdateChecksum()
	if d := r.Inbound(unreachable("30.1.1.1", later, 8), Way{}); d.Verdict != Untouched {
		t.Error("about a later fragment:", d.Verdict)
	}
	bad := unreachable("30.1.1.1", pkt("udp 200.1.1.1:500 20.1.1.1:500"), 8)
	bad.Payload()[2] ^= 1
	if d := r.Inbound(bad, Way{}); d.Verdict != Refused {
		t.Error("with a bad checksum:", d.Verdict)
	}
}

// TestErrorsByRouteMap: whether a static with a route-map is for an error is asked about the
// packet that it quotes.
func TestErrorsByRouteMap(t *testing.T) {
	r := newRig(t)
	r.list("101", "permit udp host 10.0.0.10 any")
	r.maps["M"] = &listMap{r.lists.Get("101").Snapshot(), ""}
	r.fixed(Static{Local: addr("10.0.0.10"), Global: addr("200.1.1.10"), RouteMap: "M"})
	for about, want := range map[string]Verdict{"udp 200.1.1.10:9 20.1.1.1:9": Translated, "tcp 200.1.1.10:9 20.1.1.1:9": Untouched} {
		if d := r.Inbound(unreachable("20.1.1.1", pkt(about), 8), Way{}); d.Verdict != want {
			t.Errorf("about %s: %d", about, d.Verdict)
		}
	}
}

// FuzzICMPError: whatever an error quotes, the outer packet stays sound and the other way
// round gives back what came.
func FuzzICMPError(f *testing.F) {
	sent := pkt("udp 200.1.1.1:500 20.1.1.1:500")
	f.Add([]byte(sent), uint8(3))
	f.Add([]byte(sent[:28]), uint8(11))
	f.Add([]byte(pkt("icmp 200.1.1.1 20.1.1.1 7")[:24]), uint8(12))
	f.Fuzz(func(t *testing.T, about []byte, typ uint8) {
		if len(about) > 1000 {
			return
		}
		r := newRig(t)
		r.list("1", "permit 10.0.0.0 0.0.0.255")
		r.rule(Rule{List: "1", Interface: "Out", Overload: true})
		r.fixed(Static{Local: addr("10.0.0.10"), Global: addr("200.1.1.10")})
		r.step("> udp 10.0.0.2:500 20.1.1.1:500")
		r.step("> icmp 10.0.0.2 20.1.1.1 7")
		if len(about) >= 20 && about[3]&1 != 0 { // one that NAT knows
			binary.BigEndian.PutUint32(about[12:], number(addr("200.1.1.10")))
		}
		p := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoICMP, Src: addr("30.1.1.1"), Dst: addr("200.1.1.1")},
			packet.BuildICMP(typ, 0, 0, about))
		for _, ask := range []func(packet.IPv4, Way, ...Decision) Decision{r.Inbound, r.Outbound} {
			d := ask(p, Way{})
			for _, p := range d.Packets {
				check(t, p)
			}
			d.Apply()
		}
	})
}
