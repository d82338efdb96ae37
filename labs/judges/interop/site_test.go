//go:build linux

package interop

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// patience is how long a step may take that takes no time but the machine's.
const patience = 15 * time.Second

// A site is ioslab on the left and charon on the right, in namespaces of their
// own:
//
//	left:  host 10.1.0.2 - lan=in - ioslab - out
//	right: 10.2.0.1 on lo          - charon - out
type site struct {
	*gateway
	right  *netlab.Namespace
	charon *charon
}

// newSite makes the namespaces and starts both gateways.
func newSite(t testing.TB, g gatewayConfig, p peerConfig) *site {
	t.Helper()
	n := netlab.New(t)
	left, right := n.Namespace("left"), n.Namespace("right")
	n.Join(left, "out", right, "out")
	return startSite(t, n, left, right, g, p)
}

// startSite starts both gateways, whose wires are laid.
func startSite(t testing.TB, n *netlab.Net, left, right *netlab.Namespace, g gatewayConfig, p peerConfig) *site {
	t.Helper()
	right.Address("out", p.Local+"/24")
	right.Address("lo", rightInside+"/24")
	c := newCharon(t, right)
	c.load(t, p)
	s := &site{newGateway(t, n, left, leftHost, g), right, c}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("charon's log:\n%s", tail(c.log(0)))
		}
	})
	s.start()
	s.prime()
	return s
}

// tail is the end of a long text.
func tail(text string) string {
	const length = 12000
	if len(text) > length {
		return "...\n" + text[len(text)-length:]
	}
	return text
}

// ping pings from a namespace until there is an answer, for that many seconds at
// the most.
func ping(ns *netlab.Namespace, from, to string, seconds int) error {
	out, err := ns.Try("ping", "-n", "-q", "-i", "0.1", "-c", "1", "-w", fmt.Sprint(seconds), "-I", from, to)
	if err != nil {
		return fmt.Errorf("ping %s from %s: %w\n%s", to, from, err, out)
	}
	return nil
}

// up brings the tunnel up from one side, and checks that it carries traffic
// both ways.
func (s *site) up(t testing.TB, lead side) {
	t.Helper()
	if lead == strongSwan {
		if out, err := s.charon.initiate(); err != nil {
			t.Fatalf("charon cannot initiate: %v\n%s", err, out)
		}
	}
	s.bothWays(t)
	s.encrypted(t)
}

// bothWays pings through the tunnel from both ends.
func (s *site) bothWays(t testing.TB) {
	t.Helper()
	if err := ping(s.space, leftHost, rightInside, 10); err != nil {
		t.Fatal(err)
	}
	if err := ping(s.right, rightInside, leftHost, 5); err != nil {
		t.Fatal(err)
	}
}

var encaps = regexp.MustCompile(`#pkts (encaps|decaps): ([0-9]+)`)

// encrypted checks that the pings went through the gateway's SAs: each side's
// echoes and the answers to the other's.
func (s *site) encrypted(t testing.TB) {
	t.Helper()
	counts := encaps.FindAllStringSubmatch(s.show("show crypto ipsec sa"), -1)
	if len(counts) != 2 {
		t.Fatalf("%d counters of SAs, want 2", len(counts))
	}
	for _, c := range counts {
		if c[2] == "0" || c[2] == "1" {
			t.Errorf("packets through the tunnel: %s %s", c[1], c[2])
		}
	}
}

// within waits for something to become true.
func within(d time.Duration, is func() bool) bool {
	for end := time.Now().Add(d); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}
