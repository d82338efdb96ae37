package forwarding

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// requests counts the ARP requests for a that passed a wire, and how many were broadcasts.
func (l *wire) requests(a netip.Addr) (n, broadcasts int) {
	for _, f := range l.seen {
		e := packet.Ethernet(f)
		if m := packet.ARP(e.Payload()); e.Type() == packet.EtherTypeARP && m.Op() == packet.ARPRequest && m.TargetIP() == a {
			n++
			if e.Dst() == packet.Broadcast {
				broadcasts++
			}
		}
	}
	return n, broadcasts
}

func (r *router) arp() (text string) {
	for _, e := range r.ARP() {
		age := fmt.Sprint(int(e.Age.Minutes()))
		if e.Own {
			age = "-"
		}
		mac := "known"
		if e.Incomplete {
			mac = "incomplete"
		}
		text += fmt.Sprintf("%v %s %s; ", e.Address, age, mac)
	}
	return strings.TrimSuffix(text, "; ")
}

func TestARPTable(t *testing.T) {
	n := newRow(t)
	equal(t, "cold", n.r1.arp(), "12.12.12.1 - known")
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.3"), Count: 1})
	n.Pass(58 * time.Second)
	equal(t, "a minute later", n.r1.arp(), "12.12.12.1 - known; 12.12.12.2 1 known; 12.12.12.3 0 incomplete")
	n.Pass(time.Minute)
	equal(t, "two", n.r1.arp(), "12.12.12.1 - known; 12.12.12.2 2 known")
}

func TestARPEntryInUseCostsNoPacket(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
	for range 26 * 120 {
		n.Pass(30*time.Second - 100*time.Millisecond)
		if marks, _ := n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 1}); marks != "!" {
			t.Fatalf("a ping was lost at %v: %q", n.Now(), marks)
		}
	}
	if asked, broadcasts := n.left.requests(addr("12.12.12.2")); asked > 8 || broadcasts > 1 {
		t.Errorf("%d requests, %d of them broadcasts, in 26 hours", asked, broadcasts)
	}
}

func TestARPRefreshSurvivesLoss(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.Pass(4*time.Hour - 90*time.Second)
	lost := 0
	n.left.lose = func(f []byte) bool {
		if packet.Ethernet(f).Type() != packet.EtherTypeARP || lost == 2 {
			return false
		}
		lost++
		return true
	}
	n.Pass(2 * time.Minute)
	if marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1}); marks != "!" || lost != 2 {
		t.Errorf("marks %q after %d losses", marks, lost)
	}
}

func TestARPEntryNotInUseGoes(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.Pass(4*time.Hour + time.Minute)
	// Both ends used theirs a moment after they had learnt it, so one of them asks
	// again once, and the other learns from that.
	one, _ := n.left.requests(addr("12.12.12.1"))
	other, _ := n.left.requests(addr("12.12.12.2"))
	equal(t, "requests", one+other, 2)
	n.Pass(4 * time.Hour)
	equal(t, "after eight hours", n.r1.arp(), "12.12.12.1 - known")
}

func TestARPEntryWantedInItsLastMinute(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.Pass(8*time.Hour - 90*time.Second) // refreshed once, idle since
	for range 10 {
		n.Pass(10 * time.Second)
		if marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1}); marks != "!" {
			t.Fatalf("lost at %v", n.Now())
		}
	}
}

func TestARPRequestsAreLimited(t *testing.T) {
	n := newRow(t)
	for range 100 {
		n.r1.SendUDP(netip.AddrPort{}, addrPort("12.12.12.77:9"), nil)
		n.Pass(10 * time.Millisecond)
	}
	if asked, _ := n.left.requests(addr("12.12.12.77")); asked > 2 {
		t.Errorf("%d requests in a second", asked)
	}
}

func TestGratuitousARPTeachesNobodyNew(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	n.r3.Interfaces()[0].SetShutdown(true)
	n.r3.Interfaces()[0].SetShutdown(false)
	n.Pass(time.Second)
	if strings.Contains(n.r2.arp(), "23.23.23.3") {
		t.Error("R2 learnt R3 from an announcement")
	}
	// but a neighbour that knows an address hears that it has moved
	i := n.r1.Interfaces()[0]
	i.mac[5] = 0x77
	i.announceAll()
	n.Pass(time.Second)
	for _, e := range n.r2.ARP() {
		if e.Address == addr("12.12.12.1") && e.MAC != i.mac {
			t.Errorf("R2 has %v", e.MAC)
		}
	}
}

func TestProxyARP(t *testing.T) {
	n := newRow(t)
	static := StaticRoute{Prefix: prefix("0.0.0.0/0"), Interface: name(t, "fa0/0"), Distance: 1}
	n.r1.RemoveStatic(StaticRoute{Prefix: prefix("0.0.0.0/0")})
	n.r1.AddStatic(static)
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 5})
	equal(t, "with proxy ARP", marks, "..!!!")
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("99.1.1.1"), Count: 2})
	equal(t, "to where R2 has no route", marks, "..")
	n.r2.Interfaces()[0].ProxyARP = false
	n.r1.ClearARP()
	n.Pass(5 * time.Second)
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 2})
	equal(t, "without", marks, "..")
}

