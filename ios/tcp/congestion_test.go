package tcp

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// Windows in segments of 1000 bytes.
func TestCongestionWindow(t *testing.T) {
	const mss = 1000
	var g congestion
	state := func() []any { return []any{g.window, g.threshold, g.recovering} }
	g.begin(mss, 0, false)
	equal(t, "initial", state(), "[4000 65535 false]")
	g.begin(1460, 0, false)
	equal(t, "initial of large segments", g.window, 4380)
	g.begin(4000, 0, false)
	equal(t, "initial of larger segments", g.window, 8000)
	g.begin(mss, 0, true)
	equal(t, "initial after a lost SYN", g.window, mss)

	g.begin(mss, 0, false)
	g.acked(1000, 3000, mss, 1000)
	g.acked(2000, 3000, mss, 3000)
	equal(t, "slow start", state(), "[6000 65535 false]")
	g.threshold = 6000
	g.acked(1000, 3000, mss, 4000)
	equal(t, "congestion avoidance", state(), "[6166 6000 false]")

	lost := []bool{}
	for range 3 {
		lost = append(lost, g.duplicate(8000, mss, 4000, 12000))
	}
	equal(t, "the third duplicate", lost, "[false false true]")
	equal(t, "a loss", state(), "[7000 4000 true]")
	equal(t, "a fourth", g.duplicate(8000, mss, 4000, 12000), false)
	equal(t, "grows", state(), "[8000 4000 true]")
	equal(t, "a partial ACK", g.acked(2000, 6000, mss, 6000), true)
	equal(t, "after it", state(), "[7000 4000 true]")
	equal(t, "a full ACK", g.acked(6000, 1000, mss, 12000), false)
	equal(t, "after it", state(), "[2000 4000 false]")

	g.window = 20000
	for range 5 {
		if g.duplicate(8000, mss, 11000, 20000) {
			t.Error("a loss of what was lost before")
		}
	}
	g.timedOut(true, 8000, mss, 30000)
	equal(t, "timed out", state(), "[1000 4000 false]")
	g.timedOut(false, 1000, mss, 30000)
	equal(t, "again", state(), "[1000 4000 false]")
	g.timedOut(true, 1000, mss, 30000)
	equal(t, "of little", state(), "[1000 2000 false]")
	g.window, g.threshold = bufferSize-10, bufferSize
	g.acked(1000, 1000, mss, 40000)
	equal(t, "at most", g.window, bufferSize)
}

func TestLostSYN(t *testing.T) {
	n := newNetwork(t)
	n.way = func(bool, packet.TCP) []time.Duration {
		n.way = nil
		return nil
	}
	client, _ := n.dial()
	n.Pass(2 * time.Second)
	equal(t, "client", []any{client.State(), client.rtt.rto, client.net.window}, "[ESTABLISHED 3s 1460]")
}

func TestSegmentSizes(t *testing.T) {
	for _, tt := range []struct {
		options []byte
		want    int
	}{
		{nil, 536},
		{mssOption(1460), 1460},
		{mssOption(1000), 1000},
		{mssOption(9000), 1460},
		{mssOption(10), minMSS},
		{[]byte{optionNop, optionNop, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 4, 0}, 1024},
		{[]byte{optionEnd, 0, 0, 0, 2, 4, 4, 0}, 536},
		{[]byte{3, 1, 2, 4, 4, 0, 0, 0}, 536},
		{[]byte{3, 9, 2, 4}, 536},
		{[]byte{2, 3, 4, 0}, 536},
		{[]byte{1, 1, 1, 2}, 536},
	} {
		n := newNetwork(t)
		n.b.Listen(80, nil)
		n.b.Input(addrA, addrB, packet.BuildTCP(addrA, addrB, packet.TCPFields{
			SrcPort: 9, DstPort: 80, Flags: packet.TCPSyn, Options: tt.options}, nil))
		equal(t, "size", n.b.halfOpen[0].mss, tt.want)
	}
}

// A segment that a closed window has no room for brings an ACK all the same.
func TestACKAtAClosedWindow(t *testing.T) {
	p, e := newPeer(t), &end{hold: true}
	p.a.Listen(80, func(c *Conn) Handler { e.Conn = c; return e.handler() })
	p.a.env.Window = 8
	p.send("S", 0, 0, "")
	p.send("A", 1, 1, "")
	e.Write([]byte("hello"))
	p.send("A", 1, 1, "12345678")
	p.Pass(maxDelay)
	p.answers()
	p.send("FA", 9, 6, "9")
	equal(t, "answer", p.answers(), "ACK 6:9 len 0")
	equal(t, "queued, held, state", []any{e.Queued(), e.Waiting(), e.State()}, "[0 8 ESTABLISHED]")
	p.send("A", 10, 6, "x")
	equal(t, "beyond", p.answers(), "ACK 6:9 len 0")
	e.hold = false
	e.Resume()
	p.answers()
	p.send("FA", 9, 6, "9")
	equal(t, "then", p.answers(), "ACK 6:11 len 0")
	equal(t, "got", e.got.String(), "123456789")
}

// Segments that come while handlers run and segments are sent are taken in their order.
func TestStepsInBetween(t *testing.T) {
	n := newNetwork(t)
	depth, most := 0, 0
	n.a.env.Send = func(src, dst netip.Addr, g packet.TCP) {
		depth++
		most = max(most, depth)
		n.a.Input(src, dst, g)
		depth--
	}
	var client *Conn
	turns := 0
	n.a.Listen(80, func(c *Conn) Handler {
		return Handler{Data: func(b []byte) int { return c.Write(b) }}
	})
	client, _ = n.a.Dial(at(addrA, 0), at(addrA, 80), Patience, Handler{
		Connected: func() { client.Write([]byte("ball")) },
		Data: func(b []byte) int {
			if turns++; turns < 1000 {
				client.Write(b)
			} else {
				client.Abort()
			}
			return len(b)
		},
	})
	n.Pass(time.Minute)
	if turns != 1000 || most > 1 || len(n.a.conns) != 0 {
		t.Errorf("%d turns, %d sends in one another, %d connections left", turns, most, len(n.a.conns))
	}
}
