package ios

import (
	"strings"
	"testing"
	"time"
)

func TestInterfaceRefusals(t *testing.T) {
	const setup = "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\ninterface Loopback0\n ip address 10.1.1.1 255.255.255.0\n"
	caret := func(at int) string {
		return strings.Repeat(" ", at) + "^\n% Invalid input detected at '^' marker.\n\n"
	}
	const config, inside = len("R1(config)#"), len("R1(config-if)#")
	for _, test := range []struct {
		under, line, want string
	}{
		{"", "interface FastEthernet0/7", ""},
		{"", "interface fa 7/0", ""},
		{"", "interface gi0/0", ""},
		{"", "interface jo0/0", caret(config + len("interface "))},
		{"", "interface tunne|0", caret(config + len("interface tunne"))},
		{"", "interface loopback", "% Incomplete command.\n\n"},
		{"", "no interface FastEthernet0/0", "% Removal of physical interfaces is not permitted\n"},
		{"", "no interface Loopback5", caret(config + len("no interface "))},
		{"lo0", "ip address 12.12.12.9 255.255.255.0", "% 12.12.12.0 overlaps with FastEthernet0/0\n"},
		{"lo0", "ip address 12.12.12.9 255.255.255.0 secondary", "% 12.12.12.0 overlaps with FastEthernet0/0\n"},
		{"lo0", "ip address 10.0.0.0 255.255.255.0", "Bad mask /24 for address 10.0.0.0\n"},
		{"lo0", "ip address 10.0.0.255 255.255.255.0", "Bad mask /24 for address 10.0.0.255\n"},
		{"lo0", "ip address 10.0.0.1 255.0.255.0", "Bad mask 0xFF00FF00 for address 10.0.0.1\n"},
		{"lo0", "ip address 10.0.0.1 0.0.0.0", "Bad mask /0 for address 10.0.0.1\n"},
		{"lo0", "ip address 10.0.0.1 255.255.255.255", ""},
		{"fa0/0", "ip address 10.0.0.1 255.255.255.255", "Bad mask /32 for address 10.0.0.1\n"},
		{"fa0/0", "ip address 10.0.0.0 255.255.255.254", ""},
		{"lo0", "ip address 224.0.0.5 255.255.255.0", "Not a valid host address - 224.0.0.5\n"},
		{"lo0", "ip address 127.0.0.1 255.255.255.0", "Not a valid host address - 127.0.0.1\n"},
		{"lo0", "ip address 250.0.0.1 255.255.255.0", "Not a valid host address - 250.0.0.1\n"},
		{"lo0", "ip address 10.1.1.1 255.255.255.0 secondary", "Secondary can't be same as primary\n"},
		{"lo0", "no ip address 10.1.1.2 255.255.255.0", "Invalid address\n"},
		{"lo0", "no ip address 10.1.1.1 255.255.255.0 secondary", "Invalid address\n"},
		{"lo0", "no ip address 10.1.1.1 255.255.255.0", ""},
		{"lo0", "mtu 1400", "% Interface Loopback0 does not support user settable mtu.\n"},
		{"lo0", "duplex full", caret(inside)},
		{"lo0", "keepalive", caret(inside)},
		{"ethernet1/0", "duplex auto", ""},
		{"ethernet1/0", "speed 1000", caret(inside + len("speed "))},
		{"fa0/0", "speed 1000", caret(inside + len("speed "))},
		{"fa0/0", "clock rate 64000", caret(inside)},
		{"fa0/0", "encapsulation hdlc", caret(inside)},
		{"fa0/0", "ip mtu 1600", caret(inside + len("ip mtu "))},
		{"fa0/0", "load-interval 45", "Interval must be in increments of 30 seconds\n"},
		{"null0", "ip address 10.0.0.1 255.0.0.0", caret(inside + len("ip "))},
		{"null0", "shutdown", caret(inside)},
	} {
		t.Run(test.under+" "+test.line, func(t *testing.T) {
			n := loneRouter(t, setup)
			n.do("configure terminal")
			if test.under != "" {
				n.do("interface " + test.under)
			}
			equalText(t, "shown", n.do(test.line), test.want)
		})
	}
}

func TestSecondaryAddresses(t *testing.T) {
	n := loneRouter(t, "")
	n.configure("interface lo0", "ip address 10.1.1.1 255.255.255.0", "ip address 10.2.1.1 255.255.255.0 secondary",
		"ip address 10.3.1.1 255.255.255.0 secondary")
	const all = "!\ninterface Loopback0\n ip address 10.2.1.1 255.255.255.0 secondary\n ip address 10.3.1.1 255.255.255.0 secondary\n" +
		" ip address 10.1.1.1 255.255.255.0\nend\n"
	equalText(t, "configured", n.interfaceConfig(parseName(t, "lo0")), all)
	if got := n.configure("interface lo0", "no ip address 10.1.1.1 255.255.255.0"); got != "Must delete secondary before deleting primary\n" {
		t.Errorf("primary deleted first: %q", got)
	}
	n.configure("interface lo0", "no ip address 10.2.1.1 255.255.255.0 secondary")
	equalText(t, "one less", n.interfaceConfig(parseName(t, "lo0")), strings.Replace(all, " ip address 10.2.1.1 255.255.255.0 secondary\n", "", 1))
	n.configure("interface lo0", "no ip address")
	equalText(t, "none", n.interfaceConfig(parseName(t, "lo0")), "!\ninterface Loopback0\n no ip address\nend\n")
}

