package tcp

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestConnection(t *testing.T) {
	n := newNetwork(t)
	client, server := n.dial()
	n.Pass(time.Second)
	client.Write([]byte("hello"))
	n.Pass(time.Second)
	server.Write([]byte("world!"))
	n.Pass(time.Second)
	client.Close()
	n.Pass(time.Second)
	equal(t, "states", []State{client.State(), server.State()}, "[FIN-WAIT-2 CLOSE-WAIT]")
	server.Write([]byte("more"))
	server.Close()
	n.Pass(time.Second)
	equal(t, "states", []State{client.State(), server.State()}, "[TIME-WAIT CLOSED]")
	equal(t, "at the server", server.got.String(), "hello")
	equal(t, "at the client", client.got.String(), "world!more")
	equal(t, "the client is told", client.events, "[connected ended closed]")
	equal(t, "the server is told", server.events, "[ended closed]")
	equal(t, "segments", n.trace, []string{
		"A SYN len 0", "B SYN,ACK len 0", "A ACK len 0",
		"A PSH,ACK len 5", "B ACK len 0",
		"B PSH,ACK len 6", "A ACK len 0",
		"A FIN,ACK len 0", "B ACK len 0",
		"B PSH,ACK len 4", "B FIN,ACK len 0", "A ACK len 0",
	})
	n.Pass(2 * timeWait)
	if len(n.a.conns)+len(n.b.conns)+len(n.a.waiting) != 0 {
		t.Error("connections are left")
	}
}

func TestSimultaneousOpen(t *testing.T) {
	n := newNetwork(t)
	a, b := &end{}, &end{}
	a.Conn, _ = n.a.Dial(at(addrA, 1000), at(addrB, 2000), Patience, a.handler())
	b.Conn, _ = n.b.Dial(at(addrB, 2000), at(addrA, 1000), Patience, b.handler())
	n.Pass(time.Second)
	equal(t, "states", []State{a.State(), b.State()}, "[ESTABLISHED ESTABLISHED]")
	if len(n.trace) > 8 {
		t.Errorf("many segments: %v", n.trace)
	}
	a.Write([]byte("x"))
	b.Write([]byte("y"))
	a.Close()
	b.Close()
	n.Pass(time.Second)
	equal(t, "states", []State{a.State(), b.State()}, "[TIME-WAIT TIME-WAIT]")
	equal(t, "data", a.got.String()+b.got.String(), "yx")
	equal(t, "a is told", a.events, "[connected ended closed]")
	equal(t, "b is told", b.events, "[connected ended closed]")
}

func TestHowConnectionsEnd(t *testing.T) {
	for _, tt := range []struct {
		name           string
		do             func(n *network, client, server *end)
		client, server string
	}{
		{"the client aborts", func(_ *network, c, _ *end) { c.Abort() }, "[connected]", "[connection reset by peer]"},
		{"the server aborts", func(_ *network, _, s *end) { s.Abort() }, "[connected connection reset by peer]", "[]"},
		{"aborted with data under way", func(_ *network, c, _ *end) { c.Write(make([]byte, 9000)); c.Abort() },
			"[connected]", "[connection reset by peer]"},
		{"the server vanishes", func(n *network, c, _ *end) { n.b.Close(); n.b.closed = false; c.Write([]byte("x")) },
			"[connected connection reset by peer]", "[]"},
		{"the way vanishes", func(n *network, c, _ *end) {
			n.way = func(bool, packet.TCP) []time.Duration { return nil }
			c.Write([]byte("x"))
			n.Pass(time.Hour)
		}, "[connected connection timed out]", "[]"},
		{"the peer ends nothing", func(n *network, c, _ *end) { c.Close(); n.Pass(time.Hour) },
			"[connected connection timed out]", "[ended]"},
		{"both close", func(_ *network, c, s *end) { c.Close(); s.Close() }, "[connected ended closed]", "[ended closed]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNetwork(t)
			c, s := n.connected()
			tt.do(n, c, s)
			n.Pass(time.Second)
			equal(t, "the client is told", c.events, tt.client)
			equal(t, "the server is told", s.events, tt.server)
		})
	}
}

func TestTakes(t *testing.T) {
	n := newNetwork(t)
	client, server := n.connected()
	from := func(src, dst uint16) packet.TCP {
		return packet.BuildTCP(addrA, addrB, packet.TCPFields{SrcPort: src, DstPort: dst}, nil)
	}
	port := client.Local().Port()
	equal(t, "open, closed", []bool{n.b.Takes(addrA, addrB, from(1, 80)), n.b.Takes(addrA, addrB, from(1, 81))}, "[true false]")
	n.b.listeners[80].Close()
	equal(t, "a connection, no more", []bool{n.b.Takes(addrA, addrB, from(port, 80)), n.b.Takes(addrA, addrB, from(1, 80))}, "[true false]")
	server.Abort()
	equal(t, "over", n.b.Takes(addrA, addrB, from(port, 80)), false)
}

func TestRefused(t *testing.T) {
	n := newNetwork(t)
	c := &end{}
	c.Conn, _ = n.a.Dial(at(addrA, 0), at(addrB, 81), Patience, c.handler())
	n.Pass(time.Second)
	equal(t, "told", c.events, "[connection refused]")
	equal(t, "segments", n.trace, "[A SYN len 0 B RST,ACK len 0]")
}

