package tcp

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/loop"
)

var (
	addrA = netip.MustParseAddr("10.0.0.1")
	addrB = netip.MustParseAddr("10.0.0.2")
)

const mtu = 1500

func at(a netip.Addr, port uint16) netip.AddrPort { return netip.AddrPortFrom(a, port) }

// A network is two stacks and the way between them.
type network struct {
	*loop.Loop
	t    testing.TB
	a, b *Stack
	// way says what becomes of a segment: how long it takes, more than once where it is
	// doubled, and not at all where it is lost. nil is one millisecond.
	way   func(fromA bool, g packet.TCP) []time.Duration
	trace []string // of what was sent
}

func newNetwork(t testing.TB) *network {
	n := &network{Loop: loop.New(), t: t}
	end := func(seed byte, fromA bool, other **Stack) *Stack {
		return New(Env{
			Clock: n.Loop, Rand: bytes.NewReader(bytes.Repeat([]byte{seed}, 18)),
			MTU: func(netip.Addr) int { return mtu },
			Send: func(src, dst netip.Addr, g packet.TCP) {
				n.trace = append(n.trace, n.describe(fromA, g))
				delays := []time.Duration{time.Millisecond}
				if n.way != nil {
					delays = n.way(fromA, g)
				}
				for _, d := range delays {
					n.At(n.Now()+d, func() { (*other).Input(src, dst, g) })
				}
			},
		})
	}
	n.a, n.b = end(1, true, &n.b), end(2, false, &n.a)
	return n
}

// describe writes a segment down, with sequence numbers from the SYNs on.
func (n *network) describe(fromA bool, g packet.TCP) string {
	name := "B"
	if fromA {
		name = "A"
	}
	return fmt.Sprintf("%s %s len %d", name, flagNames(g.Flags()), len(g.Payload()))
}

func flagNames(flags uint8) string {
	var names []string
	for i, name := range []string{"FIN", "SYN", "RST", "PSH", "ACK", "URG"} {
		if flags&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// An end records what its connection is told.
type end struct {
	*Conn
	got     bytes.Buffer
	events  []string
	hold    bool // take nothing
	pending []byte
	close   bool // after pending
	onEnded func()
}

func (e *end) note(s string) { e.events = append(e.events, s) }

// push writes what is pending, as far as there is room.
func (e *end) push() {
	for len(e.pending) > 0 {
		k := e.Write(e.pending)
		if e.pending = e.pending[k:]; k == 0 {
			return
		}
	}
	if e.close {
		e.Close()
	}
}

func (e *end) handler() Handler {
	return Handler{
		Connected: func() { e.note("connected") },
		Data: func(b []byte) int {
			if e.hold {
				return 0
			}
			e.got.Write(b)
			return len(b)
		},
		Ended: func() {
			e.note("ended")
			if e.onEnded != nil {
				e.onEnded()
			}
		},
		Room: func() { e.push() },
		Closed: func(err error) {
			if err == nil {
				e.note("closed")
			} else {
				e.note(err.Error())
			}
		},
	}
}

// dial connects A to a port of B that is listened at, and lets a second pass.
func (n *network) dial() (client, server *end) {
	n.t.Helper()
	client, server = &end{}, &end{}
	_, err := n.b.Listen(80, func(c *Conn) Handler {
		server.Conn = c
		return server.handler()
	})
	if err != nil {
		n.t.Fatal(err)
	}
	client.Conn, err = n.a.Dial(at(addrA, 0), at(addrB, 80), Patience, client.handler())
	if err != nil {
		n.t.Fatal(err)
	}
	return client, server
}

func (n *network) connected() (client, server *end) {
	n.t.Helper()
	client, server = n.dial()
	n.Pass(time.Second)
	if server.Conn == nil || client.State() != Established || server.State() != Established {
		n.t.Fatalf("no connection: %v", n.trace)
	}
	n.trace = nil
	return client, server
}

func addrFrom(i int) netip.Addr {
	return netip.AddrFrom4([4]byte{172, 16 + byte(i>>16), byte(i >> 8), byte(i)})
}
