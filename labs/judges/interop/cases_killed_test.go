//go:build linux

package interop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// Gateways that are killed (kill -9) and start again, knowing nothing of their
// SAs.

const invalidSPI = `%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for\s+destaddr=192\.0\.2\.`

// killedTUN: the host's end of a TUN device goes with the gateway, and comes back.
func killedTUN(t *testing.T, lead side) {
	g := usual.gateway()
	g.TUN = true
	s := newSite(t, g, usual.peer())
	s.up(t, lead)
	from, to, space := leftHost, rightInside, s.space
	if lead == strongSwan {
		from, to, space = to, from, s.right
	}
	echo(t, space, from, to, sizes(0, tunMTU-ipHeader-icmpHeader))
	s.transfer(t, lead, transferSize/10)
	s.kill(t)
	s.start()
	s.prime()
	s.bothWays(t)
}

// killed: the lead is killed and starts again at once, while the other goes on
// sending.
func killed(t *testing.T, lead side) {
	g := usual.gateway()
	g.Global = []string{"crypto isakmp keepalive 10 2", "crypto isakmp invalid-spi-recovery", "crypto logging session"}
	s := newSite(t, g, usual.peer())
	s.up(t, lead)
	if lead == ioslab {
		s.kill(t)
		s.start()
		n, m := s.mark(), s.charon.mark()
		ping(s.right, rightInside, leftHost, 2)
		s.says(t, n, invalidSPI+`1`, patience)
		s.charon.says(t, m, "received INITIAL_CONTACT", patience)
	} else {
		n := s.mark()
		s.charon.process.Kill()
		s.charon.start(t)
		s.charon.load(t, usual.peer())
		// On-demand DPD asks when there is something to be sent.
		ping(s.space, leftHost, rightInside, 25)
		s.says(t, n, `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN`, patience)
		s.says(t, n, `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP`, patience)
	}
	s.bothWays(t)
}

// kill kills ioslab, which must leave nothing behind.
func (g *gateway) kill(t testing.TB) {
	t.Helper()
	g.node.Kill()
	if after := g.inventory(t); after != g.before {
		t.Errorf("ioslab, killed, left behind\n%s\nbefore it was\n%s", after, g.before)
	}
}

// inventory is what there is in the gateway's namespace and directory that was
// not the test's doing.
func (g *gateway) inventory(t testing.TB) string {
	t.Helper()
	var list []string
	for _, line := range g.ip("link") {
		list = append(list, strings.Fields(line)[1])
	}
	files, err := os.ReadDir(filepath.Dir(g.config))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		list = append(list, f.Name())
	}
	return strings.Join(list, " ") + "\n" + strings.Join(g.ip("address"), "\n")
}

// ip lists what the host has of a kind, one in a line. "Error: Peer netns reference is
// invalid." stands among them while another test's namespace is going.
func (g *gateway) ip(kind string) []string {
	lines := strings.Split(g.space.Run("ip", "-4", "-o", kind), "\n")
	return slices.DeleteFunc(lines, func(line string) bool {
		return len(strings.Fields(line)) < 2 || strings.HasPrefix(line, "Error:")
	})
}

// TestOwnKilled: between two gateways of our own a tunnel heals, whichever way it
// is that they find out.
func TestOwnKilled(t *testing.T) {
	netlab.Root(t)
	for name, lines := range map[string][]string{
		"DPD":                  {"crypto isakmp keepalive 10 2"},
		"invalid SPI recovery": {"crypto isakmp invalid-spi-recovery"},
	} {
		for _, initiator := range []string{"initiator", "responder"} {
			t.Run(fmt.Sprintf("%s, the %s is killed", name, initiator), func(t *testing.T) {
				t.Parallel()
				c := usual.gateway()
				c.Global = append([]string{"crypto logging session"}, lines...)
				p := newPair(t, c, c.mirrored())
				p.bothWays(t)
				dead, alive := p.left, p.right
				host, other := rightHost, leftHost
				if initiator == "responder" {
					dead, alive = p.right, p.left
					host, other = leftHost, rightHost
				}
				n := alive.mark()
				dead.kill(t)
				dead.start()
				if err := ping(alive.space, host, other, 40); err != nil {
					t.Error(err)
				}
				dead.says(t, 0, invalidSPI, time.Second)
				alive.says(t, n, `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is DOWN`, time.Second)
				alive.says(t, n, `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP`, time.Second)
				p.bothWays(t)
			})
		}
	}
}
