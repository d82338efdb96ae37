package ios

import (
	"strings"
	"testing"
)

// natLines are the lines of a running configuration about NAT, but for the interfaces.
func natLines(n *rigNode) string {
	var out []string
	inside := false
	for line := range strings.Lines(n.RunningConfig()) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, " ") {
			inside = strings.HasPrefix(strings.TrimPrefix(line, "no "), "ip nat ")
		}
		if inside {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestNATConfiguration(t *testing.T) {
	for _, test := range []struct{ name, lines, want string }{
		{"abbreviated", "ip nat ins so li 9 int fa0/0 over", "ip nat inside source list 9 interface FastEthernet0/0 overload"},
		{"order of sections", `ip nat outside source static 192.168.1.4 172.16.1.4
ip nat inside destination list 3 pool S
ip nat inside source static 10.1.1.9 20.1.1.9
ip nat inside source list 1 pool P
ip nat pool P 20.1.1.1 20.1.1.5 netmask 255.255.255.0
ip nat translation max-entries 500
ip nat translation udp-timeout 60`, `ip nat translation udp-timeout 60
ip nat translation max-entries 500
ip nat pool P 20.1.1.1 20.1.1.5 netmask 255.255.255.0
ip nat inside source list 1 pool P
ip nat inside source static 10.1.1.9 20.1.1.9
ip nat inside destination list 3 pool S
ip nat outside source static 192.168.1.4 172.16.1.4`},
		{"no pool by its name", "ip nat pool P 20.1.1.1 20.1.1.5 p 24\nno ip nat pool P", ""},
		{"no pool in full", "ip nat pool P 20.1.1.1 20.1.1.5 p 24\nno ip nat pool P 20.1.1.1 20.1.1.5 prefix-length 24", ""},
		{"a pool of several ranges", "ip nat pool P prefix-length 24\n address 20.1.1.1 20.1.1.3\n address 20.1.1.7 20.1.1.9",
			"ip nat pool P prefix-length 24\n address 20.1.1.1 20.1.1.3\n address 20.1.1.7 20.1.1.9"},
		{"a pool of one of several", "ip nat pool P prefix-length 24\n address 20.1.1.1 20.1.1.3\n address 20.1.1.7 20.1.1.9\n no address 20.1.1.1 20.1.1.3",
			"ip nat pool P 20.1.1.7 20.1.1.9 prefix-length 24"},
		{"another pool", "ip nat pool P 20.1.1.1 20.1.1.5 p 24\nip nat pool P 20.1.1.7 20.1.1.9 p 24", "ip nat pool P 20.1.1.7 20.1.1.9 prefix-length 24"},
		{"no mapping by its list", "ip nat inside source list 1 interface fa0/0 overload\nno ip nat inside source list 1", ""},
		{"no mapping in full", "ip nat inside source list 1 interface fa0/0 overload\nno ip nat inside source list 1 interface fa0/0 overload", ""},
		{"no mapping without its last word", "ip nat inside source list 1 interface fa0/0 overload\nno ip nat inside source list 1 interface fa0/0", ""},
		{"another mapping of the list", "ip nat inside source list 1 interface fa0/0 overload\nip nat inside source list 1 pool P", "ip nat inside source list 1 pool P"},
		{"the same list outside", "ip nat inside source list 1 pool P\nip nat outside source list 1 pool Q", "ip nat inside source list 1 pool P\nip nat outside source list 1 pool Q"},
		{"a port to an address", "ip nat inside source static tcp 10.0.0.1 80 20.0.0.1 8080", "ip nat inside source static tcp 10.0.0.1 80 20.0.0.1 8080 extendable"},
		{"no port without its last word", "ip nat inside source static tcp 10.0.0.1 80 20.0.0.1 8080\nno ip nat inside source static tcp 10.0.0.1 80 20.0.0.1 8080", ""},
		{"a port to an interface", "ip nat inside source static udp 10.0.0.1 53 int fa0/0 53", "ip nat inside source static udp 10.0.0.1 53 interface FastEthernet0/0 53"},
		{"a port outside", "ip nat outside source static tcp 30.0.0.1 80 10.9.9.9 8080", "ip nat outside source static tcp 30.0.0.1 80 10.9.9.9 8080 extendable"},
		{"a network by its mask", "ip nat inside source static network 10.0.0.0 20.0.0.0 255.255.255.0", "ip nat inside source static network 10.0.0.0 20.0.0.0 /24"},
		{"no static of any route-map", "ip nat inside source static 10.0.0.1 20.0.0.1 route-map R\nno ip nat inside source static 10.0.0.1 20.0.0.1", ""},
		{"two of one host", "ip nat inside source static 10.0.0.1 20.0.0.1 route-map A extendable\nip nat inside source static 10.0.0.1 30.0.0.1 route-map B extendable",
			"ip nat inside source static 10.0.0.1 20.0.0.1 route-map A extendable\nip nat inside source static 10.0.0.1 30.0.0.1 route-map B extendable"},
		{"for ever", "ip nat translation tcp-timeout 0", "ip nat translation tcp-timeout never"},
		{"no timeout", "ip nat translation tcp-timeout 60\nno ip nat translation tcp-timeout", ""},
		{"timeouts of ports", "ip nat translation port-timeout tcp 23 60\nip nat translation port-timeout udp 69 never\nno ip nat translation port-timeout tcp 23",
			"ip nat translation port-timeout udp 69 never"},
		{"limits", "ip nat translation max-entries host 10.1.1.2 7\nip nat translation max-entries all-host 9\nip nat translation max-entries 500\nno ip nat translation max-entries 500",
			"ip nat translation max-entries all-host 9\nip nat translation max-entries host 10.1.1.2 7"},
		{"services", "no ip nat service sip udp port 5060\nno ip nat service ftp tcp port 21", "no ip nat service ftp tcp port 21\nno ip nat service sip udp port 5060"},
		{"what is kept of it", "ip nat inside source list 1 interface Dialer0 overload\nip nat source list 1 pool P\nip nat inside source list 2 pool P vrf RED\nip nat inside source static tcp 10.0.0.1 80 interface Dialer0 80",
			"ip nat inside source list 1 interface Dialer0 overload\nip nat source list 1 pool P\nip nat inside source list 2 pool P vrf RED\nip nat inside source static tcp 10.0.0.1 80 interface Dialer0 80"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := loneRouter(t, "")
			n.configure(strings.Split(test.lines, "\n")...)
			if got := natLines(n); got != test.want {
				t.Errorf("got\n%s\nwant\n%s\n%s", got, test.want, n.screen)
			}
			reloads(t, n.RunningConfig())
		})
	}
}

