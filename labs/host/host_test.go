package host

import (
	"io"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/loop/looptest"
)

// screen collects what a console shows.
type screen struct{ strings.Builder }

func (s *screen) Echo(prompt, line string) { s.WriteString(prompt + line + "\n") }
func (s *screen) Output(text string)       { s.WriteString(text) }
func (s *screen) Log(record string)        { s.WriteString(record + "\n") }

// bench is two hosts at a link.
type bench struct {
	*loop.Loop
	hosts   [2]*Host
	screens [2]screen
	link    *link.Link
}

func newBench(t *testing.T, exec ...string) *bench {
	looptest.NoCoroutinesLeft(t)
	b := &bench{Loop: loop.New()}
	seed := loop.Seeded(1)
	k := link.New(b.Loop, seed.Source("link", ""), link.Settings{})
	b.link = k
	for i, name := range []string{"PC1", "PC2"} {
		p := loop.NewProcessor(b.Loop)
		h := New(Options{
			Name: name, Clock: p,
			Rand:     func(purpose string) io.Reader { return seed.Stream(name, purpose) },
			Terminal: cli.Options{Script: &b.screens[i]},
		})
		port, err := h.Attach("eth1", func(f []byte) { k.End(i).Send(p.Now(), f) })
		if err != nil {
			t.Fatal(err)
		}
		k.End(i).Attach(port.Receive, port.SetCarrier)
		port.SetCarrier(true)
		port.OnSignal(func(on bool) { k.End(i).SetOff(!on) })
		b.hosts[i] = h
	}
	for _, p := range b.hosts[0].Boot(exec) {
		t.Errorf("%s: %s", exec[p.Index], p.Message)
	}
	b.hosts[1].Boot([]string{"ip address add 10.0.0.2/24 dev eth1"})
	for _, h := range b.hosts {
		t.Cleanup(h.Console().Close)
	}
	return b
}

// typed types lines on the first host and returns what the screen shows of them.
func (b *bench) typed(lines ...string) string {
	s := b.hosts[0].Console()
	b.screens[0].Reset()
	for _, l := range lines {
		s.TypeLine(l)
		b.RunWhile(1<<62, s.Busy)
	}
	return b.screens[0].String()
}

