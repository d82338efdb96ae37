package labs

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/loop/looptest"
	"github.com/ioslab/ioslab/labs/topology"
)

// A testLab is a lab whose consoles are strings.
type testLab struct {
	*Lab
	screens map[string]*testScreen
	reports []string
}

type testScreen struct{ strings.Builder }

func (s *testScreen) Echo(prompt, line string) { s.WriteString(prompt + line + "\n") }
func (s *testScreen) Output(text string)       { s.WriteString(text) }
func (s *testScreen) Log(record string)        { s.WriteString(record + "\n") }

func startLab(t *testing.T, file *topology.File, o Options) *testLab {
	t.Helper()
	looptest.NoCoroutinesLeft(t)
	l := &testLab{screens: map[string]*testScreen{}}
	o.Entropy = loop.Seeded(1)
	o.Terminal = func(n *Node) cli.Options {
		l.screens[n.Name] = new(testScreen)
		return cli.Options{Script: l.screens[n.Name]}
	}
	o.Report = func(err error) { l.reports = append(l.reports, err.Error()) }
	var err error
	if l.Lab, err = New(file, o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	if err := l.Boot(); err != nil {
		t.Fatal(err)
	}
	for _, s := range l.screens {
		s.Reset()
	}
	return l
}

// typed types lines on a node, each when the one before has ended, and returns
// what its console shows of them.
func (l *testLab) typed(t *testing.T, node string, lines ...string) string {
	t.Helper()
	n := l.Node(node)
	l.screens[node].Reset()
	for _, line := range lines {
		done := false
		n.Do(func() { done = true; n.Console().TypeLine(line) })
		if !l.Loop.RunWhile(l.Loop.Now()+time.Hour, func() bool { return !done || n.Console().Busy() }) {
			t.Fatalf("%s does not come back from %q", node, line)
		}
	}
	return l.screens[node].String()
}

func (l *testLab) order(t *testing.T, line string) {
	t.Helper()
	o, err := ParseOrder(line, l.File)
	if err != nil {
		t.Fatal(err)
	}
	l.Perform(o, Source{Files: l.opts.Files}, func(string) {})
}

func siteToSite(t *testing.T) *topology.File {
	t.Helper()
	f, err := Open(library.Files, "site-to-site", "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBundledLabsHaveNoUnknownLines(t *testing.T) {
	for _, b := range library.Labs() {
		f, err := Open(library.Files, b.Name, "")
		if err != nil {
			t.Fatal(err)
		}
		l := startLab(t, f, Options{})
		for _, r := range l.reports {
			t.Error(r)
		}
	}
}

func TestOnlyESPOnTheWire(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	const ping = "ping 20.1.1.1 source 10.1.1.1"
	l.typed(t, "R1", ping)
	l.Loop.RunUntil(l.Loop.Now() + time.Minute)

	protocols := map[uint8]int{}
	_, err := l.Tap(topology.Endpoint{Node: "R1", Interface: "FastEthernet0/0"}, func(_ time.Duration, _ bool, frame []byte) {
		if ip := packet.IPv4(packet.Ethernet(frame).Payload()); packet.Ethernet(frame).Type() == 0x0800 && ip.Valid() {
			protocols[ip.Protocol()]++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	out := l.typed(t, "R1", ping)
	if !strings.Contains(out, "\n!!!!!\n") {
		t.Errorf("the tunnel does not carry the ping:\n%s", out)
	}
	if got := fmt.Sprint(protocols); got != fmt.Sprintf("map[%d:10]", packet.ProtoESP) {
		t.Errorf("packets by protocol: %s", got)
	}
	if _, err := l.Tap(topology.Endpoint{Node: "R1", Interface: "FastEthernet0/1"}, nil); err == nil {
		t.Error("a tap where there is no link")
	}
}

func TestPulledCable(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.order(t, "!lab link R1:FastEthernet0/0 down")
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	for node, port := range map[string]string{"R1": "FastEthernet0/0", "R2": "FastEthernet0/0"} {
		want := "%LINEPROTO-5-UPDOWN: Line protocol on Interface " + port + ", changed state to down"
		if out := l.screens[node].String(); !strings.Contains(out, want) {
			t.Errorf("%s says %q", node, out)
		}
	}
	l.order(t, "!lab link R1:FastEthernet0/0 up")
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	if out := l.typed(t, "R1", "ping 12.12.12.2", "ping 12.12.12.2"); !strings.Contains(out, "\n!!!!!\n") {
		t.Errorf("the cable is back, but not the neighbour:\n%s", out)
	}
}

func TestShutDownTakesTheCarrierOfTheOtherEnd(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R2", "enable", "configure terminal", "interface FastEthernet0/0", "shutdown", "end")
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	if out := l.screens["R1"].String(); !strings.Contains(out, "Line protocol on Interface FastEthernet0/0, changed state to down") {
		t.Errorf("R1 says %q", out)
	}
}

func TestReset(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R1", "enable", "configure terminal", "hostname Kept", "end", "write memory",
		"configure terminal", "hostname Lost")
	n := l.Node("R1")
	n.Do(func() { n.Console().TypeLine("do ping 1.2.3.4") })
	l.Loop.RunUntil(l.Loop.Now() + time.Second)
	if !n.Console().Busy() {
		t.Fatal("nothing to break off")
	}
	l.order(t, "!lab reset R1")
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	if out := l.typed(t, "R1", "show clock"); !strings.HasPrefix(out, "Kept>show clock\n") || !strings.Contains(out, "*00:00:09.999 ") {
		t.Errorf("after the reset: %s", out)
	}
}

// The new console's prompt does not follow the old one's on the terminal.
func TestResetOnATerminal(t *testing.T) {
	looptest.NoCoroutinesLeft(t)
	var out strings.Builder
	l, err := New(siteToSite(t), Options{
		Entropy: loop.Seeded(1),
		Terminal: func(n *Node) cli.Options {
			if n.Name == "R2" {
				return cli.Options{Out: &out}
			}
			return cli.Options{}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	if err := l.Boot(); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	n := l.Node("R2")
	n.Do(func() { n.Console().Input([]byte("!lab reset R2\r")) })
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	n.Do(func() { n.Console().Input([]byte("ping 1.2.3.4\r")) })
	l.Loop.RunUntil(l.Loop.Now() + 3*time.Second)
	o, err := ParseOrder("!lab reset R2", l.File)
	if err != nil {
		t.Fatal(err)
	}
	l.Perform(o, Source{}, nil)
	l.Loop.RunUntil(l.Loop.Now() + time.Second)
	shown := out.String()
	for _, want := range []string{"!lab reset R2\r\nR2>\r\nR2>", "\r\n.\r\nR2>"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in %q", want, shown)
		}
	}
}

func TestResetOrderedAtItsOwnConsole(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.typed(t, "R1", "!lab reset R1")
	l.Loop.RunUntil(l.Loop.Now() + 10*time.Second)
	if out := l.typed(t, "R1", "show clock"); !strings.HasPrefix(out, "R1>show clock\n") {
		t.Errorf("after the reset: %s", out)
	}
}

func TestUnknownLinesAreReportedAndPassedOver(t *testing.T) {
	f, err := topology.Parse("lab.clab.yml", []byte(`
name: odd
topology:
  nodes:
    R1:
      kind: cisco_iol
      startup-config: |
        hostname Odd
        jabber about the network
        interface Loopback0
         ip address 1.1.1.1 255.255.255.255
    PC1:
      kind: linux
      exec: [apk add curl]
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	l := startLab(t, f, Options{})
	if len(l.reports) != 2 ||
		!strings.HasPrefix(l.reports[0], "lab.clab.yml (startup-config of R1):2: ") ||
		!strings.Contains(l.reports[0], "\n  jabber about the network\n  ^") ||
		l.reports[1] != "lab.clab.yml:14: PC1: sh: apk: not found\n  apk add curl\n  ^" {
		t.Errorf("reports %q", l.reports)
	}
	if out := l.typed(t, "R1", "ping 1.1.1.1"); !strings.HasPrefix(out, "Odd>") || !strings.Contains(out, "!!!!!") {
		t.Errorf("the rest was not loaded:\n%s", out)
	}
}

func TestVersionOfTheFileWins(t *testing.T) {
	parse := func(version string) *topology.File {
		f, err := topology.Parse("lab.clab.yml", []byte("name: v\ntopology:\n  nodes:\n    R1:\n      kind: cisco_iol\n      labels: {ioslab.version: '"+version+"'}\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	startLab(t, parse("12.4"), Options{Version: "9.9"})
	_, err := New(parse("9.9"), Options{Entropy: loop.Seeded(1), Version: "12.4", Terminal: func(*Node) cli.Options { return cli.Options{} }})
	if err == nil || !strings.HasPrefix(err.Error(), `lab.clab.yml:4: node R1: there is no IOS version "9.9": want 12.4`) {
		t.Errorf("got %v", err)
	}
}

// On the wall clock time passes by itself, lines come in by Do, and no command
// holds up the loop.
func TestOnTheWall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := startLab(t, siteToSite(t), Options{})
		l.Loop.Bind()
		ctx, stop := context.WithCancel(t.Context())
		n := l.Node("R1")
		for _, line := range []string{"ping 12.12.12.2", "!lab time", "!lab wait 10s", "!lab time"} {
			l.Loop.Do(func() { n.Do(func() { n.Console().TypeLine(line) }) })
		}
		l.Loop.After(20*time.Second, stop)
		l.Loop.Run(ctx)
		out := l.screens["R1"].String()
		for _, want := range []string{"\n.!!!!\n", "7s since the start, wall clock\nR1>!lab wait 10s\n", "17s since the start, wall clock\n"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
	})
}

func TestLateOrdersAndMisses(t *testing.T) {
	l := startLab(t, siteToSite(t), Options{})
	l.order(t, "!lab after 10s after 10s press R1 show clock<Return>")
	l.Loop.RunUntil(l.Loop.Now() + 19*time.Second)
	if out := l.screens["R1"].String(); out != "" {
		t.Errorf("too early: %q", out)
	}
	l.Loop.RunUntil(l.Loop.Now() + 2*time.Second)
	if out := l.screens["R1"].String(); !strings.Contains(out, "UTC") {
		t.Errorf("the order did not come: %q", out)
	}
	out := l.typed(t, "R1", "!lab until /nothing/ 5s", "!lab until /UTC/ 5s")
	if len(l.Failures) != 2 || !strings.Contains(out, "% no match of /nothing/ in 5s\n") {
		t.Errorf("failures %v\n%s", l.Failures, out)
	}
}

// What a configuration has that is kept is told in one line, and listed by a check.
func TestKeptLinesAreCounted(t *testing.T) {
	const config = "hostname R1\nrouter rip\n version 2\n network 10.0.0.0\nsnmp-server location lab\nzzz\nntp server 10.0.0.9\n"
	f, err := topology.Parse("x.clab.yml", []byte("name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: r1.cfg}\n"),
		func(string) ([]byte, error) { return []byte(config), nil })
	if err != nil {
		t.Fatal(err)
	}
	l := startLab(t, f, Options{})
	if want := "r1.cfg: 5 lines kept without effect (ioslab check lists them)"; len(l.reports) != 2 || l.reports[1] != want {
		t.Errorf("reports %q", l.reports)
	}
	found, err := CheckConfigs(f, "12.4")
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, finding := range found {
		if finding.Kept {
			lines = append(lines, finding.What.Line)
		}
	}
	if !slices.Equal(lines, []int{2, 3, 4, 5, 7}) || len(found) != 6 || found[4].Kept {
		t.Errorf("kept are %v of %v", lines, found)
	}
}
