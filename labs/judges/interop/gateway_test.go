//go:build linux

package interop

import (
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// A gateway is ioslab in a namespace, with a host behind it in the same one.
type gateway struct {
	space       *netlab.Namespace
	node        *netlab.Process
	config      string // its file
	local, next string // its address and the next hop

	inside string   // the wire to the host
	route  []string // prefix and next hop, which the host needs once there is a device
	before string   // the inventory when ioslab had not been started
}

// newGateway configures a gateway, whose wire to the other one is out.
func newGateway(t testing.TB, n *netlab.Net, space *netlab.Namespace, host string, c gatewayConfig) *gateway {
	t.Helper()
	g := &gateway{space: space, config: filepath.Join(t.TempDir(), space.Name+".cfg"), local: c.Local, next: c.NextHop}
	fill(t, "gateway.cfg", g.config, c)
	g.inside, g.route = "eth:in", []string{c.RemoteNet + "/24", c.Inside}
	if c.TUN {
		g.inside = "tun:lan," + host + "/24"
	} else {
		n.Join(space, "in", space, "lan")
		space.Address("lan", host+"/24")
	}
	g.before = g.inventory(t)
	t.Cleanup(func() {
		if t.Failed() && g.node != nil {
			t.Logf("console of ioslab, %s:\n%s", space.Name, tail(g.node.Output()))
		}
	})
	return g
}

// start starts ioslab, or starts it again.
func (g *gateway) start() {
	g.node = g.space.Ioslab("node", "--config", g.config,
		"--attach", "FastEthernet0/0=eth:out", "--attach", "FastEthernet0/1="+g.inside)
	g.show("enable")
	g.space.Route(g.route[0], g.route[1])
}

// prime has ioslab learn the next hop's hardware address.
func (g *gateway) prime() {
	// IOS drops the packet for which it has to ask for a hardware address: the
	// first one of IKE would be repeated after 10 s only.
	g.show("ping " + g.next + " repeat 1 timeout 0")
}

// show types a command and returns what it prints.
func (g *gateway) show(command string) string {
	g.node.Type(command)
	return g.node.Expect(regexp.QuoteMeta(command)+`\n(?:(?s:.*)\n)?\w+#$`, patience)
}

// shows waits for a command to show what is wanted.
func (g *gateway) shows(t testing.TB, command string, want func(text string) bool) {
	t.Helper()
	if !within(patience, func() bool { return want(g.show(command)) }) {
		t.Fatalf("no %s in %v", command, patience)
	}
}

// says waits for the console to have printed a match after the first n bytes.
func (g *gateway) says(t testing.TB, n int, pattern string, d time.Duration) {
	t.Helper()
	re := regexp.MustCompile(pattern)
	if !within(d, func() bool { return re.MatchString(g.node.Output()[n:]) }) {
		t.Errorf("ioslab does not say %q", pattern)
	}
}

// mark is how much ioslab has printed.
func (g *gateway) mark() int { return len(g.node.Output()) }
