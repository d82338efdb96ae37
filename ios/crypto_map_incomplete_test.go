package ios

import (
	"strings"
	"testing"
)

// TestEntryWithoutEntriesIsIncomplete: a crypto map entry is complete while it has a
// peer and its list exists and holds an entry.
func TestEntryWithoutEntriesIsIncomplete(t *testing.T) {
	n := loneRouter(t, "crypto map M 10 ipsec-isakmp\n")
	for _, step := range []struct {
		lines    []string // typed in configuration mode
		complete bool
	}{
		{nil, false},
		{[]string{"crypto map M 10", "set peer 23.23.23.3"}, false},
		{[]string{"crypto map M 10", "match address VPN"}, false},
		{[]string{"ip access-list extended VPN"}, false},
		{[]string{"ip access-list extended VPN", "remark to the branch"}, false},
		{[]string{"ip access-list extended VPN", "permit ip host 10.1.1.1 any"}, true},
		{[]string{"ip access-list extended VPN", "no remark to the branch"}, true},
		{[]string{"ip access-list extended VPN", "no 10"}, false},
		{[]string{"ip access-list extended VPN", "deny udp any any"}, true},
		{[]string{"no ip access-list extended VPN"}, false},
		{[]string{"crypto map M 10", "match address 150"}, false},
		{[]string{"access-list 150 remark numbered"}, false},
		{[]string{"access-list 150 permit tcp any any eq 22"}, true},
		{[]string{"no access-list 150"}, false},
		{[]string{"access-list 99 permit 10.1.1.0 0.0.0.255", "crypto map M 10", "match address 99"}, true},
		{[]string{"crypto map M 10", "no set peer 23.23.23.3"}, false},
		{[]string{"crypto map M 10", "set peer 23.23.23.4"}, true},
		{[]string{"crypto map M 10", "no match address"}, false},
	} {
		n.configure(step.lines...)
		if got := !strings.Contains(n.RunningConfig(), "crypto map M 10 ipsec-isakmp \n ! Incomplete\n"); got != step.complete {
			t.Errorf("after %q the running configuration has it complete: %v", step.lines, got)
		}
		if got := !strings.Contains(n.do("show crypto map"), "\tWARNING: This crypto map is in an incomplete state!\n"); got != step.complete {
			t.Errorf("after %q show crypto map has it complete: %v", step.lines, got)
		}
	}
}
