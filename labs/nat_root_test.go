//go:build linux

package labs

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// An edge is a router of ours, R1, that translates for two hosts, filters what comes in
// from the internet, and has a tunnel to the network of a site behind R3:
//
//	h1 10.1.1.2 - R1 - 203.0.113.0/24 - net - 198.51.100.0/24 - R3 - site 20.1.1.2
//	h2 10.1.2.2 --+
type edge struct {
	*netlab.Net
	h1, h2, net, site *netlab.Namespace
	r1                *netlab.Process
}

const (
	edgeR1 = `hostname R1
crypto isakmp policy 10
 encryption aes
 authentication pre-share
 group 2
crypto isakmp key cisco address 198.51.100.2
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map VPN 10 ipsec-isakmp
 set peer 198.51.100.2
 set transform-set TS
 match address SITE
interface FastEthernet0/0
 ip address 203.0.113.1 255.255.255.0
 ip access-group EDGE in
 ip nat outside
 crypto map VPN
interface FastEthernet0/1
 ip address 10.1.1.1 255.255.255.0
 ip nat inside
interface FastEthernet1/0
 ip address 10.1.2.1 255.255.255.0
 ip nat inside
ip route 0.0.0.0 0.0.0.0 203.0.113.2
ip nat inside source list NAT interface FastEthernet0/0 overload
ip access-list extended SITE
 permit ip 10.1.0.0 0.0.255.255 20.1.1.0 0.0.0.255
ip access-list extended NAT
 deny ip 10.1.0.0 0.0.255.255 20.1.1.0 0.0.0.255
 permit ip 10.1.0.0 0.0.255.255 any
ip access-list extended EDGE
 permit udp host 198.51.100.2 host 203.0.113.1 eq isakmp
 permit esp host 198.51.100.2 host 203.0.113.1
 permit tcp any host 203.0.113.1 established
 permit tcp host 203.0.113.2 eq ftp-data host 203.0.113.1
 permit icmp any host 203.0.113.1 echo-reply
 deny ip any any log
end
`
	edgeR3 = `hostname R3
crypto isakmp policy 10
 encryption aes
 authentication pre-share
 group 2
crypto isakmp key cisco address 203.0.113.1
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map VPN 10 ipsec-isakmp
 set peer 203.0.113.1
 set transform-set TS
 match address SITE
interface FastEthernet0/0
 ip address 198.51.100.2 255.255.255.0
 crypto map VPN
interface FastEthernet0/1
 ip address 20.1.1.1 255.255.255.0
ip route 0.0.0.0 0.0.0.0 198.51.100.1
ip access-list extended SITE
 permit ip 20.1.1.0 0.0.0.255 10.1.0.0 0.0.255.255
end
`
)

func newEdge(t *testing.T) *edge {
	n := netlab.New(t)
	e := &edge{Net: n, h1: n.Namespace("h1"), h2: n.Namespace("h2"), net: n.Namespace("net"), site: n.Namespace("site")}
	r1, r3 := n.Namespace("r1"), n.Namespace("r3")
	n.Join(e.h1, "eth0", r1, "in1")
	n.Join(e.h2, "eth0", r1, "in2")
	n.Join(e.net, "left", r1, "out")
	n.Join(e.net, "right", r3, "out")
	n.Join(e.site, "eth0", r3, "in")
	for _, m := range []struct {
		at                    *netlab.Namespace
		device, address, next string
	}{
		{e.h1, "eth0", "10.1.1.2/24", "10.1.1.1"}, {e.h2, "eth0", "10.1.2.2/24", "10.1.2.1"},
		{e.net, "left", "203.0.113.2/24", ""}, {e.net, "right", "198.51.100.1/24", ""}, {e.site, "eth0", "20.1.1.2/24", "20.1.1.1"},
	} {
		m.at.Address(m.device, m.address)
		if m.next != "" {
			m.at.Route("default", m.next)
		}
	}
	e.net.Run("sysctl", "-qw", "net.ipv4.ip_forward=1")
	dir := write(t, map[string]string{"R1.cfg": edgeR1, "R3.cfg": edgeR3})
	e.r1 = r1.Ioslab("node", "--config", filepath.Join(dir, "R1.cfg"),
		"--attach", "FastEthernet0/0=eth:out", "--attach", "FastEthernet0/1=eth:in1", "--attach", "FastEthernet1/0=eth:in2")
	r3.Ioslab("node", "--config", filepath.Join(dir, "R3.cfg"), "--attach", "FastEthernet0/0=eth:out", "--attach", "FastEthernet0/1=eth:in")
	e.r1.Expect(`R1>`, 20*time.Second)
	e.show("enable")
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("R1:\n%s", e.r1.Output())
		}
	})
	return e
}

