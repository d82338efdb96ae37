package ios

import (
	"strings"
	"testing"
)

// ownLines are sections with lines that look like commands of configuration
// itself, or like those of the section above.
var ownLines = []string{
	"router rip|version 1|network 172.16.0.0|no auto-summary",
	"router rip|address-family ipv4 vrf CUST|version 2|network 172.20.0.0",
	"aaa group server radius STAFF|server-private 10.9.9.9 key x|ip radius source-interface FastEthernet0/0|deadtime 3",
	"aaa group server tacacs+ ADMINS|ip vrf forwarding MGMT|ip tacacs source-interface Loopback0|server 10.9.9.8",
	"track 40 ip route 172.31.0.0 255.255.0.0 reachability|ip vrf BRANCH|delay up 7 down 9",
	"interface ATM1/0|pvc 1/50|encapsulation aal5snap|ubr 512",
	"interface ATM1/0|pvc 8/35|encapsulation aal5mux ppp dialer|dialer pool-member 2",
	"ip dhcp pool CLERKS|host 10.3.3.7 255.255.255.0|client-name desk7|import all|domain-name example.org",
	"voice class uri 10 sip|host ipv4:10.3.3.3",
	"crypto ipsec client ezvpn HOME|username anna password secret|mode client",
	"archive|log config|logging size 300|hidekeys",
	"telephony-service|system message Branch 3|max-dn 20",
	"ephone 4|ephone-template 2|button 1:4",
	"vpdn-group 7|l2tp tunnel timeout|source-ip 10.3.3.1",
	"ip ssh pubkey-chain|username carla|key-hash ssh-rsa 0123456789ABCDEF0123456789ABCDEF carla@desk",
	"ip dns view INNER|logging|domain name-server 10.3.3.3|dns forwarding",
	"ip explicit-path name SOUTH enable|next-address 10.3.3.9",
	"ip ips signature-category|category all|retired true",
	"voice hunt-group 3 parallel|list 101,102|pilot 100",
	"application|service menu flash:menu.tcl|param operator 100",
	"ipc zone default|association 1|protocol sctp|local-port 5000|local-ip 10.3.3.1",
	"radius-server local|nas 10.3.3.3 key abc|user anna nthash 0 0123456789ABCDEF",
	"crypto isakmp client configuration group G7|crypto aaa attribute list L7|domain example.net|netmask 255.255.255.0",
	"controller e1 1/0|clock source internal",
	"webvpn context C7|gateway G7 domain staff",
	"vc-class atm SILVER|encapsulation aal5snap|ubr 256",
	"interface ATM2/0.3 point-to-point|pvc 3/33|encapsulation aal5snap",
	"interface Virtual-Template4 type tunnel|ip unnumbered Loopback0|tunnel mode ipsec ipv4",
	"webvpn gateway GW|hostname portal|ip address 10.3.3.1 port 443",
}

// TestSectionsOwnTheirLines types the lines of sections as by hand, and pastes them
// with the indentation of a running configuration.
func TestSectionsOwnTheirLines(t *testing.T) {
	for _, section := range ownLines {
		for _, blank := range []string{"", " "} {
			n := loneRouter(t, "")
			lines := strings.Split(section, "|")
			header, below := lines[0], lines[1:]
			before := n.RunningConfig()
			n.do("configure terminal", header)
			for _, l := range below {
				n.do(blank + l)
			}
			config := n.RunningConfig()
			for _, l := range lines {
				if !shows(config, l) || strings.Contains(config, "\n"+l+"\n") != (l == header) {
					t.Errorf("%q is not kept in its section:\n%s\n%s", l, config, n.screen)
				}
			}
			reloads(t, config)
			n.do("end", "configure terminal", "no "+header)
			equalText(t, "after no "+header, n.RunningConfig(), before)
		}
	}
}

// TestIndentedLinesStay pastes sections whose lines are no commands that such a
// section is known to have.
func TestIndentedLinesStay(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "router lisp", " ip radius source-interface Loopback0", " radius-server timeout 3", " logging facility local3", "hostname R8")
	config := n.RunningConfig()
	for _, want := range []string{"router lisp\n ip radius source-interface Loopback0\n radius-server timeout 3\n logging facility local3\n", "hostname R8\n"} {
		if !strings.Contains(config, want) {
			t.Errorf("lacks %q:\n%s", want, config)
		}
	}
}

