package link

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ioslab/ioslab/labs/loop"
)

// A lan is a bridge with stations that note what reaches them.
type lan struct {
	*loop.Loop
	bridge   *Bridge
	links    []*Link
	received []string
}

func newLAN(stations int) *lan {
	n := &lan{Loop: loop.New()}
	n.bridge = NewBridge(n.Loop)
	for i := range stations {
		k := New(n.Loop, rand.New(rand.NewPCG(1, 2)), Settings{})
		k.End(0).Attach(func(f []byte) {
			n.received = append(n.received, fmt.Sprintf("%d: %s", i, f[minFrame:]))
		}, func(bool) {})
		n.bridge.AddPort(k.End(1))
		n.links = append(n.links, k)
	}
	return n
}

// send has a station send from an address to another; addresses are one letter.
func (n *lan) send(station int, to, from byte, text string) {
	frame := slices.Concat([]byte{0, 0, 0, 0, 0, to, 0, 0, 0, 0, 0, from, 8, 0}, []byte(text))
	if to == '*' {
		copy(frame, "\xff\xff\xff\xff\xff\xff")
	}
	n.links[station].End(0).Send(n.Now(), frame)
	n.RunUntil(n.Now())
}

func (n *lan) want(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(n.received, want) {
		t.Errorf("received %q, want %q", n.received, want)
	}
	n.received = nil
}

func TestBridgeLearns(t *testing.T) {
	n := newLAN(3)
	n.send(0, '*', 'a', "broadcast")
	n.want(t, "1: broadcast", "2: broadcast")
	n.send(1, 'a', 'b', "known")
	n.want(t, "0: known")
	n.send(0, 'c', 'a', "unknown")
	n.want(t, "1: unknown", "2: unknown")
	n.send(0, 'a', 'c', "on its own port")
	n.want(t)

	n.send(2, '*', 'a', "moved")
	n.want(t, "0: moved", "1: moved")
	n.send(1, 'a', 'b', "follows")
	n.want(t, "2: follows")

	n.RunUntil(n.Now() + ageing)
	n.send(1, 'a', 'b', "forgotten")
	n.want(t, "0: forgotten", "2: forgotten")
}

func TestBridgeForgetsADeadPort(t *testing.T) {
	n := newLAN(3)
	n.send(0, '*', 'a', "")
	n.links[0].End(0).Change(settings(t, "state", "down"))
	n.RunUntil(n.Now())
	n.received = nil
	n.send(1, 'a', 'b', "flooded")
	n.want(t, "2: flooded")
}

func TestBridgeTableIsBounded(t *testing.T) {
	n := newLAN(2)
	for i := range maxAddresses + 100 {
		frame := make([]byte, minFrame)
		frame[6], frame[7], frame[8] = 2, byte(i>>8), byte(i)
		n.links[0].End(0).Send(n.Now(), frame)
		n.RunUntil(n.Now())
	}
	if len(n.bridge.table) > maxAddresses {
		t.Errorf("%d addresses", len(n.bridge.table))
	}
	n.RunUntil(n.Now() + ageing)
	n.send(1, '*', 'b', "")
	n.received = nil
	n.send(0, 'b', 'a', "learnt again")
	n.want(t, "1: learnt again")
}

func TestBridgeDropsRunts(t *testing.T) {
	n := newLAN(2)
	n.links[0].End(0).Send(n.Now(), []byte("short"))
	n.RunUntil(n.Now())
	n.want(t)
}
