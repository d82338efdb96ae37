package ios

import (
	"strings"
	"testing"
)

// TestSlipsBehindBuiltCommands types commands that are built with a slip in them: they
// get the caret, and nothing of them is kept for a row that begins alike.
func TestSlipsBehindBuiltCommands(t *testing.T) {
	n := loneRouter(t, "")
	before := n.RunningConfig()
	for _, line := range []string{
		"ip nat inside source list 1 interface f0/0 overlaod", "ip nat inside source list 1 interface Tunnel0 overlaod",
		"ip nat inside source static 10.0.0.1 interface f0/0 extendabel", "ip nat inside source static tcp 10.0.0.1 80 interface e0/0 80 x",
		"ip nat source sttic 1.1.1.1 2.2.2.2", "ip nat source static 1.1.1.1", "ip nat source lst 1 pool P", "ip nat inside source list 1 pool P vrf R overlaod",
		"ip route 10.0.0.0 255.0.0.0 f0/0 permanant", "ip route 10.0.0.0 255.0.0.0 Tunnel0 permanant", "interface f0/0 foo", "interface l x",
		"access-list 101 permit ip any any log log", "access-list 101 permit ip any any log established", "access-list 5 permit any log log-input",
	} {
		n.do("end", "configure terminal")
		n.screen = ""
		n.do(line)
		if !strings.Contains(n.screen, "% In") { // invalid input, or incomplete
			t.Errorf("%q is taken:\n%s", line, n.screen)
		}
		equalText(t, line, n.RunningConfig(), before)
	}
}

// TestKeptFormsOfNAT types forms that IOS has and that are kept.
func TestKeptFormsOfNAT(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal")
	for _, line := range []string{
		"ip nat inside source list 1 interface Tunnel0 overload", "ip nat inside source list 2 pool P vrf R overload",
		"ip nat source static 1.1.1.1 2.2.2.2 extendable", "ip nat source list 3 interface FastEthernet0/0 overload",
		"ip nat source static tcp 1.1.1.1 80 2.2.2.2 8080 vrf R", "ip route 10.0.0.0 255.0.0.0 Tunnel0 10.9.9.9 200 name X tag 7",
	} {
		n.do(line)
		if !shows(n.RunningConfig(), line) {
			t.Errorf("%q is not kept:\n%s", line, n.screen)
		}
	}
	reloads(t, n.RunningConfig())
}

// TestKeptTypesHideNoBuiltOne: the beginning of a type that is built means that one.
func TestKeptTypesHideNoBuiltOne(t *testing.T) {
	for _, c := range []struct{ typed, kind string }{
		{"f0/0", ""}, {"e0", ""}, {"g1", ""}, {"l9", ""}, {"s0/0", ""}, {"n1", ""}, {"fd0/0", "FDDI"}, {"FDDI0/0", "FDDI"}, {"tu0", "Tunnel"}, {"vl10", "Vlan"},
		{"atm0/0", "ATM"}, {"f0/0.10", "FastEthernet"}, {"li0", "LISP"},
	} {
		if i, _, _ := parseKeptInterface([]string{c.typed}); i.Kind != c.kind {
			t.Errorf("%s is %q, want %q", c.typed, i.Kind, c.kind)
		}
	}
}

// TestSlipsLeaveTheInterfaceAlone types slips into an interface: the next line is for
// it still.
func TestSlipsLeaveTheInterfaceAlone(t *testing.T) {
	for _, line := range []string{
		"ip policy routemap X", "ip policy route-map", "ip polcy route-map X", "ip access-list", "ip access-group 101 inn", "crypto map", "ip nat insde", "no ip policy routemap X",
	} {
		n := loneRouter(t, "")
		n.do("configure terminal", "interface FastEthernet0/0", line)
		if got := n.Console().Prompt(); got != "R1(config-if)#" {
			t.Errorf("%q leads to %s\n%s", line, got, n.screen)
		}
	}
	n := loneRouter(t, "")
	n.do("configure terminal", "interface FastEthernet0/0", "route-map X permit 10")
	if got := n.Console().Prompt(); got != "R1(config-route-map)#" {
		t.Errorf("a whole command leads to %s", got)
	}
}

// TestTypeOfInterfaceCompletes types Tab behind the beginning of a type.
func TestTypeOfInterfaceCompletes(t *testing.T) {
	r := loneRouter(t, "").Router
	for _, c := range []struct{ typed, want string }{
		{"f", "FastEthernet"}, {"fa", "FastEthernet"}, {"lo", "Loopback"}, {"L", "Loopback"}, {"n", "Null"}, {"tu", ""}, {"fd", ""}, {"f0/0", ""}, {"x", ""},
	} {
		if got, ok := (interfaceType{}).Complete(r, c.typed); got != c.want || ok != (c.want != "") {
			t.Errorf("%s becomes %q, %v", c.typed, got, ok)
		}
	}
	n := loneRouter(t, "")
	n.do("configure terminal")
	n.echo = true
	n.Console().Keys([]byte("interface f\t0/0\r"))
	if !strings.Contains(n.screen, "interface FastEthernet0/0\n") {
		t.Errorf("Tab gives\n%s", n.screen)
	}
}
