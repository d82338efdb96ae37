package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// holding is newRow with a host in R1's place.
func holding(t *testing.T) *row {
	n := newRow(t)
	n.r1.Routing, n.r1.UnreachableInterval, n.r1.HoldUnresolved = false, 0, 3
	n.r1.TTL, n.r1.Tick = 64, 50*time.Microsecond
	return n
}

func TestPacketsWaitForTheNeighbour(t *testing.T) {
	n := holding(t)
	marks, results := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	equal(t, "marks", marks, "!!")
	if r := results[1]; r.TTL != 255 || r.RTT%n.r1.Tick != 0 || r.RTT < 200*time.Microsecond || r.RTT > 10*time.Millisecond {
		t.Errorf("reply %+v", r)
	}
	for _, f := range n.left.seen {
		if e := packet.Ethernet(f); e.Type() == packet.EtherTypeIPv4 {
			equal(t, "TTL of the first packet", packet.IPv4(e.Payload()).TTL(), 64)
			break
		}
	}
}

func TestOfTooManyTheOldestIsLost(t *testing.T) {
	n := holding(t)
	var got []byte
	n.r2.Listen(9, func(d Datagram) { got = append(got, d.Payload...) })
	n.r1.watch()
	for i := range byte(5) {
		n.r1.SendUDP(addrPort("12.12.12.1:9"), addrPort("12.12.12.2:9"), []byte{i})
	}
	n.Pass(time.Second)
	equal(t, "datagrams", got, []byte{2, 3, 4})
	counts := map[string]int{}
	for _, s := range n.r1.steps {
		counts[s]++
	}
	equal(t, "steps", counts, map[string]int{
		"transmit: taken: waits for the neighbour's hardware address":            5,
		"transmit: dropped: gives way to those that wait for the same neighbour": 2,
		"transmit: taken: sent": 3,
	})
}

func TestNeighbourThatDoesNotAnswer(t *testing.T) {
	n := holding(t)
	for range 2 { // a second time the same again
		began := n.Now()
		var pings []*Ping
		for range 4 {
			pings = append(pings, n.r1.StartPing(PingParams{Dst: addr("12.12.12.99"), Count: 1, Timeout: time.Minute}))
		}
		n.Pass(2900 * time.Millisecond)
		equal(t, "table", n.r1.arp(), "12.12.12.1 - known; 12.12.12.99 0 incomplete")
		for _, p := range pings {
			if _, ok := p.Next(); ok {
				t.Fatalf("an answer after %v", n.Now()-began)
			}
		}
		if e := n.r1.ARP()[1]; !e.Asking {
			t.Error("the entry does not say that packets wait")
		}
		n.r1.watch()
		n.r1.steps = nil
		n.Pass(200 * time.Millisecond)
		equal(t, "steps", n.r1.steps[0], "transmit: dropped: the neighbour does not answer")
		marks := ""
		for _, p := range pings {
			if r, ok := p.Next(); ok {
				marks += string(r.Mark)
				equal(t, "from", r.From, "12.12.12.1")
			}
			p.Stop()
		}
		equal(t, "marks", marks, "UUU") // the first had to give way
	}
	asked, _ := n.left.requests(addr("12.12.12.99"))
	equal(t, "requests", asked, 6)
	n.Pass(time.Minute)
	equal(t, "table a minute later", n.r1.arp(), "12.12.12.1 - known")
}

func TestHeldPacketsGoWithTheInterface(t *testing.T) {
	n := holding(t)
	p := n.r1.StartPing(PingParams{Dst: addr("12.12.12.99"), Count: 1, Timeout: 10 * time.Second})
	n.r1.Interfaces()[0].SetShutdown(true)
	n.Pass(5 * time.Second)
	if _, ok := p.Next(); ok {
		t.Error("an answer from behind an interface that is shut down")
	}
	p.Stop()
}
