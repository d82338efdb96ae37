//go:build linux

package labs

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
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/normalise"
)

// write puts files into a directory of the test's own.
func write(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// gateway is a site's router: a LAN on FastEthernet0/0, a tunnel on FastEthernet0/1.
func gateway(name, lan, outside, nextHop, peer, thisLAN, thatLAN string) string {
	return fmt.Sprintf(`hostname %s
crypto isakmp policy 10
 encryption aes
 authentication pre-share
 group 2
crypto isakmp key cisco address %[5]s
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map VPN 10 ipsec-isakmp
 set peer %[5]s
 set transform-set TS
 match address 101
interface FastEthernet0/0
 ip address %[2]s 255.255.255.0
 no shutdown
interface FastEthernet0/1
 ip address %[3]s 255.255.255.0
 crypto map VPN
 no shutdown
ip route 0.0.0.0 0.0.0.0 %[4]s
access-list 101 permit ip %[6]s 0.0.0.255 %[7]s 0.0.0.255
end
`, name, lan, outside, nextHop, peer, thisLAN, thatLAN)
}

// TestHostToHostThroughTunnel: namespace A - TUN - R1 - R2 - R3 - TUN - namespace B in
// one process, encrypted in the middle.
func TestHostToHostThroughTunnel(t *testing.T) {
	netlab.Need(t, "curl", "python3", "traceroute", "ping")
	n := netlab.New(t)
	a, r, b := n.Namespace("a"), n.Namespace("r"), n.Namespace("b")
	dir := write(t, map[string]string{
		"R1.cfg": gateway("R1", "10.1.1.1", "12.12.12.1", "12.12.12.2", "23.23.23.3", "10.1.1.0", "20.1.1.0"),
		"R3.cfg": gateway("R3", "20.1.1.1", "23.23.23.3", "23.23.23.2", "12.12.12.1", "20.1.1.0", "10.1.1.0"),
		"R2.cfg": `hostname R2
interface FastEthernet0/0
 ip address 12.12.12.2 255.255.255.0
 no shutdown
interface FastEthernet0/1
 ip address 23.23.23.2 255.255.255.0
 no shutdown
ip route 10.1.1.0 255.255.255.0 12.12.12.1
ip route 20.1.1.0 255.255.255.0 23.23.23.3
access-list 100 permit esp any any
access-list 100 permit udp any any eq isakmp
access-list 100 permit icmp host 23.23.23.3 any
access-list 100 deny udp any any eq domain
access-list 100 deny ip any any log
end
`,
		"two-hosts.clab.yml": `name: two-hosts
topology:
  defaults: {kind: cisco_iol}
  nodes:
    R1: {startup-config: R1.cfg}
    R2: {startup-config: R2.cfg}
    R3: {startup-config: R3.cfg}
  links:
    - endpoints: ["R1:FastEthernet0/0", "host:iosa"]
      vars: {wire: "tun:iosa"}
    - endpoints: ["R1:FastEthernet0/1", "R2:FastEthernet0/0"]
    - endpoints: ["R2:FastEthernet0/1", "R3:FastEthernet0/1"]
    - endpoints: ["R3:FastEthernet0/0"]
      vars: {wire: "tun:iosb"}
`})
	p := r.Ioslab("run", dir)
	p.Expect(`R1>`, 20*time.Second)
	for _, m := range []struct {
		to                    *netlab.Namespace
		device, address, next string
	}{{a, "iosa", "10.1.1.2/24", "10.1.1.1"}, {b, "iosb", "20.1.1.2/24", "20.1.1.1"}} {
		r.Run("ip", "link", "set", m.device, "netns", m.to.Path())
		m.to.Run("ip", "link", "set", m.device, "up")
		m.to.Address(m.device, m.address)
		m.to.Route("default", m.next)
	}
	n.Eventually(30*time.Second, "A reaches B", func() bool {
		_, err := a.Try("ping", "-c1", "-W1", "20.1.1.2")
		return err == nil
	})
	// What is not ESP, IKE or a message of R3's own is lost in R2 from now on; the
	// server asks in vain for its name.
	p.Type("!lab console R2")
	for _, line := range []string{"enable", "configure terminal", "interface FastEthernet0/0", "ip access-group 100 in", "interface FastEthernet0/1", "ip access-group 100 in", "end"} {
		p.Type(line)
	}
	a.Run("ping", "-c20", "-i0.05", "-W2", "20.1.1.2")
	a.Run("ping", "-c2", "-W2", "-s", "4000", "20.1.1.2")

	data := filepath.Join(t.TempDir(), "data")
	b.Run("dd", "if=/dev/urandom", "of="+data, "bs=1M", "count=100", "status=none")
	b.Start("python3", "-m", "http.server", "--directory", filepath.Dir(data), "--bind", "20.1.1.2", "8000")
	n.Eventually(20*time.Second, "the server answers", func() bool {
		_, err := a.Try("curl", "-sf", "-m5", "-I", "-o", "/dev/null", "http://20.1.1.2:8000/data")
		return err == nil
	})
	start := time.Now()
	a.Run("curl", "-sf", "-m550", "-o", data+".got", "http://20.1.1.2:8000/data")
	t.Logf("100 MB in %v", time.Since(start).Round(time.Millisecond))
	a.Run("cmp", data, data+".got")

	// R2 is inside the tunnel, where hops are not counted; R3 answers by the interface
	// at which the packet came.
	route := a.Run("traceroute", "-n", "-q1", "-w3", "20.1.1.2")
	want := regexp.MustCompile(`(?s) 1  10\.1\.1\.1 .* 2  23\.23\.23\.3 .* 3  20\.1\.1\.2 `)
	if !want.MatchString(route) {
		t.Errorf("traceroute shows:\n%s", route)
	}
	p.Type("show access-lists")
	text := p.Expect(`deny ip any any log.*\n`, 20*time.Second)
	if strings.Contains(text, "deny ip any any log (") || !regexp.MustCompile(`permit esp any any \(\d{5,} matches\)`).MatchString(text) {
		t.Errorf("not all was encrypted:\n%s", text)
	}
	p.Signal(syscall.SIGTERM)
	if status := p.Wait(10 * time.Second); status != 0 {
		t.Errorf("status %d", status)
	}
	if a.HasLink("iosa") || b.HasLink("iosb") {
		t.Error("a device is left over")
	}
}

// TestSplitLab: a lab whose wires lead to another process behaves as in one.
func TestSplitLab(t *testing.T) {
	n := netlab.New(t)
	ns := n.Namespace("a")
	files := map[string]string{}
	for _, name := range []string{"R1", "R2", "R3"} {
		text, err := library.Files.ReadFile("site-to-site/" + name + ".cfg")
		if err != nil {
			t.Fatal(err)
		}
		files[name+".cfg"] = string(text)
	}
	files["west.clab.yml"] = `name: west
topology:
  defaults: {kind: cisco_iol}
  nodes:
    R1: {startup-config: R1.cfg}
    R2: {startup-config: R2.cfg}
  links:
    - endpoints: ["R1:FastEthernet0/0", "R2:FastEthernet0/0"]
    - endpoints: ["R2:FastEthernet0/1"]
      vars: {wire: "udp:10023:127.0.0.1:10032"}
`
	files["east.clab.yml"] = `name: east
topology:
  nodes:
    R3: {kind: cisco_iol, startup-config: R3.cfg}
  links:
    - endpoints: ["R3:FastEthernet0/0"]
      vars: {wire: "udp:10032:127.0.0.1:10023"}
`
	dir := write(t, files)
	start := func(lab, prompt string) *netlab.Process {
		p := ns.Ioslab("run", "--seed", "7", lab)
		p.Expect(prompt, 20*time.Second)
		return p
	}
	whole := start("site-to-site", "R1>")
	west, east := start(filepath.Join(dir, "west.clab.yml"), "R1>"), start(filepath.Join(dir, "east.clab.yml"), "R3>")

	one := negotiate(whole, whole)
	two := negotiate(west, east)
	for i, router := range []string{"R1", "R3"} {
		a, b := normalise.Text(one[i]), normalise.Text(two[i])
		if a != b {
			t.Errorf("%s says in one process:\n%s\nand in two:\n%s", router, a, b)
		}
		if strings.Count(a, "ISAKMP") < 50 {
			t.Errorf("%s says little:\n%s", router, a)
		}
	}
}

// round is what a ping says of its times, which differ from run to run.
var round = regexp.MustCompile(`min/avg/max = .*`)

// negotiate builds the tunnel of site-to-site and returns what R1 and R3 print on the
// way. Where one process has both, its screen shows R1 first.
func negotiate(r1, r3 *netlab.Process) (said [2]string) {
	const within = 30 * time.Second
	both := r1 == r3
	to := func(router string) {
		if both {
			r1.Type("!lab console " + router)
		}
	}
	r1.Type("ping 23.23.23.3") // for the ARP tables
	r1.Expect(`Success rate is .*\n`, within)
	r1.Type("enable")
	r1.Type("debug crypto isakmp")
	r1.Expect(`debugging is on\n`, within)
	to("R3")
	r3.Type("enable")
	r3.Type("debug crypto isakmp")
	r3.Expect(`debugging is on\n`, within)
	to("R1")
	r1.Type("ping 20.1.1.1 source 10.1.1.1")
	r1.Expect(`Sending 5`, within)
	said[0] = r1.Expect(`Success rate is .*\n`, within)
	to("R3")
	if both {
		r3.Expect(`!lab console R3\n`, within)
	}
	r3.Type("show crypto isakmp sa")
	r3.Expect(`ISAKMP`, within)
	said[1] = r3.Expect(`QM_IDLE +1 +0 ACTIVE`, within)
	for i, text := range said {
		text = strings.ReplaceAll(text, "\r", "")
		var kept []string
		for _, line := range strings.Split(round.ReplaceAllString(text, ""), "\n") {
			if line = strings.TrimRight(line, " "); line != "" && !strings.HasPrefix(line, "[R") && !strings.HasPrefix(line, "R3#") {
				kept = append(kept, line)
			}
		}
		said[i] = strings.Join(kept, "\n")
	}
	return said
}