// TestNATRefusals types lines that are refused after others, or changes nothing.
func TestNATRefusals(t *testing.T) {
	const taken = "interface FastEthernet0/0\n ip address 20.1.1.1 255.255.255.0\n!\n"
	for _, test := range []struct{ name, lines, refused, said string }{
		{"a pool in use", "ip nat pool P 20.1.1.1 20.1.1.5 p 24\nip nat inside source list 1 pool P", "no ip nat pool P", "%Pool P in use, cannot destroy"},
		{"another pool in use", "ip nat pool P 20.1.1.1 20.1.1.5 p 24\nip nat inside source list 1 pool P", "ip nat pool P 20.1.1.1 20.1.1.9 p 24", "%Pool P in use, cannot redefine"},
		{"backwards", "", "ip nat pool P 20.1.1.9 20.1.1.5 p 24", "%End address less than start address"},
		{"ranges that overlap", "ip nat pool P p 24\n address 20.1.1.1 20.1.1.5", "ip nat pool P prefix-length 24\naddress 20.1.1.5 20.1.1.9", "%Address range overlaps with another of the pool"},
		{"a host with a static", "ip nat inside source static 10.1.1.1 20.1.1.1", "ip nat inside source static 10.1.1.1 20.1.1.2", "% 10.1.1.1 already mapped (10.1.1.1 -> 20.1.1.1)"},
		{"a global address with a static", "ip nat inside source static 10.1.1.1 20.1.1.1", "ip nat inside source static 10.1.1.2 20.1.1.1", "% similar static entry (10.1.1.1 -> 20.1.1.1) already exists"},
		{"a port that is taken", "ip nat inside source static tcp 10.1.1.1 80 20.1.1.1 80", "ip nat inside source static tcp 10.1.1.2 80 20.1.1.1 80", "% similar static entry (10.1.1.1 -> 20.1.1.1) already exists"},
		{"a port taken at the interface", taken + "ip nat inside source static tcp 10.1.1.1 80 20.1.1.1 80",
			"ip nat inside source static tcp 10.1.1.2 80 interface FastEthernet0/0 80", "% similar static entry (10.1.1.1 -> 20.1.1.1) already exists"},
		{"the interface's port taken", taken + "ip nat inside source static tcp 10.1.1.2 80 interface FastEthernet0/0 80",
			"ip nat inside source static tcp 10.1.1.1 80 20.1.1.1 80", "% similar static entry (10.1.1.2 -> 20.1.1.1) already exists"},
		{"the interface's address taken", taken + "ip nat inside source static 10.1.1.2 interface FastEthernet0/0",
			"ip nat inside source static 10.1.1.1 20.1.1.1", "% similar static entry (10.1.1.2 -> 20.1.1.1) already exists"},
		{"from no address", "", "ip nat inside source static 0.0.0.0 20.1.1.1", "Invalid input"},
		{"to no address", "", "ip nat inside source static 10.1.1.1 0.0.0.0", "Invalid input"},
		{"to all", "", "ip nat inside source static 10.1.1.1 255.255.255.255", "Invalid input"},
		{"a port to all", "", "ip nat inside source static tcp 10.1.1.1 80 255.255.255.255 80", "Invalid input"},
		{"from all outside", "", "ip nat outside source static 255.255.255.255 10.1.1.1", "Invalid input"},
		{"no address to an interface", "", "ip nat inside source static 0.0.0.0 interface FastEthernet0/0", "Invalid input"},
		{"no such mapping", "ip nat inside source list 1 pool P", "no ip nat inside source list 2", "%Dynamic mapping not found"},
		{"another pool of the mapping", "ip nat inside source list 1 pool P", "no ip nat inside source list 1 pool Q", "%Dynamic mapping not found"},
		{"no such static", "ip nat inside source static 10.1.1.1 20.1.1.1", "no ip nat inside source static 10.1.1.1 20.1.1.2", "%Translation not found"},
		{"a network with a host part", "", "ip nat inside source static network 10.0.0.1 20.0.0.0 /24", "%Inconsistent address and mask"},
		{"a port out of range", "", "ip nat inside source static tcp 10.1.1.1 0 20.1.1.1 80", "Invalid input"},
		{"a prefix out of range", "", "ip nat inside source static network 10.0.0.0 20.0.0.0 /33", "Invalid input"},
		{"a mask with holes", "", "ip nat pool P 20.1.1.1 20.1.1.5 netmask 255.0.255.0", "Invalid input"},
		{"an interface that is not there", "", "ip nat inside source list 1 interface FastEthernet7/7 overload", "Invalid input"},
		{"a mapping without an end", "", "ip nat inside source list 1", "Incomplete command"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := loneRouter(t, test.lines)
			before := n.RunningConfig()
			if said := n.configure(strings.Split(test.refused, "\n")...); !strings.Contains(said, test.said) {
				t.Errorf("%q says\n%s", test.refused, said)
			}
			equalText(t, "configuration", n.RunningConfig(), before)
		})
	}
}