func TestConsole(t *testing.T) {
	const address = "ip address add 10.0.0.1/24 dev eth1"
	tests := []struct {
		name  string
		exec  []string
		lines []string
		want  string
	}{
		{
			"ping: the first packet waits for a new neighbour",
			[]string{address}, []string{"ping -c 2 10.0.0.2", "ip neigh"},
			`PC1#ping -c 2 10.0.0.2
PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms
64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1000ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
PC1#ip neigh
10.0.0.2 dev eth1 lladdr MAC REACHABLE
`,
		}, {
			"traceroute", []string{address}, []string{"ping -c 1 10.0.0.2", "traceroute 10.0.0.2", "ip route add 10.9.0.0/24 via 10.0.0.2", "traceroute -n -m 2 10.9.0.1", "traceroute 10.0.0.2 -m 1"},
			`PC1#ping -c 1 10.0.0.2
PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.050 ms

--- 10.0.0.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms
PC1#traceroute 10.0.0.2
traceroute to 10.0.0.2 (10.0.0.2), 30 hops max
 1  10.0.0.2  0.050 ms  0.050 ms  0.050 ms
PC1#ip route add 10.9.0.0/24 via 10.0.0.2
PC1#traceroute -n -m 2 10.9.0.1
traceroute to 10.9.0.1 (10.9.0.1), 2 hops max
 1  * * *
 2  * * *
PC1#traceroute 10.0.0.2 -m 1
traceroute to 10.0.0.2 (10.0.0.2), 1 hops max
 1  10.0.0.2  0.050 ms  0.050 ms  0.050 ms
`,
		}, {
			"addresses", nil,
			[]string{address, "ip a add 10.1.0.1/24 dev eth1", "ip a del 10.0.0.1/24 dev eth1", "ip a", "ip a del 10.0.0.1/24 dev eth1", "ip a add 10.0.0.1/24 dev eth2"},
			`PC1#ip address add 10.0.0.1/24 dev eth1
PC1#ip a add 10.1.0.1/24 dev eth1
PC1#ip a del 10.0.0.1/24 dev eth1
PC1#ip a
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536
    inet 127.0.0.1/8 scope host lo
2: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
    link/ether MAC brd ff:ff:ff:ff:ff:ff
    inet 10.1.0.1/24 scope global eth1
PC1#ip a del 10.0.0.1/24 dev eth1
RTNETLINK answers: Cannot assign requested address
PC1#ip a add 10.0.0.1/24 dev eth2
Cannot find device "eth2"
`,
		}, {
			"routes", []string{address, "ip route add default via 10.0.0.2"},
			[]string{
				"ip route", "ip route add default via 10.0.0.3", "ip route replace default via 10.0.0.3",
				"ip route add 10.9.0.0/16 dev eth1", "ip route add 10.8.0.0/16 via 1.2.3.4", "ip r", "ip route del default", "ip route del default", "ip route add default",
			},
			`PC1#ip route
default via 10.0.0.2 dev eth1
10.0.0.0/24 dev eth1 scope link src 10.0.0.1
PC1#ip route add default via 10.0.0.3
RTNETLINK answers: File exists
PC1#ip route replace default via 10.0.0.3
PC1#ip route add 10.9.0.0/16 dev eth1
PC1#ip route add 10.8.0.0/16 via 1.2.3.4
RTNETLINK answers: Network is unreachable
PC1#ip r
default via 10.0.0.3 dev eth1
10.0.0.0/24 dev eth1 scope link src 10.0.0.1
10.9.0.0/16 dev eth1 scope link
PC1#ip route del default
PC1#ip route del default
RTNETLINK answers: No such process
PC1#ip route add default
% Incomplete command.

`,
		}, {
			"a link that is down", []string{address}, []string{"ip link set eth1 down", "ip route", "ip link set dev eth1 up", "ip route"},
			`PC1#ip link set eth1 down
PC1#ip route
PC1#ip link set dev eth1 up
PC1#ip route
10.0.0.0/24 dev eth1 scope link src 10.0.0.1
`,
		}, {
			"mistakes", nil, []string{"apk add curl", "ping nowhere"},
			`PC1#apk add curl
sh: apk: not found
PC1#ping nowhere
         ^
% Invalid input detected at '^' marker.

`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, tt.exec...)
			got := b.typed(tt.lines...)
			for _, h := range b.hosts {
				for _, i := range h.stack.Interfaces() {
					got = strings.ReplaceAll(got, linuxMAC(i.MAC()), "MAC")
				}
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestPingIsBrokenOff(t *testing.T) {
	b := newBench(t, "ip address add 10.0.0.1/24 dev eth1")
	s := b.hosts[0].Console()
	s.TypeLine("ping -c 1000 10.0.0.9")
	b.RunUntil(b.Now() + 2500*1e6)
	s.Keys([]byte{3}) // Ctrl-C
	if s.Busy() || !strings.Contains(b.screens[0].String(), "3 packets transmitted, 0 received, 100% packet loss, time 2000ms\n\n") {
		t.Errorf("still busy, or no summary: %s", &b.screens[0])
	}
}

func TestProblemsOfExec(t *testing.T) {
	b := newBench(t)
	const invalid = "% Invalid input detected at '^' marker."
	for _, tt := range []struct {
		command, message, under string // under: what begins at the caret
	}{
		{"iperf -s", "sh: iperf: not found", "iperf -s"},
		{" sysctl -w net.ipv4.ip_forward=1", "sh: sysctl: not found", "sysctl -w net.ipv4.ip_forward=1"},
		{"ip address add 1.2.3.300/24 dev eth1", invalid, "0/24 dev eth1"},
		{"ip address add 1.2.3.300", invalid, "0"},
		{"ip address add 1.2.3/24 dev eth1", invalid, "/24 dev eth1"},
		{"ip address add 1.2.3 dev eth1", invalid, "1.2.3 dev eth1"},
		{"ip address add 1.2.3.4/33 dev eth1", invalid, "3 dev eth1"},
		{"ip address add fe80::1/64 dev eth1", invalid, "fe80::1/64 dev eth1"},
		{"ip route add default vai 10.0.0.2", invalid, "ai 10.0.0.2"},
		{"ip address add 1.2.3.4/24", "% Incomplete command.", ""},
		{"ip address add 1.2.3.4/24 dev eth9", "Cannot find device \"eth9\"", ""},
		{"ping -i soon 10.0.0.2", invalid, "soon 10.0.0.2"},
		{"ping -i 0 10.0.0.2", invalid, "0 10.0.0.2"},
	} {
		problems := b.hosts[0].Boot([]string{"ip address add 10.0.0.1/24 dev eth1", tt.command})
		if len(problems) != 1 || problems[0].Index != 1 {
			t.Errorf("%s: got %+v", tt.command, problems)
			continue
		}
		under := ""
		if at := problems[0].Column; at >= 0 {
			under = tt.command[at:]
		}
		if problems[0].Message != tt.message || under != tt.under {
			t.Errorf("%s: %q with the caret at %q", tt.command, problems[0].Message, under)
		}
	}
}

func TestAttachRefusesOtherNames(t *testing.T) {
	for _, name := range []string{"eth0", "eth01", "eth", "fa0/0", "eth256"} {
		if _, err := New(Options{}).Attach(name, nil); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestNeighbourBeingAsked(t *testing.T) {
	b := newBench(t, "ip address add 10.0.0.1/24 dev eth1")
	b.hosts[0].Console().TypeLine("ping -c 1 -w 1 10.0.0.9")
	b.RunWhile(1<<62, b.hosts[0].Console().Busy)
	if got := b.typed("ip neigh"); !strings.Contains(got, "10.0.0.9 dev eth1 INCOMPLETE") {
		t.Error(got)
	}
	b.RunUntil(b.Now() + 3e9)
	if got := b.typed("ip neigh"); !strings.Contains(got, "10.0.0.9 dev eth1 FAILED") {
		t.Error(got)
	}
}
