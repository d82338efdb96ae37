package labs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/topology"
)

// A tunnelEnd is a router with a LAN and a tunnel to each of its peers.
type tunnelEnd struct {
	name, outside string
	addr, lan     string // lan is the third number of 10.x.1.0/24
	routes        []string
	interfaces    string // more lines
	peers         []tunnelEnd
}

// config is the router's startup-config. Its LAN is on a loopback unless
// interfaces says otherwise.
func (e tunnelEnd) config() string {
	var b strings.Builder
	fmt.Fprintf(&b, "hostname %s\ncrypto isakmp policy 10\n authentication pre-share\n"+
		"crypto isakmp key cisco address 0.0.0.0 0.0.0.0\ncrypto ipsec transform-set TS esp-des esp-md5-hmac\n", e.name)
	for i, p := range e.peers {
		fmt.Fprintf(&b, "crypto map VPN %d ipsec-isakmp\n set peer %s\n set transform-set TS\n match address %d\n", i+1, addressOf(p.addr), 101+i)
		fmt.Fprintf(&b, "access-list %d permit ip 10.%s.1.0 0.0.0.255 10.%s.1.0 0.0.0.255\n", 101+i, e.lan, p.lan)
	}
	fmt.Fprintf(&b, "interface %s\n ip address %s\n crypto map VPN\n no shutdown\n", e.outside, e.addr)
	if e.interfaces == "" {
		fmt.Fprintf(&b, "interface Loopback0\n ip address 10.%s.1.1 255.255.255.0\n", e.lan)
	}
	b.WriteString(e.interfaces)
	for _, r := range e.routes {
		b.WriteString("ip route " + r + "\n")
	}
	return b.String() + "end\n"
}

func addressOf(addr string) string {
	a, _, _ := strings.Cut(addr, " ")
	return a
}

// between connects two ends.
func between(a, b tunnelEnd) (tunnelEnd, tunnelEnd) {
	a.peers, b.peers = append(a.peers, b), append(b.peers, a)
	return a, b
}