// TestNATInterface: the first line about NAT makes NVI0.
func TestNATInterface(t *testing.T) {
	for _, line := range []string{"interface fa0/0\nip nat inside", "ip nat pool P 20.1.1.1 20.1.1.5 p 24", "ip nat translation timeout 60"} {
		n := loneRouter(t, "")
		if said := n.do("show ip interface brief"); strings.Contains(said, "NVI0") {
			t.Errorf("NVI0 without NAT:\n%s", said)
		}
		n.configure(strings.Split(line, "\n")...)
		n.rig.Pass(2 * natInterfaceDelay)
		if !n.logged("%LINEPROTO-5-UPDOWN: Line protocol on Interface NVI0, changed state to up") {
			t.Errorf("%q makes no NVI0:\n%s", line, n.screen)
		}
		const want = "NVI0                       unassigned      YES unset  up                    up"
		if said := n.do("show ip interface brief"); !strings.Contains(said, want) {
			t.Errorf("%q:\n%s", line, said)
		}
	}
}

// TestNATSideTakesReassemblyWithIt: `no ip nat inside` takes both lines away.
func TestNATSideTakesReassemblyWithIt(t *testing.T) {
	for _, test := range []struct{ lines, want string }{
		{"ip nat inside", " ip nat inside\n ip virtual-reassembly\n"},
		{"ip nat outside\nip nat inside", " ip nat inside\n ip virtual-reassembly\n"},
		{"ip nat inside\nno ip nat outside", " ip nat inside\n ip virtual-reassembly\n"},
		{"ip nat inside\nno ip virtual-reassembly", " ip nat inside\n no ip virtual-reassembly\n"},
		{"ip nat outside\nip virtual-reassembly timeout 9 max-fragments 5", " ip nat outside\n ip virtual-reassembly max-fragments 5 timeout 9\n"},
		{"ip nat inside\nno ip nat inside", ""},
	} {
		n := loneRouter(t, "")
		n.configure(append([]string{"interface FastEthernet0/0"}, strings.Split(test.lines, "\n")...)...)
		config := n.RunningConfig()
		if want := "interface FastEthernet0/0\n no ip address\n" + test.want + " duplex auto\n"; !strings.Contains(config, want) {
			t.Errorf("%q:\n%s", test.lines, config)
		}
		reloads(t, config)
	}
}

// TestNATInShowIPInterface: the interface tells its side.
func TestNATInShowIPInterface(t *testing.T) {
	n := loneRouter(t, "interface FastEthernet0/0\n ip address 10.1.1.1 255.255.255.0\n")
	for _, c := range []struct{ typed, want string }{
		{"no ip nat inside", "  Network address translation is disabled\n"},
		{"ip nat inside", "  Network address translation is enabled, interface in domain inside\n"},
		{"ip nat outside", "  Network address translation is enabled, interface in domain outside\n"},
		{"no ip nat outside", "  Network address translation is disabled\n"},
	} {
		n.configure("interface fa0/0", c.typed)
		if said := n.do("show ip interface fa0/0"); !strings.Contains(said, c.want) {
			t.Errorf("after %q:\n%s", c.typed, said)
		}
	}
}

// TestNATInARange: interfaces get their side together.
func TestNATInARange(t *testing.T) {
	n := loneRouter(t, "")
	n.configure("interface range fa0/0 - 1", "ip nat inside")
	if said := n.do("show ip nat statistics"); !strings.Contains(said, "Inside interfaces: \n  FastEthernet0/0, FastEthernet0/1\n") {
		t.Errorf("in a range:\n%s", said)
	}
}
