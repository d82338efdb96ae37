package wire_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

const second = time.Second

// config writes a startup-config with an address an interface, such as
// "FastEthernet0/0 192.0.2.1 255.255.255.0".
func config(t *testing.T, name string, addresses ...string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "hostname %s\n", name)
	for _, a := range addresses {
		ifc, address, _ := strings.Cut(a, " ")
		fmt.Fprintf(&b, "interface %s\n ip address %s\n no shutdown\n", ifc, address)
	}
	b.WriteString("end\n")
	path := filepath.Join(t.TempDir(), name+".cfg")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const r1 = "FastEthernet0/0 192.0.2.1 255.255.255.0"

// node starts a router of one interface, 192.0.2.1/24, and waits until it is at work.
func node(t *testing.T, ns *netlab.Namespace, wire string) *netlab.Process {
	t.Helper()
	p := ns.Ioslab("node", "--config", config(t, "R1", r1), "--attach", "FastEthernet0/0="+wire)
	p.Type("show ip interface brief")
	p.Expect(`FastEthernet0/0 +192.0.2.1 +YES NVRAM +up +up`, 20*second)
	return p
}

func TestTunnelsPing(t *testing.T) {
	for _, wire := range []string{"tun", "tap"} {
		t.Run(wire, func(t *testing.T) {
			a := netlab.New(t).Namespace("a")
			node(t, a, wire+":ios0,192.0.2.2/24,198.51.100.1/32")
			// The first ping is answered: the host is a neighbour that asks, too.
			if out := a.Run("ping", "-c3", "-i0.2", "-W5", "192.0.2.1"); !strings.Contains(out, " 0% packet loss") {
				t.Error(out)
			}
			for _, want := range []string{"192.0.2.2/24", "198.51.100.1/32", "mtu 1500", "qlen 5000"} {
				if text := a.Run("ip", "address", "show", "dev", "ios0"); !strings.Contains(text, want) {
					t.Errorf("no %s in:\n%s", want, text)
				}
			}
			// Fragments and all.
			a.Run("ping", "-c1", "-W2", "-s", "4000", "192.0.2.1")
		})
	}
}

func TestRouterPingsHost(t *testing.T) {
	for _, wire := range []string{"tun", "tap"} {
		t.Run(wire, func(t *testing.T) {
			p := node(t, netlab.New(t).Namespace("a"), wire+":ios0,192.0.2.2/24")
			p.Type("ping 192.0.2.2")
			p.Expect(`Success rate is (80|100) percent`, 20*second)
		})
	}
}

// TestEthThroughRouter: two hosts behind veth pairs, as in containers. Their stacks
// leave checksums and the cutting of packets to the interface.
func TestEthThroughRouter(t *testing.T) {
	netlab.Need(t, "curl", "python3", "sha256sum")
	n := netlab.New(t)
	a, r, b := n.Namespace("a"), n.Namespace("r"), n.Namespace("b")
	n.Join(a, "eth1", r, "left")
	n.Join(r, "right", b, "eth1")
	a.Address("eth1", "192.0.2.2/24")
	b.Address("eth1", "198.51.100.2/24")
	a.Route("default", "192.0.2.1")
	b.Route("default", "198.51.100.1")
	r.Run("ip", "link", "set", "left", "down") // it is set up with the wire
	p := r.Ioslab("node", "--config", config(t, "R1", r1, "FastEthernet0/1 198.51.100.1 255.255.255.0"),
		"--attach", "FastEthernet0/0=eth:left", "--attach", "FastEthernet0/1=eth:right")
	p.Type("show ip interface brief")
	p.Expect(`FastEthernet0/1 .* up +up`, 20*second)
	n.Eventually(10*second, "a reaches b", func() bool {
		_, err := a.Try("ping", "-c1", "-W1", "198.51.100.2")
		return err == nil
	})
	transfer(t, n, a, b, "198.51.100.2", 20)
	if out := r.Run("ip", "-d", "link", "show", "left"); !strings.Contains(out, "promiscuity 1") {
		t.Errorf("not promiscuous:\n%s", out)
	}
	p.Signal(syscall.SIGTERM)
	p.Wait(10 * second)
	if out := r.Run("ip", "-d", "link", "show", "left"); !strings.Contains(out, "promiscuity 0") {
		t.Errorf("still promiscuous:\n%s", out)
	}
}

// transfer has a fetch some megabytes from b, and compares.
func transfer(t *testing.T, n *netlab.Net, a, b *netlab.Namespace, address string, megabytes int) {
	t.Helper()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	b.Run("dd", "if=/dev/urandom", "of="+data, "bs=1M", fmt.Sprintf("count=%d", megabytes), "status=none")
	b.Start("python3", "-m", "http.server", "--directory", dir, "--bind", address, "8000")
	n.Eventually(20*second, "the server answers", func() bool {
		_, err := a.Try("curl", "-sf", "-m5", "-o", "/dev/null", "-I", "http://"+address+":8000/data")
		return err == nil
	})
	a.Run("curl", "-sf", "-m300", "-o", data+".got", "http://"+address+":8000/data")
	a.Run("cmp", data, data+".got")
}