func TestNoAnswer(t *testing.T) {
	n := newNetwork(t)
	var sent []string
	n.way = func(bool, packet.TCP) []time.Duration {
		sent = append(sent, n.Now().String())
		return nil
	}
	c := &end{}
	c.Conn, _ = n.a.Dial(at(addrA, 0), at(addrB, 80), 30*time.Second, c.handler())
	n.Pass(29 * time.Second)
	equal(t, "before", c.events, "[]")
	n.Pass(time.Second)
	equal(t, "told", c.events, "[connection timed out]")
	equal(t, "SYNs at", sent, "[0s 1s 3s 7s 15s]")
	n.Pass(time.Hour)
	equal(t, "later", len(sent), 5)
}

func TestDialErrors(t *testing.T) {
	n := newNetwork(t)
	if _, err := n.a.Dial(at(addrA, 7), at(addrA, 7), Patience, Handler{}); err != ErrInUse {
		t.Errorf("to itself: %v", err)
	}
	n.a.Dial(at(addrA, 7), at(addrB, 7), Patience, Handler{})
	if _, err := n.a.Dial(at(addrA, 7), at(addrB, 7), Patience, Handler{}); err != ErrInUse {
		t.Errorf("a second one: %v", err)
	}
	n.a.Listen(9, nil)
	if _, err := n.a.Listen(9, nil); err != ErrInUse {
		t.Errorf("a second listener: %v", err)
	}
	for range maxConns - 1 {
		if _, err := n.a.Dial(at(addrA, 0), at(addrB, 7), Patience, Handler{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := n.a.Dial(at(addrA, 0), at(addrB, 7), Patience, Handler{}); err != ErrTooMany {
		t.Errorf("one too many: %v", err)
	}
}

// A stack's peer may be the stack itself.
func TestToItself(t *testing.T) {
	n := newNetwork(t)
	n.a.env.Send = n.a.Input
	var server, client end
	n.a.Listen(80, func(c *Conn) Handler {
		server.Conn = c
		server.onEnded = func() { server.Write(server.got.Bytes()); server.Close() }
		return server.handler()
	})
	client.pending, client.close = bytes.Repeat([]byte("abcdefgh"), 30000), true
	want := bytes.Clone(client.pending)
	h := client.handler()
	h.Connected = client.push
	client.Conn, _ = n.a.Dial(at(addrA, 0), at(addrA, 80), Patience, h)
	n.Pass(time.Second)
	if !bytes.Equal(server.got.Bytes(), want) || server.events[0] != "ended" {
		t.Errorf("%d of %d bytes, %v", server.got.Len(), len(want), server.events)
	}
	if client.got.Len() != bufferSize { // what the server could write at once
		t.Errorf("%d bytes came back", client.got.Len())
	}
}

func TestHandlersMayEndTheConnection(t *testing.T) {
	for _, when := range []string{"accept", "data", "ended", "connected", "room"} {
		t.Run(when, func(t *testing.T) {
			n := newNetwork(t)
			var c *Conn
			n.b.Listen(80, func(s *Conn) Handler {
				if when == "accept" {
					s.Abort()
				}
				return Handler{
					Data: func(b []byte) int {
						if when == "data" {
							s.Abort()
						}
						return len(b)
					},
					Ended: func() {
						if when == "ended" {
							s.Abort()
						}
					},
				}
			})
			closed := 0
			c, _ = n.a.Dial(at(addrA, 0), at(addrB, 80), Patience, Handler{
				Connected: func() {
					if when == "connected" {
						c.Abort()
					}
					c.Write(make([]byte, 2*bufferSize))
				},
				Room: func() {
					if when == "room" {
						c.Abort()
					}
					c.Close()
				},
				Closed: func(error) { closed++ },
			})
			n.Pass(time.Hour)
			if len(n.a.conns)+len(n.b.conns) != 0 || closed > 1 {
				t.Errorf("%d and %d are left, %d times closed", len(n.a.conns), len(n.b.conns), closed)
			}
		})
	}
}

func TestPortsAreNotUsedTwice(t *testing.T) {
	n := newNetwork(t)
	n.a.port = lastPort - 1
	n.a.Listen(firstPort, nil)
	var ports []int
	for range 3 {
		c, _ := n.a.Dial(at(addrA, 0), at(addrB, 80), Patience, Handler{})
		ports = append(ports, int(c.Local().Port()))
	}
	if want := []int{lastPort, firstPort + 1, firstPort + 2}; !slices.Equal(ports, want) {
		t.Errorf("ports %v, want %v", ports, want)
	}
	equal(t, "listed", n.a.Conns()[0].Local(), fmt.Sprintf("10.0.0.1:%d", firstPort+1))
}

func TestSequenceNumbersRiseWithTime(t *testing.T) {
	n := newNetwork(t)
	k := key{at(addrA, 1), at(addrB, 2)}
	first := n.a.firstSeq(k)
	n.Pass(time.Second)
	equal(t, "a second later", first.to(n.a.firstSeq(k)), 250000)
	if n.a.firstSeq(key{at(addrA, 3), at(addrB, 2)}) == n.a.firstSeq(k) || n.b.firstSeq(k) == n.a.firstSeq(k) {
		t.Error("the same for others")
	}
}
