//go:build linux

package interop

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// patConfig is a router of ours that translates all that its inside sends to the address
// of its outside.
const patConfig = `hostname pat
interface FastEthernet0/0
 ip address ` + natAddr + ` 255.255.255.0
 ip nat outside
interface FastEthernet0/1
 ip address ` + natInside + ` 255.255.255.0
 ip nat inside
access-list 1 permit 198.51.100.0 0.0.0.255
ip nat inside source list 1 interface FastEthernet0/0 overload
end
`

// newPAT lays the wires from a PAT router of ours to both sides, and starts it. The
// outside is on the right unless the side that leads is.
func newPAT(t testing.TB, n *netlab.Net, left, right *netlab.Namespace, lead side) *gateway {
	t.Helper()
	space := n.Namespace("pat")
	n.Join(left, "out", space, "left")
	n.Join(right, "out", space, "right")
	inside, outside := "left", "right"
	if lead == strongSwan {
		inside, outside = outside, inside
	}
	file := filepath.Join(t.TempDir(), "pat.cfg")
	if err := os.WriteFile(file, []byte(patConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	g := &gateway{space: space, next: rightOutside}
	g.node = space.Ioslab("node", "--config", file, "--attach", "FastEthernet0/0=eth:"+outside, "--attach", "FastEthernet0/1=eth:"+inside)
	g.show("enable")
	return g
}

// TestBehindPATOfOurs: the side that leads is behind a PAT router of ours, through which
// IKE goes to UDP 4500 and ESP into UDP.
func TestBehindPATOfOurs(t *testing.T) {
	netlab.Root(t)
	for _, lead := range sides {
		t.Run(lead.String(), func(t *testing.T) {
			n := netlab.New(t)
			left, right := n.Namespace("left"), n.Namespace("right")
			pat := newPAT(t, n, left, right, lead)
			g, p := usual.gateway(), usual.peer()
			if lead == ioslab {
				g.Local, g.NextHop, p.Remote, p.RemoteID = hidden, natInside, natAddr, hidden
			} else {
				g.Remote, g.NextHop, p.Local, p.LocalID = natAddr, natAddr, hidden, hidden
			}
			s := startSite(t, n, left, right, g, p)
			if lead == strongSwan {
				s.right.Route("default", natInside)
			}
			pat.prime()
			s.up(t, lead)
			s.transfer(t, lead, transferSize/10)
			port4500 := regexp.MustCompile(`udp ` + regexp.QuoteMeta(natAddr) + `:4500 +` + hidden + `:4500 `)
			pat.shows(t, "show ip nat translations", port4500.MatchString)
			pat.show("clear ip nat translation *")
			if lead == strongSwan { // only the inside can make the entry anew
				if err := ping(s.right, rightInside, leftHost, 10); err != nil {
					t.Fatal(err)
				}
			}
			s.bothWays(t)
		})
	}
}

// TestRawESPThroughPATOfOurs: without NAT traversal a PAT router carries the ESP of one
// host to a peer, which it knows by the SPIs.
func TestRawESPThroughPATOfOurs(t *testing.T) {
	netlab.Root(t)
	n := netlab.New(t)
	left, right := n.Namespace("left"), n.Namespace("right")
	pat := newPAT(t, n, left, right, ioslab)
	c := usual.gateway()
	c.Global = []string{"no crypto ipsec nat-transparency udp-encapsulation"}
	peer := c.mirrored()
	c.Local, c.NextHop, peer.Remote = hidden, natInside, natAddr
	p := &pair{n, newGateway(t, n, left, leftHost, c), newGateway(t, n, right, rightHost, peer)}
	p.right.start()
	p.left.start()
	p.left.prime()
	pat.prime()
	p.bothWays(t)
	pat.shows(t, "show ip nat translations", func(text string) bool {
		return strings.Count(text, "\nesp "+natAddr+":0") == 2 && !strings.Contains(text, ":4500")
	})
}