func TestUDPBetweenProcesses(t *testing.T) {
	n := netlab.New(t)
	a := n.Namespace("a")
	for _, ifc := range []string{"FastEthernet0/0", "Serial0/0"} {
		t.Run(strings.ReplaceAll(ifc, "/", "."), func(t *testing.T) {
			one := a.Ioslab("node", "--config", config(t, "R1", ifc+" 192.0.2.1 255.255.255.0"), "--attach", ifc+"=udp:10000:127.0.0.1:10001")
			two := a.Ioslab("node", "--config", config(t, "R2", ifc+" 192.0.2.2 255.255.255.0"), "--attach", ifc+"=udp:10001:127.0.0.1:10000")
			two.Type("show ip interface brief")
			two.Expect(`up +up`, 20*second)
			one.Type("ping 192.0.2.2 repeat 10")
			one.Expect(`Success rate is (90|100) percent`, 30*second)
			one.Kill()
			two.Kill()
		})
	}
}

func TestSerialByTUN(t *testing.T) {
	a := netlab.New(t).Namespace("a")
	p := a.Ioslab("node", "--config", config(t, "R1", "Serial0/0 192.0.2.1 255.255.255.0"), "--attach", "Serial0/0=tun:ios0,192.0.2.2/24")
	p.Type("show ip interface brief")
	p.Expect(`up +up`, 20*second)
	a.Run("ping", "-c2", "-i0.2", "-W2", "192.0.2.1")
}

// TestInterfaceComesLater: a node waits for its interfaces, as a container gets them
// when it runs already; a lab does not.
func TestInterfaceComesLater(t *testing.T) {
	n := netlab.New(t)
	a := n.Namespace("a")
	p := a.Ioslab("node", "--config", config(t, "R1", r1), "--attach", "FastEthernet0/0=eth:eth9")
	p.Expect(`waits for an interface eth9`, 20*second)
	p.Type("show ip interface brief")
	p.Expect(`FastEthernet0/0 .* down +down`, 20*second)
	n.Join(a, "eth9", a, "peer")
	a.Address("peer", "192.0.2.2/24")
	p.Expect(`%LINEPROTO-5-UPDOWN.* to up`, 20*second)
	a.Run("ping", "-c2", "-i0.2", "-W2", "192.0.2.1")

	lab := filepath.Join(t.TempDir(), "x.clab.yml")
	text := "name: x\ntopology:\n  nodes: {R1: {kind: cisco_iol}}\n  links:\n    - endpoints: [R1:Fa0/0]\n      vars: {wire: 'eth:eth8'}\n"
	if err := os.WriteFile(lab, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p = a.Ioslab("run", lab)
	if status := p.Wait(20 * second); status != 2 || !strings.Contains(p.Output(), lab+":5: wire eth:eth8: there is no interface eth8") {
		t.Errorf("status %d: %s", status, p.Output())
	}
}

// TestFlood: a peer that floods a wire loses frames; the console can be used, and memory
// is bounded.
func TestFlood(t *testing.T) {
	netlab.Need(t, "python3")
	a := netlab.New(t).Namespace("a")
	p := node(t, a, "tun:ios0,192.0.2.2/24")
	const flood = "import socket\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\nwhile 1: s.sendto(b'x'*64,('192.0.2.1',%d))"
	for _, port := range []int{9, 500, 4500} {
		a.Start("python3", "-c", fmt.Sprintf(flood, port))
	}
	for range 5 {
		p.Type("show clock")
		p.Expect(`\*\d\d:\d\d:\d\d\.\d+ UTC`, 20*second)
		time.Sleep(second / 2)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Pid()))
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status); m == nil || len(m[1]) > 6 || string(m[1]) > "200000" && len(m[1]) == 6 {
		t.Errorf("%s", m)
	}
}

// TestGoneAndBack: a device that is deleted or set down takes the router's
// interface with it, and brings it back.
func TestGoneAndBack(t *testing.T) {
	for _, c := range []struct{ name, wire, gone, back string }{
		{"tun deleted", "tun:ios0,192.0.2.2/24", "ip link del ios0", "true"},
		{"tap deleted", "tap:ios0,192.0.2.2/24", "ip link del ios0", "true"},
		{"tun down", "tun:ios0,192.0.2.2/24", "ip link set ios0 down", "ip link set ios0 up"},
		{"tap down", "tap:ios0,192.0.2.2/24", "ip link set ios0 down", "ip link set ios0 up"},
		{"eth deleted", "eth:ios0", "ip link del ios0", "ip link add ios0 type veth peer name peer; ip address add 192.0.2.2/24 dev peer; ip link set peer up"},
		{"eth down", "eth:ios0", "ip link set ios0 down", "ip link set ios0 up"},
		{"eth without carrier", "eth:ios0", "ip link set peer down", "ip link set peer up"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := netlab.New(t)
			a := n.Namespace("a")
			if strings.HasPrefix(c.wire, "eth") {
				n.Join(a, "ios0", a, "peer")
				a.Address("peer", "192.0.2.2/24")
			}
			p := node(t, a, c.wire)
			answered := func() bool {
				_, err := a.Try("ping", "-c1", "-W1", "192.0.2.1")
				return err == nil
			}
			n.Eventually(10*second, "the first ping", answered)
			a.Run("sh", "-c", c.gone)
			p.Expect(`%LINK-3-UPDOWN: Interface FastEthernet0/0, changed state to down`, 20*second)
			p.Expect(`%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to down`, 20*second)
			a.Run("sh", "-c", c.back)
			p.Expect(`%LINK-3-UPDOWN: Interface FastEthernet0/0, changed state to up`, 20*second)
			p.Expect(`%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to up`, 20*second)
			n.Eventually(10*second, "a ping when it is back", answered)
		})
	}
}