// TestSectionsFollowOneAnother types sections without exits between, as by hand.
func TestSectionsFollowOneAnother(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "ip explicit-path name EAST", "next-address 10.3.3.9", "ip ssh pubkey-chain", "username dora", "interface Virtual-Template9 type tunnel",
		"tunnel protection ipsec profile P", "ip name-server 10.4.4.4 10.4.4.5", "ip host desk 10.4.4.6", "ip dns view default", "logging")
	config := n.RunningConfig()
	for _, want := range []string{
		"ip explicit-path name EAST\n next-address 10.3.3.9\n!\n", "ip ssh pubkey-chain\n username dora\n!\n", "\nip name-server 10.4.4.4 10.4.4.5\n", "\nip host desk 10.4.4.6\n",
		"interface Virtual-Template9 type tunnel\n tunnel protection ipsec profile P\n!\n", "ip dns view default\n logging\n!\n",
	} {
		if !strings.Contains(config, want) {
			t.Errorf("lacks %q:\n%s", want, config)
		}
	}
	reloads(t, config)
}

// TestAbbreviationLeavesTheSection types abbreviations of commands of configuration
// itself into a section: one of several commands is refused, and what follows the
// header of another section is not the first one's.
func TestAbbreviationLeavesTheSection(t *testing.T) {
	n := loneRouter(t, "")
	line := "ip ro 10.66.0.0 255.255.0.0 192.0.2.9"
	n.do("configure terminal", "router ospf 3", "network 10.3.0.0 0.0.255.255 area 0", line, "rou eigrp 8", "network 10.4.0.0")
	config := n.RunningConfig()
	if !strings.Contains(n.screen, "% Ambiguous command:  \""+line) || strings.Contains(config, line) {
		t.Errorf("%s is kept:\n%s\n%s", line, n.screen, config)
	}
	if !strings.Contains(config, "router eigrp 8\n network 10.4.0.0\n") {
		t.Errorf("what follows the second header is elsewhere:\n%s", config)
	}
}

// TestNoTakesLinesBackByTheirBeginning takes lines back of an interface that is built.
func TestNoTakesLinesBackByTheirBeginning(t *testing.T) {
	n := loneRouter(t, "")
	before := n.RunningConfig()
	n.do("configure terminal", "interface FastEthernet0/0", "standby 7 ip 192.0.2.7", "standby 7 priority 90", "no standby 7",
		"service-policy input MARK", "no service-policy input")
	equalText(t, "after no", n.RunningConfig(), before)
	n.do("no cdp enable")
	if !shows(n.RunningConfig(), "no cdp enable") {
		t.Errorf("no cdp enable is not shown:\n%s", n.RunningConfig())
	}
}

// TestNoticeNamesItsLine types two lines for which an object is left out of use.
func TestNoticeNamesItsLine(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "crypto map M 20 ipsec-isakmp", "set isakmp-profile P7", "set pfs group20", "interface FastEthernet0/0", "channel-group 3 mode on", "encapsulation dot1Q 30")
	for _, line := range []string{"set isakmp-profile P7", "set pfs group20", "channel-group 3 mode on", "encapsulation dot1Q 30"} {
		if strings.Count(n.screen, "[ioslab] "+line+" is kept") != 1 {
			t.Errorf("%s is not named once:\n%s", line, n.screen)
		}
	}
}

// TestInterfaceWithDigitsInItsName types it in one word and in two.
func TestInterfaceWithDigitsInItsName(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "interface dot11radio0/1", "ssid LAB", "interface Dot11Radio 0/2")
	for _, want := range []string{"interface Dot11Radio0/1", "interface Dot11Radio0/2"} {
		if !shows(n.RunningConfig(), want) {
			t.Errorf("lacks %s:\n%s", want, n.RunningConfig())
		}
	}
}

// TestSectionIsKnownByItsName opens and removes sections with and without the words
// that are no part of their names.
func TestSectionIsKnownByItsName(t *testing.T) {
	for _, c := range []struct{ opened, again, removed string }{
		{"class-map match-any MAIL", "class-map MAIL", "class-map MAIL"},
		{"class-map WEB", "class-map match-all WEB", "class-map match-all WEB"},
		{"ephone-dn 9 dual-line", "ephone-dn 9", "ephone-dn 9"},
		{"ip explicit-path name WEST enable", "ip explicit-path name WEST", "ip explicit-path name WEST"},
	} {
		n := loneRouter(t, "")
		before := n.RunningConfig()
		n.do("configure terminal", c.opened, "description one", c.again, "label two")
		if want := c.opened + "\n description one\n label two\n"; !strings.Contains(n.RunningConfig(), want) {
			t.Errorf("lacks %q:\n%s", want, n.RunningConfig())
		}
		n.do("no " + c.removed)
		equalText(t, "after no "+c.removed, n.RunningConfig(), before)
	}
}
