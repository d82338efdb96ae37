package ios

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/forwarding"
)

func parseName(t testing.TB, s string) forwarding.Name {
	t.Helper()
	n, err := forwarding.ParseName(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func routesOf(n *rigNode) string {
	var lines []string
	for _, l := range strings.Split(n.RunningConfig(), "\n") {
		if strings.HasPrefix(l, "ip route ") {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func TestStaticRoutes(t *testing.T) {
	const setup = "interface FastEthernet0/0\n ip address 12.12.12.1 255.255.255.0\ninterface Loopback0\n ip address 10.9.9.9 255.255.255.0\n"
	for _, test := range []struct {
		name, lines, shown, want string
	}{
		{"all options", "ip route 20.0.0.0 255.0.0.0 12.12.12.2 200 tag 7 permanent name X", "",
			"ip route 20.0.0.0 255.0.0.0 12.12.12.2 200 name X permanent tag 7"},
		{"interface", "ip route 20.0.0.0 255.0.0.0 fa 0/0", "", "ip route 20.0.0.0 255.0.0.0 FastEthernet0/0"},
		{"interface and next hop", "ip route 20.0.0.0 255.0.0.0 fa0/0 12.12.12.2 9", "",
			"ip route 20.0.0.0 255.0.0.0 FastEthernet0/0 12.12.12.2 9"},
		{"null", "ip route 20.0.0.0 255.0.0.0 null 0", "", "ip route 20.0.0.0 255.0.0.0 Null0"},
		{"another distance", "ip route 20.0.0.0 255.0.0.0 12.12.12.2\nip route 20.0.0.0 255.0.0.0 12.12.12.2 5", "",
			"ip route 20.0.0.0 255.0.0.0 12.12.12.2 5"},
		{"two ways", "ip route 20.0.0.0 255.0.0.0 12.12.12.3\nip route 20.0.0.0 255.0.0.0 12.12.12.2", "",
			"ip route 20.0.0.0 255.0.0.0 12.12.12.3\nip route 20.0.0.0 255.0.0.0 12.12.12.2"},
		{"no one way", "ip route 20.0.0.0 255.0.0.0 12.12.12.3\nip route 20.0.0.0 255.0.0.0 12.12.12.2\nno ip route 20.0.0.0 255.0.0.0 12.12.12.3", "",
			"ip route 20.0.0.0 255.0.0.0 12.12.12.2"},
		{"no both", "ip route 20.0.0.0 255.0.0.0 12.12.12.3\nip route 20.0.0.0 255.0.0.0 12.12.12.2\nno ip route 20.0.0.0 255.0.0.0", "", ""},
		{"no such", "no ip route 20.0.0.0 255.0.0.0", "%No matching route to delete\n", ""},
		{"host bits", "ip route 20.0.0.1 255.0.0.0 12.12.12.2", "%Inconsistent address and mask\n", ""},
		{"holes", "ip route 20.0.0.0 255.0.255.0 12.12.12.2", "%Inconsistent address and mask\n", ""},
		{"own address", "ip route 20.0.0.0 255.0.0.0 10.9.9.9", "%Invalid next hop address (it's this router)\n", ""},
		{"no host", "ip route 20.0.0.0 255.0.0.0 224.0.0.1", "%Invalid next hop address\n", ""},
		{"no interface", "ip route 20.0.0.0 255.0.0.0 fa0/9",
			strings.Repeat(" ", len("R1(config)#ip route 20.0.0.0 255.0.0.0 fa0/")) + "^\n% Invalid input detected at '^' marker.\n\n", ""},
		{"incomplete", "ip route 20.0.0.0 255.0.0.0", "% Incomplete command.\n\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := loneRouter(t, setup)
			equalText(t, "shown", n.configure(strings.Split(test.lines, "\n")...), test.shown)
			equalText(t, "printed", routesOf(n), test.want)
		})
	}
}

func TestNoIPRouting(t *testing.T) {
	g := warm(newRow(t))
	r2 := g.on("R2")
	r2.configure("no ip routing")
	if got := g.on("R1").do("ping 20.1.1.1 timeout 1 repeat 2"); !strings.Contains(got, "..\n") {
		t.Errorf("R2 still forwards: %s", got)
	}
	if got := r2.do("show ip route"); !strings.HasPrefix(got, "Default gateway is not set\n") {
		t.Errorf("show ip route: %s", got)
	}
	r2.configure("default ip routing")
	if got := g.on("R1").do("ping 20.1.1.1 repeat 2"); !strings.Contains(got, "!!\n") {
		t.Errorf("R2 does not forward again: %s", got)
	}
}
