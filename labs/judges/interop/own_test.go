//go:build linux

package interop

import (
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// A pair is two gateways of our own, with raw ESP between them.
type pair struct {
	net         *netlab.Net
	left, right *gateway
}

const rightHost = "10.2.0.2"

func newPair(t testing.TB, left, right gatewayConfig) *pair {
	t.Helper()
	n := netlab.New(t)
	a, b := n.Namespace("left"), n.Namespace("right")
	n.Join(a, "out", b, "out")
	p := &pair{n, newGateway(t, n, a, leftHost, left), newGateway(t, n, b, rightHost, right)}
	p.right.start()
	p.left.start()
	p.left.prime()
	return p
}

// mirrored is the configuration of the other end.
func (c gatewayConfig) mirrored() gatewayConfig {
	c.Local, c.Remote, c.Inside = c.Remote, c.Local, rightInside
	c.NextHop = c.Remote
	c.LocalNet, c.RemoteNet = c.RemoteNet, c.LocalNet
	return c
}

func (p *pair) bothWays(t testing.TB) {
	t.Helper()
	if err := ping(p.left.space, leftHost, rightHost, 10); err != nil {
		t.Fatal(err)
	}
	if err := ping(p.right.space, rightHost, leftHost, 5); err != nil {
		t.Fatal(err)
	}
}

// TestOwnSizes: between two gateways of our own there is no end to the sizes of
// what they fragment.
func TestOwnSizes(t *testing.T) {
	netlab.Root(t)
	t.Parallel()
	c := usual.gateway()
	p := newPair(t, c, c.mirrored())
	p.bothWays(t)
	list := sizes(0, 3100)
	for n := 3100; n <= 18024-ipHeader-icmpHeader; n += 97 {
		list = append(list, n)
	}
	echo(t, p.left.space, leftHost, rightHost, list)
}
