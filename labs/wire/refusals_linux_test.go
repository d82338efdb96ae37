package wire_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// TestRefusals: one line, exit status 2, and nothing left behind.
func TestRefusals(t *testing.T) {
	n := netlab.New(t)
	a := n.Namespace("a")
	n.Join(a, "veth0", a, "veth1")
	a.Run("ip", "tuntap", "add", "tap0", "mode", "tap")
	node(t, a, "tun:held")
	cfg := config(t, "R1", r1)
	run := func(wires ...string) *netlab.Process {
		args := []string{"node", "--config", cfg}
		for _, w := range wires {
			args = append(args, "--attach", w)
		}
		return a.Ioslab(args...)
	}
	for _, c := range []struct {
		wires []string
		want  string
	}{
		{[]string{"FastEthernet0/0=tun:veth0"}, "the name veth0 is taken by an interface of another kind"},
		{[]string{"FastEthernet0/0=tap:veth0"}, "the name veth0 is taken by an interface of another kind"},
		{[]string{"FastEthernet0/0=tun:tap0"}, "the name tap0 is taken"},
		{[]string{"FastEthernet0/0=tun:held"}, "another process holds that device"},
		{[]string{"FastEthernet0/0=tun:ios0,192.0.2.0/24"}, "is the network itself"},
		{[]string{"FastEthernet0/0=tun:ios0,192.0.2.2"}, "want one such as 198.51.100.2/24"},
		{[]string{"FastEthernet0/0=tun:ios0", "FastEthernet0/0=tun:ios1"}, "FastEthernet0/0 is attached already"},
		{[]string{"FastEthernet0/0=tun:ios0", "FastEthernet0/1=tap:ios0"}, "ios0 is attached already"},
		{[]string{"Serial0/0=tap:ios0"}, "Serial0/0 is serial"},
		{[]string{"Loopback0=tap:ios0"}, "Loopback0 takes no cable"},
		{[]string{"FastEthernet0/0"}, "want INTERFACE=WIRE"},
		{[]string{"FastEthernet0/0=tun:ios0", "FastEthernet0/1=tap:held"}, "the name held is taken"},
	} {
		p := run(c.wires...)
		if status := p.Wait(20 * second); status != 2 {
			t.Errorf("%v: status %d", c.wires, status)
		}
		if out := p.Output(); !strings.Contains(out, c.want) || strings.Count(out, "\n") != 1 {
			t.Errorf("%v: want %q in:\n%s", c.wires, c.want, out)
		}
		if a.HasLink("ios0") {
			t.Errorf("%v: ios0 is left", c.wires)
		}
	}
	held := run("FastEthernet0/0=udp:10000:127.0.0.1:10001")
	held.Expect(`R1>`, 20*second)
	p := run("FastEthernet0/0=udp:10000:127.0.0.1:10001")
	if status := p.Wait(20 * second); status != 2 || !strings.Contains(p.Output(), "UDP port 10000 is in use") {
		t.Errorf("status %d: %s", status, p.Output())
	}
}

// TestNoPermission: what is said to a user who is not root.
func TestNoPermission(t *testing.T) {
	netlab.Need(t, "setpriv")
	n := netlab.New(t)
	a := n.Namespace("a")
	n.Join(a, "veth0", a, "veth1")
	for _, c := range []struct{ wire, want string }{
		{"tun:ios0", "cap_net_admin,cap_net_raw+ep"},
		{"tap:ios0", "--device=/dev/net/tun"},
		{"eth:veth0", "--cap-add=NET_RAW"},
	} {
		p := asNobody(t, a, "node", "--attach", "FastEthernet0/0="+c.wire)
		if status := p.Wait(20 * second); status != 2 || !strings.Contains(p.Output(), "no permission") || !strings.Contains(p.Output(), c.want) || strings.Count(p.Output(), "\n") != 1 {
			t.Errorf("%s: status %d, %s", c.wire, status, p.Output())
		}
	}
}

// nobody is a user without any permission.
const nobody = "65534"

// asNobody runs the program for that user.
func asNobody(t *testing.T, ns *netlab.Namespace, arguments ...string) *netlab.Process {
	t.Helper()
	return ns.Start(append([]string{"setpriv", "--bounding-set=-all", "--inh-caps=-all", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups",
		readable(t)}, arguments...)...)
}

// readable is a copy of the program where every user may run it.
func readable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "netlab")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	text, err := os.ReadFile(netlab.Program(t))
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	path := filepath.Join(dir, "ioslab")
	if err == nil {
		err = os.WriteFile(path, text, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDeviceOfTheUser: a device that was there before needs no permission, and stays.
func TestDeviceOfTheUser(t *testing.T) {
	netlab.Need(t, "setpriv")
	a := netlab.New(t).Namespace("a")
	for _, mode := range []string{"tun", "tap"} {
		device := mode + "9"
		a.Run("ip", "tuntap", "add", device, "mode", mode, "user", nobody)
		a.Address(device, "192.0.2.2/24")
		a.Run("ip", "link", "set", device, "up")
		p := asNobody(t, a, "node", "--attach", "FastEthernet0/0="+mode+":"+device+",192.0.2.2/24")
		for _, line := range []string{"enable", "configure terminal", "interface FastEthernet0/0", "ip address 192.0.2.1 255.255.255.0", "no shutdown"} {
			p.Type(line)
		}
		p.Expect(`%LINEPROTO-5-UPDOWN.* to up`, 20*second)
		a.Run("ping", "-c2", "-i0.2", "-W5", "192.0.2.1")
		p.Signal(syscall.SIGTERM)
		if status := p.Wait(10 * second); status != 0 {
			t.Errorf("%s: status %d: %s", device, status, p.Output())
		}
		if !a.HasLink(device) {
			t.Errorf("%s is gone", device)
		}
		a.Run("ip", "link", "del", device)
	}
}