// network is a topology of nodes, each a configuration or lines of exec, and links.
func network(t *testing.T, nodes map[string]string, links ...string) *topology.File {
	t.Helper()
	var b strings.Builder
	b.WriteString("name: net\ntopology:\n  nodes:\n")
	for _, l := range links { // nodes in the order of the links, so that all runs are alike
		for _, end := range strings.Fields(l)[:2] {
			name, _, _ := strings.Cut(end, ":")
			text, ok := nodes[name]
			if !ok {
				continue
			}
			delete(nodes, name)
			switch {
			case text == "bridge":
				fmt.Fprintf(&b, "    %s: {kind: bridge}\n", name)
			case strings.HasPrefix(text, "ip "):
				fmt.Fprintf(&b, "    %s: {kind: linux, exec: [%s]}\n", name, strings.ReplaceAll(text, "; ", ", "))
			default:
				fmt.Fprintf(&b, "    %s:\n      kind: cisco_iol\n      startup-config: |\n", name)
				for line := range strings.Lines(text) {
					b.WriteString("        " + line)
				}
			}
		}
	}
	b.WriteString("  links:\n")
	for _, l := range links {
		f := strings.Fields(l)
		fmt.Fprintf(&b, "    - endpoints: [%q, %q]\n", f[0], f[1])
		if len(f) > 2 {
			fmt.Fprintf(&b, "      vars: {%s}\n", strings.Join(f[2:], " "))
		}
	}
	file, err := topology.Parse("net.clab.yml", []byte(b.String()), nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return file
}

// A tally counts what passes on a link.
type tally struct {
	protocols  map[uint8]int   // IP packets by protocol
	main       map[string]bool // main modes by cookie
	quick      map[string]bool // quick modes by cookie and message ID
	fragmented int
}

func (l *testLab) watch(t *testing.T, node, ifc string) *tally {
	t.Helper()
	w := &tally{map[uint8]int{}, map[string]bool{}, map[string]bool{}, 0}
	_, err := l.Tap(topology.Endpoint{Node: node, Interface: ifc}, func(_ time.Duration, _ bool, frame []byte) {
		ip := packet.IPv4(packet.Ethernet(frame).Payload())
		if packet.Ethernet(frame).Type() != packet.EtherTypeIPv4 || !ip.Valid() {
			return
		}
		w.protocols[ip.Protocol()]++
		if ip.IsFragment() {
			w.fragmented++
		}
		udp := packet.UDP(ip.Payload())
		if ip.Protocol() != packet.ProtoUDP || len(udp.Payload()) < 28 {
			return
		}
		switch m := udp.Payload(); m[18] { // RFC 2408 3.1
		case 2:
			w.main[string(m[:8])] = true
		case 32:
			w.quick[string(m[:8])+string(m[20:24])] = true
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// pass lets time pass.
func (l *testLab) pass(d time.Duration) { l.Loop.RunUntil(l.Loop.Now() + d) }

// begin types a line and does not wait for its end.
func (l *testLab) begin(node, line string) {
	n := l.Node(node)
	l.screens[node].Reset()
	n.Do(func() { n.Console().TypeLine(line) })
}

// reaches pings until it works, then once more; the second time nothing is lost.
func (l *testLab) reaches(t *testing.T, node, ping string) {
	t.Helper()
	for range 3 {
		l.typed(t, node, ping)
	}
	if out := l.typed(t, node, ping); !strings.Contains(out, "100 percent (5/5)") {
		t.Errorf("%s does not get through:\n%s", node, out)
	}
}

func TestEveryTransformCarriesAPing(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R1", "enable", "ping 23.23.23.3")
	l.typed(t, "R3", "enable")
	w := l.watch(t, "R1", "FastEthernet0/0")
	for _, cipher := range []string{"esp-des", "esp-3des", "esp-aes", "esp-aes 192", "esp-aes 256", "esp-null"} {
		for _, hash := range []string{"esp-md5-hmac", "esp-sha-hmac", "esp-sha256-hmac", "esp-sha384-hmac", "esp-sha512-hmac", ""} {
			if cipher == "esp-null" && hash == "" {
				continue // protects nothing
			}
			set := strings.TrimSpace("crypto ipsec transform-set TS " + cipher + " " + hash)
			for _, node := range []string{"R1", "R3"} {
				if out := l.typed(t, node, "configure terminal", set, "end"); strings.Contains(out, "%  ") || strings.Contains(out, "% I") {
					t.Fatalf("%s: %s", set, out)
				}
			}
			l.typed(t, "R1", "clear crypto sa")
			l.pass(time.Second)
			clear(w.protocols)
			l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 repeat 2")
			if out := l.typed(t, "R1", "ping 20.1.1.1 source 10.1.1.1 size 1500"); !strings.Contains(out, "100 percent (5/5)") {
				t.Errorf("%s: %s", set, out)
			}
			if n := w.protocols[packet.ProtoESP]; n != 2+4*5 || w.protocols[packet.ProtoICMP] != 0 {
				t.Errorf("%s: packets by protocol %v", set, w.protocols)
			}
			if w.fragmented > 0 {
				t.Fatalf("%s: %d fragments: it was cut after it was encrypted", set, w.fragmented)
			}
		}
	}
}

// A used pair is renewed before its end, whichever end pings, and nothing is lost.
func TestTunnelStaysUp(t *testing.T) {
	for _, c := range []struct {
		who            string
		phase1, phase2 int // seconds
		hours          float64
		mains, quicks  [2]int // least and most
	}{
		{"R1", 86400, 3600, 4, [2]int{1, 1}, [2]int{4, 5}},
		{"R3", 86400, 3600, 4, [2]int{1, 1}, [2]int{4, 5}},
		{"R1 R3", 86400, 3600, 4, [2]int{1, 2}, [2]int{4, 6}},
		{"R1", 300, 120, 1, [2]int{10, 13}, [2]int{38, 42}},
		{"R3", 300, 120, 1, [2]int{10, 13}, [2]int{38, 42}},
		{"R1 R3", 300, 120, 1, [2]int{10, 13}, [2]int{38, 43}},
		{"R1 R3", 7200, 3600, 6, [2]int{2, 4}, [2]int{6, 8}},
	} {
		t.Run(fmt.Sprintf("%s/%d/%d", strings.ReplaceAll(c.who, " ", "+"), c.phase1, c.phase2), func(t *testing.T) {
			l := startLab(t, siteToSite(t), Options{})
			for _, node := range []string{"R1", "R3"} {
				l.typed(t, node, "enable", "configure terminal", "crypto isakmp policy 10", fmt.Sprintf("lifetime %d", c.phase1), "exit",
					fmt.Sprintf("crypto ipsec security-association lifetime seconds %d", c.phase2), "end")
			}
			l.typed(t, "R1", "ping 23.23.23.3")
			w := l.watch(t, "R1", "FastEthernet0/0")
			ping := map[string]string{
				"R1": "ping 20.1.1.1 source 10.1.1.1 repeat 1",
				"R3": "ping 10.1.1.1 source 20.1.1.1 repeat 1",
			}
			who := strings.Fields(c.who)
			lost, round := 0, 0
			for end := l.Loop.Now() + time.Duration(c.hours*float64(time.Hour)); l.Loop.Now() < end; round++ {
				next := l.Loop.Now() + 10*time.Second
				for _, node := range who {
					l.begin(node, ping[node])
				}
				l.Loop.RunUntil(next)
				for _, node := range who {
					if round > 0 && !strings.Contains(l.screens[node].String(), "100 percent (1/1)") {
						lost++
						t.Logf("%v: %s", l.Loop.Now(), l.screens[node])
					}
				}
			}
			if lost > 0 {
				t.Errorf("%d pings were lost", lost)
			}
			if n := len(w.main); n < c.mains[0] || n > c.mains[1] {
				t.Errorf("phase 1 was built %d times, want %v", n, c.mains)
			}
			if n := len(w.quick); n < c.quicks[0] || n > c.quicks[1] {
				t.Errorf("phase 2 was built %d times, want %v", n, c.quicks)
			}
			if w.protocols[packet.ProtoICMP] != 0 {
				t.Error("something went in the clear")
			}
		})
	}
}
