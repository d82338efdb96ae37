package forwarding

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

func TestFirstPingIsLostInARP(t *testing.T) {
	n := newRow(t)
	marks, _ := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 5})
	equal(t, "to a neighbour", marks, ".!!!!")
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 5})
	equal(t, "again", marks, "!!!!!")
	// R1 knows R2 now, R2 has still to ask for R3; R3 learns R2 from that.
	marks, _ = n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 5})
	equal(t, "over a router", marks, ".!!!!")
}

func TestColdCachesLoseTwo(t *testing.T) {
	n := newRow(t)
	marks, results := n.r1.ping(t, PingParams{Dst: addr("20.1.1.1"), Src: addr("10.1.1.1"), Count: 5})
	equal(t, "marks", marks, "..!!!")
	for _, r := range results[2:] {
		if r.RTT < 4*time.Millisecond || r.RTT > 50*time.Millisecond || r.RTT%tick != 0 || r.From != addr("20.1.1.1") {
			t.Errorf("reply %+v", r)
		}
	}
}

func TestPingMarks(t *testing.T) {
	for _, c := range []struct {
		name   string
		marks  string
		params PingParams
		before func(n *row)
	}{
		{"itself", "!!!!!", PingParams{Dst: addr("10.1.1.1")}, nil},
		{"own Ethernet", "!!!!!", PingParams{Dst: addr("12.12.12.1")}, nil},
		{"no route in between", "U.U.U", PingParams{Dst: addr("99.1.1.1")}, nil},
		{"no unreachables", ".....", PingParams{Dst: addr("99.1.1.1")}, func(n *row) {
			n.r2.Interface(Name{Kind: FastEthernet, Parts: 2}).Unreachables = false
		}},
		{"no route here", ".....", PingParams{Dst: addr("99.1.1.1")}, func(n *row) {
			n.r1.RemoveStatic(StaticRoute{Prefix: n.r1.Statics()[0].Prefix})
		}},
		{"no such host", ".....", PingParams{Dst: addr("12.12.12.99")}, nil},
		{"beyond a loopback", ".....", PingParams{Dst: addr("10.1.1.2")}, nil},
		{"too big here", ".....", PingParams{Dst: addr("23.23.23.3"), Size: 1600, DF: true}, nil},
		{"too big on the way", "M.M.M", PingParams{Dst: addr("23.23.23.3"), Size: 1400, DF: true}, func(n *row) {
			n.r2.Interfaces()[1].SetIPMTU(1300)
		}},
		{"cut on the way", "!!!!!", PingParams{Dst: addr("23.23.23.3"), Size: 1400}, func(n *row) {
			n.r2.Interfaces()[1].SetIPMTU(1300)
		}},
		{"as big as can be", "!!!!!", PingParams{Dst: addr("23.23.23.3"), Size: 18024, Validate: true}, nil},
		{"filtered", "U.U.U", PingParams{Dst: addr("23.23.23.3")}, func(n *row) {
			n.r2.Interfaces()[0].AccessIn = filterFunc(func(p packet.IPv4) bool { return p.Protocol() != packet.ProtoICMP })
		}},
		{"filtered on the way out", "U.U.U", PingParams{Dst: addr("23.23.23.3")}, func(n *row) {
			n.r2.Interfaces()[1].AccessOut = filterFunc(func(packet.IPv4) bool { return false })
		}},
		{"own packets pass the list", "!!!!!", PingParams{Dst: addr("23.23.23.3")}, func(n *row) {
			n.r1.Interfaces()[0].AccessOut = filterFunc(func(packet.IPv4) bool { return false })
		}},
		{"Null0", "U.U.U", PingParams{Dst: addr("5.5.5.5")}, func(n *row) {
			n.r2.AddStatic(StaticRoute{Prefix: prefix("5.5.5.0/24"), Interface: Name{Kind: Null, Parts: 1}, Distance: 1})
		}},
		{"loop", "&&&&&", PingParams{Dst: addr("5.5.5.5")}, func(n *row) {
			n.r2.route(t, "5.5.5.0/24", "23.23.23.3")
		}},
		{"link down", ".....", PingParams{Dst: addr("23.23.23.3")}, func(n *row) {
			n.r1.Interfaces()[0].SetCarrier(false)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newRow(t)
			n.r1.ping(t, PingParams{Dst: addr("23.23.23.3"), Count: 3})
			if c.before != nil {
				c.before(n)
			}
			c.params.Count = 5
			marks, _ := n.r1.ping(t, c.params)
			equal(t, "marks", marks, c.marks)
		})
	}
}

func TestPingSpendsItsTimeouts(t *testing.T) {
	n := newRow(t)
	start := n.Now()
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.99"), Count: 5, Timeout: 3 * time.Second})
	if took := n.Now() - start; took < 15*time.Second || took > 15200*time.Millisecond {
		t.Errorf("five time-outs of 3 s took %v", took)
	}
}

func TestPingSweep(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	_, results := n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2, SweepMin: 36, SweepMax: 100, SweepStep: 30})
	var sizes []int
	for _, r := range results {
		sizes = append(sizes, r.Size)
	}
	equal(t, "sizes", sizes, []int{36, 66, 96, 36, 66, 96})
}

func TestPingBroadcast(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	_, results := n.r1.ping(t, PingParams{Dst: addr("12.12.12.255"), Count: 2})
	if len(results) != 2 || results[0].From != addr("12.12.12.2") || results[1].Seq != 1 {
		t.Errorf("results %+v", results)
	}
}

func TestPingStops(t *testing.T) {
	n := newRow(t)
	p := n.r1.StartPing(PingParams{Dst: addr("12.12.12.99"), Count: 1000})
	woken := 0
	p.Wait(func() { woken++ })
	n.Pass(3 * time.Second)
	p.Stop()
	p.Stop()
	n.Pass(time.Minute)
	if woken != 1 || !p.Done() || len(n.r1.pings) != 0 {
		t.Errorf("woken %d times, done %v, %d left", woken, p.Done(), len(n.r1.pings))
	}
}

func TestPingPayload(t *testing.T) {
	n := newRow(t)
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 2})
	n.left.seen = nil
	n.r1.ping(t, PingParams{Dst: addr("12.12.12.2"), Count: 1, TOS: 0xb8, DF: true, Size: 41})
	p := packet.IPv4(packet.Ethernet(n.left.seen[0]).Payload())
	p = p[:p.TotalLen()]
	data := packet.ICMP(p.Payload()).Payload()
	if len(p) != 41 || p.TOS() != 0xb8 || !p.DF() || string(data[8:]) != "\xab\xcd\xab\xcd\xab" {
		t.Errorf("packet %x", p)
	}
}

type filterFunc func(packet.IPv4) bool

func (f filterFunc) Lookup(p packet.IPv4) acl.Result {
	if f(p) {
		return acl.Result{Outcome: acl.Permitted}
	}
	return acl.Result{Outcome: acl.Denied}
}

func (filterFunc) Apply(packet.IPv4, acl.Result) {}