func TestClearARPLosesNoPacket(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	n.Pass(time.Hour)
	n.r1.ClearARP()
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	equal(t, "marks", marks, "!")
	equal(t, "table", n.r1.arp(), "12.12.12.1 - known; 12.12.12.2 0 known")
	n.left.lose = func([]byte) bool { return true }
	n.r1.ClearARP()
	n.Pass(10 * time.Second)
	equal(t, "without an answer", n.r1.arp(), "12.12.12.1 - known")
}

func TestDuplicateAddress(t *testing.T) {
	n := newRow(t)
	i := n.r1.Interfaces()[0]
	n.r1.logs = nil
	stranger := packet.MAC{0xc2, 1, 2, 3, 4, 5}
	for range 3 {
		i.Receive(packet.BuildEthernet(packet.Broadcast, stranger, packet.EtherTypeARP,
			packet.BuildARP(packet.ARPReply, stranger, addr("12.12.12.1"), packet.Broadcast, addr("12.12.12.1"))))
	}
	if len(n.r1.logs) != 1 || !strings.HasSuffix(n.r1.logs[0],
		"12.12.12.1 of FastEthernet0/0 is taken by c201.0203.0405") {
		t.Errorf("log %q", n.r1.logs)
	}
}

// TestDefendedAddress: neighbours that believed another host believe the router again, and
// the router does not say so as often as the other likes.
func TestDefendedAddress(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1})
	n.Pass(time.Minute)
	stranger := packet.MAC{0xc2, 1, 2, 3, 4, 5}
	lie := packet.BuildEthernet(packet.Broadcast, stranger, packet.EtherTypeARP,
		packet.BuildARP(packet.ARPReply, stranger, addr("12.12.12.2"), packet.Broadcast, addr("12.12.12.2")))
	before := n.left.count(packet.EtherTypeARP)
	for range 1000 {
		n.r1.Interfaces()[0].Receive(bytes.Clone(lie))
		n.r2.Interfaces()[0].Receive(bytes.Clone(lie))
	}
	n.Pass(15 * time.Second)
	if marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1}); marks != "!" {
		t.Errorf("marks %q", marks)
	}
	equal(t, "announcements", n.left.count(packet.EtherTypeARP)-before, 2)
}

func TestARPIgnores(t *testing.T) {
	mac := packet.MAC{0xc2, 1, 2, 3, 4, 5}
	for _, c := range []struct {
		name           string
		sender, target string
		answered       bool
	}{
		{"for us", "12.12.12.9", "12.12.12.1", true},
		{"for another", "12.12.12.9", "12.12.12.2", false},
		{"from another subnet", "13.13.13.9", "12.12.12.1", false},
		{"a probe", "0.0.0.0", "12.12.12.1", true},
		{"a probe for another", "0.0.0.0", "12.12.12.9", false},
		{"the other side of us", "12.12.12.9", "10.1.1.1", true},
	} {
		n := newRow(t)
		i := n.r1.Interfaces()[0]
		i.Receive(packet.BuildEthernet(packet.Broadcast, mac, packet.EtherTypeARP,
			packet.BuildARP(packet.ARPRequest, mac, addr(c.sender), packet.MAC{}, addr(c.target))))
		if answered := n.left.count(packet.EtherTypeARP) > 0; answered != c.answered {
			t.Errorf("%s: answered %v", c.name, answered)
		}
		learnt := strings.Contains(n.r1.arp(), c.sender)
		if learnt != (c.answered && c.sender != "0.0.0.0") {
			t.Errorf("%s: learnt %v", c.name, learnt)
		}
	}
}

func TestARPCacheIsBounded(t *testing.T) {
	n := newRow(t)
	i := n.r1.AddInterface(name(t, "fa1/0"))
	i.SetAddress(prefix("50.0.0.1/8"))
	i.SetShutdown(false)
	i.Attach(func([]byte) {})
	i.SetCarrier(true)
	for k := range maxNeighbours + 10 {
		n.r1.resolve(i, netip.AddrFrom4([4]byte{50, 1, byte(k >> 8), byte(k)}))
	}
	equal(t, "entries", len(n.r1.neighbours), maxNeighbours)
	n.Pass(2 * time.Second)
	lookup := func(a string) bool {
		_, ok := n.r1.neighbours[addr(a)]
		return ok
	}
	n.r1.resolve(i, addr("50.9.9.9"))
	equal(t, "room after a scan", lookup("50.9.9.9"), true)
	mac := packet.MAC{0xc2, 1, 2, 3, 4, 5}
	used := addr("50.9.9.8")
	n.r1.learn(i, used, mac, true)
	n.r1.resolve(i, used)
	for k := range 3 * maxNeighbours {
		n.r1.learn(i, netip.AddrFrom4([4]byte{50, 2, byte(k >> 8), byte(k)}), mac, true)
	}
	n.Pass(2 * time.Second)
	n.r1.learn(i, addr("50.9.9.7"), mac, true)
	equal(t, "room after a storm", lookup("50.9.9.7"), true)
	equal(t, "the one in use is there", lookup("50.9.9.8"), true)
	n.r1.ClearARP()
	n.Pass(2 * time.Minute)
	equal(t, "entries after two minutes", len(n.r1.neighbours), 0)
}
