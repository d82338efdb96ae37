package tcp_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/tcp"
	"github.com/ioslab/ioslab/labs/loop"
)

// A server that answers each line, and a client that says one, on the two addresses of
// one stack.
func Example() {
	server, client := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")
	clock := loop.New()
	var stack *tcp.Stack
	stack = tcp.New(tcp.Env{
		Clock: clock,
		Rand:  bytes.NewReader(make([]byte, 18)),
		MTU:   func(netip.Addr) int { return 1500 },
		Send:  func(src, dst netip.Addr, segment packet.TCP) { stack.Input(src, dst, segment) },
	})
	stack.Listen(7, func(c *tcp.Conn) tcp.Handler {
		return tcp.Handler{
			Data:  func(b []byte) int { return c.Write(append([]byte("you said "), b...)) },
			Ended: c.Close,
		}
	})
	var c *tcp.Conn
	c, _ = stack.Dial(netip.AddrPortFrom(client, 0), netip.AddrPortFrom(server, 7), tcp.Patience, tcp.Handler{
		Connected: func() { c.Write([]byte("hello")) },
		Data: func(b []byte) int {
			fmt.Printf("%s\n", b)
			c.Close()
			return len(b)
		},
		Closed: func(err error) { fmt.Println("closed:", err) },
	})
	clock.Pass(time.Second)
	// Output:
	// you said hello
	// closed: <nil>
}
