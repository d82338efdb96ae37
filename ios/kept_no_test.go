package ios

import "testing"

// TestNoTakesLongerLinesBack types the beginning of lines that are kept of an
// interface behind `no`. They go, and nothing is kept in their place.
func TestNoTakesLongerLinesBack(t *testing.T) {
	for _, c := range []struct {
		lines []string
		no    string
	}{
		{[]string{"standby 1 ip 10.0.0.3", "standby 1 priority 120", "standby 1 preempt"}, "no standby 1"},
		{[]string{"service-policy output GOLD"}, "no service-policy output"},
		{[]string{"vrrp 4 ip 10.0.0.4", "vrrp 4 priority 90"}, "no vrrp 4"},
	} {
		for _, section := range []string{"interface FastEthernet0/0", "interface Tunnel3"} {
			n := loneRouter(t, "")
			n.configure(section, "standby 12 ip 10.0.0.9")
			before := n.RunningConfig()
			n.configure(append([]string{section}, c.lines...)...)
			if n.RunningConfig() == before {
				t.Fatalf("%q are not kept in %s", c.lines, section)
			}
			n.configure(section, c.no)
			equalText(t, c.no+" in "+section, n.RunningConfig(), before)
		}
	}
}

// TestNoLeavesOtherLinesAlone takes a line back that begins as one that is kept does.
func TestNoLeavesOtherLinesAlone(t *testing.T) {
	const section = "interface FastEthernet0/0"
	n := loneRouter(t, "")
	n.configure(section, "ip nat enable")
	before := n.RunningConfig()
	n.configure(section, "ip nat outside", "ip nat inside", "no ip nat inside")
	equalText(t, "ip nat enable", n.RunningConfig(), before)
	if n.configure(section, "no ip nat enable"); n.RunningConfig() == before {
		t.Error("no ip nat enable takes nothing back")
	}
}