// show types a command at R1 and returns what it prints.
func (e *edge) show(command string) string {
	e.r1.Type(command)
	return e.r1.Expect(regexp.QuoteMeta(command)+`\n(?:(?s:.*)\n)?R1#$`, 20*time.Second)
}

// answers waits until there is something at a URL.
func (e *edge) answers(from *netlab.Namespace, url string) {
	e.Eventually(40*time.Second, url+" answers", func() bool {
		_, err := from.Try("curl", "-sf", "-m5", "-o", "/dev/null", "-r", "0-0", url)
		return err == nil
	})
}

// random makes a file of random bytes.
func random(t *testing.T, ns *netlab.Namespace, megabytes int) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "data")
	ns.Run("dd", "if=/dev/urandom", "of="+file, "bs=1M", "count="+strconv.Itoa(megabytes), "status=none")
	return file
}

// fetch has curl get a URL into a file beside the one that it compares it with.
func fetch(ns *netlab.Namespace, file, got, url string, options ...string) error {
	got = filepath.Join(filepath.Dir(file), got)
	out, err := ns.Try(append(append([]string{"curl", "-sS", "-m300", "-o", got}, options...), url)...)
	if err != nil {
		return fmt.Errorf("%s: %s: %w: %s", ns.Name, url, err, out)
	}
	if out, err := ns.Try("cmp", file, got); err != nil {
		return fmt.Errorf("%s: %s: %w: %s", ns.Name, url, err, out)
	}
	return nil
}

// serve starts a web server for a file.
func serve(ns *netlab.Namespace, address, file string) {
	ns.Start("python3", "-m", "http.server", "--directory", filepath.Dir(file), "--bind", address, "8000")
}

// TestFetchThroughPATBesideATunnel: a host behind the PAT of R1 and its edge list fetches
// 100 MB from the internet and, at the same time, from the site; another host fetches
// from the same port as the first, to the same server. What R1 counts is what passes on
// both sides.
func TestFetchThroughPATBesideATunnel(t *testing.T) {
	netlab.Need(t, "curl", "python3", "tcpdump", "ethtool", "cmp", "dd")
	e := newEdge(t)
	data := random(t, e.net, 100)
	serve(e.net, "203.0.113.2", data)
	serve(e.site, "20.1.1.2", data)
	e.answers(e.h1, "http://203.0.113.2:8000/data")
	e.answers(e.h1, "http://20.1.1.2:8000/data")
	var wg sync.WaitGroup
	job := func(to *netlab.Namespace, got, url string, options ...string) {
		wg.Go(func() {
			if err := fetch(to, data, got, url, options...); err != nil {
				t.Error(err)
			}
		})
	}
	job(e.h1, "h1.got", "http://203.0.113.2:8000/data", "--local-port", "40000")
	job(e.h2, "h2.got", "http://203.0.113.2:8000/data", "--local-port", "40000")
	job(e.h1, "tunnel.got", "http://20.1.1.2:8000/data")
	var table string
	e.Eventually(60*time.Second, "both hosts have a translation", func() bool {
		table = e.show("show ip nat translations tcp")
		return strings.Contains(table, "10.1.1.2:40000") && strings.Contains(table, "10.1.2.2:40000")
	})
	wg.Wait()
	// One of them keeps its port, and the other has the first that is free.
	if !regexp.MustCompile(`203\.0\.113\.1:40000 `).MatchString(table) || !regexp.MustCompile(`203\.0\.113\.1:1024 `).MatchString(table) {
		t.Errorf("two hosts from one port:\n%s", table)
	}
	if strings.Contains(e.show("show ip nat translations"), "20.1.1.2") {
		t.Error("what goes through the tunnel is translated")
	}
	for _, line := range []string{`permit tcp any host 203\.0\.113\.1 established \((\d+) matches\)`, `permit esp .* \((\d+) matches\)`} {
		if n := regexp.MustCompile(line).FindStringSubmatch(e.show("show ip access-lists EDGE")); n == nil || len(n[1]) < 4 {
			t.Errorf("%s: %v", line, n)
		}
	}
	e.compareCounts(t)
}

