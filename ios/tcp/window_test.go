package tcp

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestClosedWindow(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	server.hold = true
	client.pending, client.close = bytes.Repeat([]byte("0123456789"), 20000), true
	want := bytes.Clone(client.pending)
	client.push()
	n.Pass(time.Minute)
	if server.Waiting() != bufferSize || client.Queued() != bufferSize || client.peerWindow != 0 {
		t.Errorf("%d wait, %d queued, window %d", server.Waiting(), client.Queued(), client.peerWindow)
	}
	n.trace = nil
	n.Pass(time.Hour)
	if len(n.trace) < 100 || len(n.trace) > 140 || n.trace[0] != "A ACK len 0" {
		t.Errorf("%d segments in an hour, first %q", len(n.trace), n.trace[0])
	}
	server.hold = false
	// The update is lost: a probe finds the window open.
	n.way = func(fromA bool, _ packet.TCP) []time.Duration {
		n.way = nil
		return nil
	}
	server.Resume()
	n.Pass(5 * time.Minute)
	if !bytes.Equal(server.got.Bytes(), want) {
		t.Errorf("%d of %d bytes", server.got.Len(), len(want))
	}
}

func TestWindowOpens(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	server.hold = true
	client.pending = make([]byte, 100000)
	client.push()
	n.Pass(10 * time.Second)
	server.hold = false
	server.Resume()
	n.Pass(time.Second)
	equal(t, "taken at once", server.got.Len(), 100000)
}

// A window as routers have it, which is less than three segments.
func TestSmallWindow(t *testing.T) {
	n := newNetwork(t)
	n.b.env.Window = 4128
	largest := 0
	n.way = func(fromA bool, g packet.TCP) []time.Duration {
		if !fromA {
			largest = max(largest, int(g.Window()))
		}
		return []time.Duration{time.Millisecond}
	}
	client, server := n.connected()
	server.hold = true
	client.pending = make([]byte, 50000)
	client.push()
	n.Pass(10 * time.Second)
	equal(t, "held", []int{server.Waiting(), largest}, "[4128 4128]")
	server.hold = false
	server.Resume()
	n.Pass(3 * time.Second)
	equal(t, "taken", server.got.Len(), 50000)
}

func TestPeerOfAClosedWindowVanishes(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	server.hold = true
	client.pending = make([]byte, 100000)
	client.push()
	n.Pass(time.Minute)
	n.way = func(bool, packet.TCP) []time.Duration { return nil }
	n.Pass(time.Hour)
	equal(t, "told", client.events, "[connected connection timed out]")
}

func TestSmallSegmentsAreGathered(t *testing.T) {
	for _, noDelay := range []bool{false, true} {
		n := newNetwork(t)
		client, _ := n.connected()
		client.NoDelay = noDelay
		for range 5 {
			client.Write([]byte("key"))
		}
		n.Pass(time.Second)
		want := "A PSH,ACK len 3;A PSH,ACK len 12;B ACK len 0"
		if noDelay {
			want = strings.Repeat("A PSH,ACK len 3;", 5) + "B ACK len 0"
		}
		var got []string
		for _, s := range n.trace {
			if s != "B ACK len 0" || len(got) == 0 || got[len(got)-1] != s {
				got = append(got, s)
			}
		}
		if !noDelay { // the first ACK comes when the other side's delay is over
			got = append(got[:1], got[2:]...)
		}
		equal(t, "segments", strings.Join(got, ";"), want)
	}
}

func TestSegmentsFitTheWay(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	equal(t, "MSS", []int{client.mss, server.mss}, "[1460 1460]")
	client.Write(make([]byte, 6000))
	n.Pass(time.Second)
	equal(t, "first", n.trace[0], "A ACK len 1460")
}