func TestInterfacePrintsInOrder(t *testing.T) {
	const want = `interface FastEthernet0/0
 description uplink
 mtu 1450
 bandwidth 512
 ip address 10.2.0.1 255.255.0.0 secondary
 ip address 10.1.0.1 255.255.0.0
 ip access-group 101 in
 ip access-group OUT out
 no ip redirects
 no ip unreachables
 no ip proxy-arp
 ip directed-broadcast
 ip mtu 1400
 arp timeout 60
 load-interval 30
 delay 20
 shutdown
 duplex half
 speed 10
 keepalive 5
 crypto map CMAP
`
	lines := strings.Split(strings.TrimSuffix(want, "\n"), "\n")
	for i := range len(lines) - 1 { // the other way round, but for what depends on another
		lines[i+1] = strings.TrimSpace(lines[i+1])
	}
	n := loneRouter(t, "crypto map CMAP 10 ipsec-isakmp\n")
	order := []string{lines[0], "mtu 1450", "ip address 10.1.0.1 255.255.0.0"}
	for i := len(lines) - 1; i > 0; i-- {
		order = append(order, lines[i])
	}
	if shown := n.configure(order...); shown != "" && !strings.Contains(shown, "CRYPTO") {
		t.Errorf("refused: %s", shown)
	}
	equalText(t, "printed", n.interfaceText(n.stack.Interface(parseName(t, "fa0/0"))), want)
}

func TestSoftwareInterfacesComeFirst(t *testing.T) {
	n := loneRouter(t, "interface Loopback3\ninterface Loopback1\n")
	var got []string
	for _, l := range strings.Split(n.RunningConfig(), "\n") {
		if name, ok := strings.CutPrefix(l, "interface "); ok {
			got = append(got, name)
		}
	}
	if want := "Loopback1 Loopback3 FastEthernet0/0 Serial0/0 FastEthernet0/1"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestShutdownIsLogged(t *testing.T) {
	g := newRow(t)
	r1, r2 := g.on("R1"), g.on("R2")
	if r1.configure("interface FastEthernet0/0", "shutdown"); !strings.Contains(r1.RunningConfig(), "\n shutdown\n") {
		t.Error("shutdown is not printed")
	}
	g.Pass(10 * time.Second)
	for _, want := range []string{
		"%LINK-5-CHANGED: Interface FastEthernet0/0, changed state to administratively down",
		"%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to down",
	} {
		if !r1.logged(want) {
			t.Errorf("R1 does not log %s; only %q", want, r1.logs)
		}
	}
	if !r2.logged("%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state to down") {
		t.Errorf("R2 does not see its neighbour go: %q", r2.logs)
	}
	r1.configure("interface FastEthernet0/0", "no shutdown")
	g.Pass(10 * time.Second)
	if !r1.logged("%LINK-3-UPDOWN: Interface FastEthernet0/0, changed state to up") {
		t.Errorf("R1 does not log that it is up: %q", r1.logs)
	}
}

func TestLoopbackIsRemoved(t *testing.T) {
	n := loneRouter(t, "crypto map CMAP 10 ipsec-isakmp\ninterface Loopback0\n ip address 10.1.1.1 255.255.255.0\n bandwidth 9\n crypto map CMAP\n")
	n.configure("no interface Loopback0")
	if got := n.RunningConfig(); strings.Contains(got, "Loopback") {
		t.Errorf("still there:\n%s", got)
	}
	if n.keys.Active() {
		t.Error("its crypto map is still applied")
	}
	n.configure("interface Loopback0")
	equalText(t, "made anew", n.interfaceConfig(parseName(t, "lo0")), "!\ninterface Loopback0\n no ip address\nend\n")
}

func TestDefaultInterface(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/0\n description x\n mtu 1400\n ip address 10.1.1.1 255.255.255.0\n bandwidth 5\n duplex full\n"+
		" keepalive 3\n no ip redirects\n ip access-group 1 in\n arp timeout 5\n")
	equalText(t, "shown", n.configure("default interface FastEthernet0/0"),
		"Building configuration...\n\nInterface FastEthernet0/0 set to default configuration\n")
	equalText(t, "left", n.interfaceConfig(parseName(t, "fa0/0")), "!\ninterface FastEthernet0/0\n no ip address\n duplex auto\n speed auto\nend\n")
}

// Hardware that no configuration names waits for `no shutdown`; what a startup
// configuration names is up unless it says otherwise.
func TestWhatIsUpAtTheStart(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/1\n shutdown\n")
	for name, want := range map[string]bool{"fa0/0": false, "fa0/1": true} {
		if got := n.stack.Interface(parseName(t, name)).Shutdown(); got != want {
			t.Errorf("%s: shut down %v, want %v", name, got, want)
		}
	}
	port := oneRouter(t, "")
	if _, err := port.Attach("fa2/0", func([]byte) {}); err != nil {
		t.Fatal(err)
	}
	port.boot()
	if !port.stack.Interface(parseName(t, "fa2/0")).Shutdown() {
		t.Error("an interface that nobody has configured is up")
	}
}