var hits = regexp.MustCompile(`Hits: (\d+)  Misses: (\d+)`)

// translated is how many packets R1 says to have translated.
func (e *edge) translated(t *testing.T) (n int) {
	t.Helper()
	counts := hits.FindStringSubmatch(e.show("show ip nat statistics"))
	if counts == nil {
		t.Fatal("no hits and misses")
	}
	for _, c := range counts[1:] {
		k, _ := strconv.Atoi(c)
		n += k
	}
	return n
}

// compareCounts fetches once more, with the segments as they are on the wire, and
// compares what tcpdump sees on both sides with what R1 counts.
func (e *edge) compareCounts(t *testing.T) {
	t.Helper()
	for _, m := range []struct {
		ns     *netlab.Namespace
		device string
	}{{e.h1, "eth0"}, {e.net, "left"}} {
		m.ns.Run("ethtool", "-K", m.device, "tso", "off", "gso", "off", "gro", "off")
	}
	data := random(t, e.net, 2)
	e.net.Start("python3", "-m", "http.server", "--directory", filepath.Dir(data), "--bind", "203.0.113.2", "8001")
	e.answers(e.h1, "http://203.0.113.2:8001/data")
	time.Sleep(time.Second) // what is left of that connection
	dir := t.TempDir()
	inside, outside := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	in := e.h1.Start("tcpdump", "-Z", "root", "-U", "-i", "eth0", "-B", "16384", "-w", inside, "tcp port 8001")
	out := e.net.Start("tcpdump", "-Z", "root", "-U", "-i", "left", "-B", "16384", "-w", outside, "tcp port 8001")
	in.Expect(`listening on`, 20*time.Second)
	out.Expect(`listening on`, 20*time.Second)
	before := e.translated(t)
	if err := fetch(e.h1, data, "got", "http://203.0.113.2:8001/data"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second) // the end of the connection, and R1's counters
	counted := e.translated(t) - before
	frames := func(file string) int {
		return strings.Count(e.h1.Run("sh", "-c", "tcpdump -nr "+file+" 2>/dev/null"), "\n")
	}
	a, b := frames(inside), frames(outside)
	if a != b || a != counted || a < 1000 {
		t.Errorf("packets: %d inside, %d outside, and R1 has translated %d", a, b, counted)
	}
}

// TestFTPThroughPAT: a real client behind R1's PAT lists and fetches from a real server,
// actively (the server connects to the port that the client has named) and passively.
func TestFTPThroughPAT(t *testing.T) {
	netlab.Need(t, "vsftpd", "curl", "cmp", "dd")
	e := newEdge(t)
	data := random(t, e.net, 10)
	root := filepath.Dir(data)
	for _, dir := range []string{root, filepath.Dir(root)} {
		os.Chmod(dir, 0o755) // its user is not ours
	}
	os.Chmod(data, 0o644)
	conf := filepath.Join(t.TempDir(), "vsftpd.conf")
	if err := os.WriteFile(conf, []byte(fmt.Sprintf(`listen=YES
background=NO
anonymous_enable=YES
no_anon_password=YES
anon_root=%s
connect_from_port_20=YES
pasv_enable=YES
port_enable=YES
seccomp_sandbox=NO
secure_chroot_dir=/var/run
`, root)), 0o600); err != nil {
		t.Fatal(err)
	}
	e.net.Run("mkdir", "-p", "/var/run/vsftpd/empty")
	server := e.net.Start("vsftpd", conf)
	e.Eventually(30*time.Second, "the server answers", func() bool {
		_, err := e.h1.Try("curl", "-s", "-m5", "ftp://203.0.113.2/")
		return err == nil || !server.Running()
	})
	for name, options := range map[string][]string{
		"passive": {"--disable-epsv"}, "active": {"-P", "-", "--disable-eprt"},
	} {
		t.Run(name, func(t *testing.T) {
			if out, err := e.h1.Try(append([]string{"curl", "-sS", "-m20", "ftp://203.0.113.2/"}, options...)...); err != nil || !strings.Contains(out, "data") {
				t.Errorf("list: %v: %s", err, out)
			}
			if err := fetch(e.h1, data, name+".got", "ftp://203.0.113.2/data", options...); err != nil {
				t.Error(err)
			}
		})
	}
}
