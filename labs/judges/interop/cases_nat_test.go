//go:build linux

package interop

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// The network behind the NAT, where the side that leads is, and the NAT's address
// outside.
const (
	hidden    = "198.51.100.2"
	natInside = "198.51.100.1"
	natAddr   = "192.0.2.9"
)

// translated: the side that leads is behind a NAT of the kernel's.
func translated(t *testing.T, lead side) {
	netlab.Need(t, "iptables")
	n := netlab.New(t)
	left, nat, right := n.Namespace("left"), n.Namespace("nat"), n.Namespace("right")
	n.Join(left, "out", nat, "left")
	n.Join(right, "out", nat, "right")
	g, p := usual.gateway(), usual.peer()
	inside, outside := "left", "right"
	if lead == ioslab {
		g.Local, g.NextHop = hidden, natInside
		// Charon follows IKE to another port, but not ESP alone.
		g.Global = []string{"crypto isakmp keepalive 10 2 periodic"}
		p.Remote, p.RemoteID = natAddr, hidden
	} else {
		inside, outside = outside, inside
		g.Remote, g.NextHop = natAddr, natAddr
		p.Local, p.LocalID = hidden, hidden
	}
	nat.Address(inside, natInside+"/24")
	nat.Address(outside, natAddr+"/24")
	nat.Run("sysctl", "-qw", "net.ipv4.ip_forward=1")
	nat.Run("iptables", "-t", "nat", "-A", "POSTROUTING", "-o", outside, "-j", "MASQUERADE")
	s := startSite(t, n, left, right, g, p)
	if lead == strongSwan {
		s.right.Route("default", natInside)
	}
	s.up(t, lead)
	from, to, space := leftHost, rightInside, s.space
	if lead == strongSwan {
		from, to, space = to, from, s.right
	}
	echo(t, space, from, to, sizes(0, tunMTU-ipHeader-icmpHeader))
	s.transfer(t, lead, transferSize/10)

	// The NAT forgets what is silent for a second, and gives the next packet
	// another port.
	nat.Run("sysctl", "-qw", "net.netfilter.nf_conntrack_udp_timeout=1", "net.netfilter.nf_conntrack_udp_timeout_stream=1")
	nat.Run("iptables", "-t", "nat", "-I", "POSTROUTING", "-o", outside, "-p", "udp", "-j", "MASQUERADE", "--to-ports", "30000-40000")
	s.bothWays(t)
	time.Sleep(3 * time.Second)
	if err := ping(space, from, to, 20); err != nil {
		t.Error(err)
	}
	s.bothWays(t)
	if lead == ioslab {
		s.charon.says(t, 0, "remote endpoint changed from "+natAddr+"[4500] to "+natAddr+"[3", patience)
		return
	}
	s.shows(t, "show crypto ipsec sa", func(text string) bool {
		return strings.Contains(text, "current_peer "+natAddr+" port 3")
	})
}
