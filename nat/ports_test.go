package nat

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestScanTakesNothing: a scan from every port of a host gets what is free, group by group,
// and nothing that others hold; it loses no conversation, and when it is over there is
// room again.
func TestScanTakesNothing(t *testing.T) {
	r := patRig(t)
	r.quiet = true
	r.fixed(Static{Protocol: 6, Local: addr("10.0.0.9"), LocalPort: 80, Interface: "Out", GlobalPort: 8080})
	held := make(map[uint32]uint32) // by global port: the local one
	for _, port := range []uint32{1, 200, 511, 512, 1000, 1023, 1024, 5000, 65535} {
		r.step(fmt.Sprintf("> tcp 10.0.0.1:%d 20.1.1.1:80 ack", port))
		held[port] = port
	}
	taken := make(map[uint32]bool)
	refused := 0
	for port := range uint32(65536) {
		p := tcpFrom("10.0.0.2", port)
		d := r.Outbound(p, Way{})
		d.Apply()
		if d.Verdict == Refused {
			if refused++; d.Reason != NoAddress {
				t.Fatal(d.Reason)
			}
			continue
		}
		got := read(d.Packets[0]).srcID
		switch {
		case taken[got] || held[got] != 0 || got == 8080:
			t.Fatalf("port %d became %d, which is not free", port, got)
		case port > 0 && groupOf(got) != groupOf(port):
			t.Fatalf("port %d became %d, of another group", port, got)
		}
		taken[got] = true
	}
	// Of the 65,536 there are 65,526 for the scan: port 0 is its own.
	if len(taken) != 65536-len(held)-1 || refused != len(held)+1 {
		t.Errorf("%d ports taken, %d refused", len(taken), refused)
	}
	for port := range held {
		want := fmt.Sprintf("tcp 20.1.1.1:80 10.0.0.1:%d ack", port)
		if got := r.step(fmt.Sprintf("< tcp 20.1.1.1:80 200.1.1.1:%d ack", port)); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	for _, port := range []uint32{1, 512, 1024} { // there is no port for a third host
		r.expect(fmt.Sprintf("> tcp 10.0.0.3:%d 20.1.1.1:80 syn", port), "refused")
	}
	r.expect("> udp 10.0.0.3:500 20.1.1.1:500", "udp 200.1.1.1:500 20.1.1.1:500") // another protocol
	r.Clear(Selector{Protocol: packet.ProtoTCP, InsideLocal: Endpoint{addr("10.0.0.2"), 700}})
	r.expect(
		"> tcp 10.0.0.3:999 20.1.1.1:80 syn", "tcp 200.1.1.1:701 20.1.1.1:80 syn", // that of 700
		"> tcp 10.0.0.3:998 20.1.1.1:80 syn", "refused",
	)
	r.Clear(Selector{InsideLocal: Endpoint{Addr: addr("10.0.0.2")}})
	r.expect("> tcp 10.0.0.3:998 20.1.1.1:80 syn", "tcp 200.1.1.1:998 20.1.1.1:80 syn")
	r.Clear(Selector{All: true})
	if len(r.places) != 0 || len(r.spaces) != 1 || r.spaces[spaceKey{number(addr("200.1.1.1")), 6}].count != 1 {
		t.Error("ports are left:", len(r.places), len(r.spaces))
	}
}

func tcpFrom(host string, port uint32) packet.IPv4 {
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoTCP, Src: addr(host), Dst: addr("20.1.1.1")},
		packet.BuildTCP(addr(host), addr("20.1.1.1"), packet.TCPFields{SrcPort: uint16(port), DstPort: 80, Flags: packet.TCPAck}, nil))
}

// TestNextAddressOfThePool: overload uses the first address until a group of its ports is
// full, then the next, and comes back to the first when it has room; what a static has
// whole is left out.
func TestNextAddressOfThePool(t *testing.T) {
	r := newRig(t)
	r.quiet = true
	r.list("1", "permit 10.0.0.0 0.0.255.255")
	r.pool("P", "200.1.2.1", "200.1.2.3", 24)
	r.fixed(Static{Local: addr("10.0.0.99"), Global: addr("200.1.2.2")})
	r.rule(Rule{List: "1", Pool: "P", Overload: true})
	for port := 1; port < 512; port++ {
		r.step(fmt.Sprintf("> udp 10.0.0.1:%d 20.1.1.1:500", port))
	}
	r.expect(
		"> udp 10.0.2.1:400 20.1.1.1:500", "udp 200.1.2.3:400 20.1.1.1:500",
		"> udp 10.0.2.2:600 20.1.1.1:500", "udp 200.1.2.1:600 20.1.1.1:500",
		"> tcp 10.0.2.2:400 20.1.1.1:500", "tcp 200.1.2.1:400 20.1.1.1:500",
	)
	if p := r.Pools()[0]; p.Allocated != 2 {
		t.Errorf("%+v", p)
	}
	r.RemoveStatic(Static{Local: addr("10.0.0.99"), Global: addr("200.1.2.2")})
	r.expect("> udp 10.0.2.3:400 20.1.1.1:500", "udp 200.1.2.2:400 20.1.1.1:500")
	r.wait(DefaultTimeouts().UDP + time.Second)
	r.expect("> udp 10.0.2.4:400 20.1.1.1:500", "udp 200.1.2.1:400 20.1.1.1:500")
}

// TestLimits of entries: of all, of each host, of one host, and of those of a list together.
func TestLimits(t *testing.T) {
	r := patRig(t)
	r.list("7", "permit 10.0.0.3", "permit 10.0.0.4")
	open := func(host, port int) string {
		return r.step(fmt.Sprintf("> udp 10.0.0.%d:%d 20.1.1.1:4000", host, port))
	}
	admitted := func(host, tries int) (n int) {
		for i := range tries {
			if open(host, 3000+i) != "refused" {
				n++
			}
		}
		return n
	}
	r.SetLimits(Limits{Entries: 20, AllHost: 5, Hosts: map[netip.Addr]int{addr("10.0.0.2"): 7}, Lists: map[string]int{"7": 6}})
	for _, c := range []struct{ host, want int }{{1, 5}, {2, 7}, {3, 5}, {4, 1}, {5, 2}, {6, 0}} {
		if got := admitted(c.host, 10); got != c.want {
			t.Errorf("host %d has %d entries, not %d", c.host, got, c.want)
		}
	}
	if got := open(1, 3000); got != "udp 200.1.1.1:3000 20.1.1.1:4000" {
		t.Error("what is there:", got)
	}
	r.SetLimits(Limits{})
	if got := admitted(6, 10); got != 10 {
		t.Error("without limits:", got)
	}
	r.SetLimits(Limits{AllHost: 12}) // counts what is there
	if got := admitted(6, 20); got != 12 {
		t.Error("with what was there:", got)
	}
	r.SetLimits(Limits{Lists: map[string]int{"7": 6}})
	r.list("7", "permit 10.0.0.6") // an edited list holds for what is there
	if got := open(6, 3100); got != "refused" {
		t.Error("by an edited list:", got)
	}
	r.SetLimits(Limits{AllHost: 12})
	r.wait(time.Hour)
	if got := admitted(6, 20); got != 12 || len(r.limits.hosts) != 1 {
		t.Error("later:", got, len(r.limits.hosts))
	}
}