// TestVLAN: a tag that the kernel keeps apart from its frame comes with it.
func TestVLAN(t *testing.T) {
	netlab.Need(t, "tcpdump", "python3")
	n := netlab.New(t)
	a, r := n.Namespace("a"), n.Namespace("r")
	n.Join(a, "eth1", r, "eth1")
	file := filepath.Join(t.TempDir(), "frames.pcapng")
	p := r.Ioslab("node", "--config", config(t, "R1", r1), "--attach", "FastEthernet0/0=eth:eth1", "--capture", "R1:FastEthernet0/0="+file)
	p.Expect(`R1>`, 20*second)
	a.Run("python3", "-c", `
import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("eth1", 0))
s.send(bytes.fromhex("ffffffffffff 020000000009 81000007 0806 0001080006040001 020000000009 c0000202 000000000000 c0000201"))`)
	n.Eventually(20*second, "no subinterface takes it", func() bool {
		p.Type("show interfaces FastEthernet0/0 | include unknown")
		text, _ := p.Await(`\d+ unknown protocol drops`, 10*second)
		return !strings.HasSuffix(text, " 0 unknown protocol drops")
	})
	p.Signal(syscall.SIGTERM)
	p.Wait(10 * second)
	if text := r.Run("tcpdump", "-enr", file); !regexp.MustCompile(`vlan 7, .*who-has 192.0.2.1 `).MatchString(text) {
		t.Errorf("%s", text)
	}
}

// TestShutdownTakesCarrier: the host sees that the router's interface is shut down.
func TestShutdownTakesCarrier(t *testing.T) {
	n := netlab.New(t)
	a := n.Namespace("a")
	p := node(t, a, "tap:ios0,192.0.2.2/24")
	carrier := func(want string) func() bool {
		return func() bool { return strings.Contains(a.Run("ip", "link", "show", "ios0"), want) }
	}
	for _, line := range []string{"enable", "configure terminal", "interface FastEthernet0/0", "shutdown"} {
		p.Type(line)
	}
	n.Eventually(10*second, "no carrier", carrier("NO-CARRIER"))
	p.Type("no shutdown")
	n.Eventually(10*second, "a carrier", carrier("LOWER_UP"))
	if ok, _ := regexp.MatchString("%LINK-3-UPDOWN.*to down", p.Output()); ok {
		t.Error("the router takes its own shutdown for the host's")
	}
}

// TestNothingIsLeft: whatever ends a router, its devices go with it.
func TestNothingIsLeft(t *testing.T) {
	n := netlab.New(t)
	a := n.Namespace("a")
	for _, c := range []struct {
		name   string
		end    func(p *netlab.Process)
		status int
	}{
		{"Ctrl-C", func(p *netlab.Process) { p.Signal(syscall.SIGINT) }, 0},
		{"SIGTERM", func(p *netlab.Process) { p.Signal(syscall.SIGTERM) }, 0},
		{"SIGHUP", func(p *netlab.Process) { p.Signal(syscall.SIGHUP) }, 0},
		{"kill -9", func(p *netlab.Process) { p.Signal(syscall.SIGKILL) }, -int(syscall.SIGKILL)},
		{"panic", func(p *netlab.Process) { p.Signal(syscall.SIGQUIT) }, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := a.Ioslab("node", "--config", config(t, "R1", r1),
				"--attach", "FastEthernet0/0=tun:ios0,192.0.2.2/24", "--attach", "FastEthernet0/1=tap:ios1")
			p.Expect(`R1>`, 20*second)
			if !a.HasLink("ios0") || !a.HasLink("ios1") {
				t.Fatal("no devices")
			}
			p.CloseInput() // a node does not end with it
			if _, left := p.Await("never", second/2); left || !p.Running() {
				t.Fatal("ended with its input")
			}
			c.end(p)
			if status := p.Wait(10 * second); status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			n.Eventually(10*second, "the devices are gone", func() bool { return !a.HasLink("ios0") && !a.HasLink("ios1") })
		})
	}
}
