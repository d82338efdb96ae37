package tcp

import (
	"bytes"
	"fmt"
	"math/rand"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// Two ends write random bytes over a way that loses, doubles, delays and reorders, with
// handlers that take some and hold the rest: all bytes arrive, in order.
func TestNothingIsLost(t *testing.T) {
	for seed := range int64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rnd := rand.New(rand.NewSource(seed))
			n := newNetwork(t)
			loss, double := rnd.Float64()*0.25, rnd.Float64()*0.1
			jitter := time.Duration(rnd.Intn(200)+1) * time.Millisecond
			n.way = func(bool, packet.TCP) (delays []time.Duration) {
				for range 2 {
					if rnd.Float64() >= loss {
						delays = append(delays, time.Duration(rnd.Int63n(int64(jitter))))
					}
					if rnd.Float64() >= double {
						break
					}
				}
				return delays
			}
			client, server := n.dial()
			want := [2][]byte{make([]byte, rnd.Intn(300000)), make([]byte, rnd.Intn(300000))}
			for i, e := range []*end{client, server} {
				rnd.Read(want[i])
				e.pending, e.close = bytes.Clone(want[i]), true
			}
			client.push()
			started := false
			for step := 0; step < 400000; step++ {
				n.Pass(50 * time.Millisecond)
				if server.Conn != nil && !started {
					started = true
					server.push()
				}
				for _, e := range []*end{client, server} {
					if e.Conn != nil {
						check(t, e.Conn)
						if e.hold = rnd.Intn(10) == 0; !e.hold {
							e.Resume()
						}
					}
				}
				if len(n.a.conns)+len(n.b.conns) == 0 {
					break
				}
			}
			if server.Conn == nil {
				t.Fatalf("no connection in %v: %v %v", n.Now(), client.State(), client.events)
			}
			if !bytes.Equal(server.got.Bytes(), want[0]) || !bytes.Equal(client.got.Bytes(), want[1]) {
				t.Errorf("%d of %d and %d of %d bytes", server.got.Len(), len(want[0]), client.got.Len(), len(want[1]))
			}
			equal(t, "the client is told", client.events, "[connected ended closed]")
			equal(t, "the server is told", server.events, "[ended closed]")
			if testing.Verbose() {
				t.Logf("loss %.0f%%, jitter %v: %v for %d bytes in %d segments", loss*100, jitter, n.Now(), len(want[0])+len(want[1]), len(n.trace))
			}
		})
	}
}

// check looks at what holds always.
func check(t *testing.T, c *Conn) {
	t.Helper()
	held := 0
	last := c.next
	for _, p := range c.pieces {
		if p.at.before(last) || len(p.data) == 0 {
			t.Fatalf("pieces %v", c.pieces)
		}
		held, last = held+len(p.data), p.end()
	}
	if len(c.out) > bufferSize || len(c.in) > bufferSize || held > bufferSize || len(c.pieces) > maxPieces {
		t.Fatalf("out %d in %d pieces %d (%d bytes)", len(c.out), len(c.in), len(c.pieces), held)
	}
	if c.nxt.before(c.una) || c.sent.before(c.nxt) || c.edge.before(c.next) && c.state.receives() {
		t.Fatalf("una %d nxt %d sent %d; next %d edge %d", c.una, c.nxt, c.sent, c.next, c.edge)
	}
	if (c.una != c.nxt || c.unsent()) && c.state != Closed && !c.resend.running() {
		t.Fatalf("%v: something waits for nothing", c.state)
	}
}

func TestFastRetransmit(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	lost := 0
	count := 0
	n.way = func(fromA bool, g packet.TCP) []time.Duration {
		if fromA && len(g.Payload()) > 0 {
			if count++; count == 20 {
				lost++
				return nil
			}
		}
		return []time.Duration{10 * time.Millisecond}
	}
	client.pending = make([]byte, 200000)
	began := n.Now()
	client.push()
	n.RunWhile(1<<62, func() bool { return server.got.Len() < 200000 })
	if took := n.Now() - began; lost != 1 || took > 800*time.Millisecond {
		t.Errorf("%d lost, took %v", lost, took)
	}
	if client.net.threshold >= bufferSize || client.tries != 0 {
		t.Errorf("threshold %d", client.net.threshold)
	}
}

func TestSlowStart(t *testing.T) {
	n := newNetwork(t)
	client, _ := n.connected()
	n.way = func(bool, packet.TCP) []time.Duration { return []time.Duration{200 * time.Millisecond} }
	client.pending = make([]byte, 300000)
	client.push()
	var flights []int
	for range 4 {
		flights = append(flights, client.una.to(client.nxt)/client.mss)
		n.Pass(400 * time.Millisecond)
	}
	if flights[0] != 3 || flights[1] <= flights[0] || flights[2] <= flights[1] || flights[2] > 4*flights[0] {
		t.Errorf("segments under way: %v", flights)
	}
}
