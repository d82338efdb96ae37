package ios

import (
	"strings"
	"testing"
)

// TestNoticeNamesTheLine types several lines for which an object is left out of use.
// Each notice names its own.
func TestNoticeNamesTheLine(t *testing.T) {
	for _, section := range [][]string{
		{"crypto map M 10 ipsec-isakmp", "set session-key inbound esp 300 cipher 11", "set pfs group19", "set isakmp-profile P"},
		{"interface FastEthernet0/0", "channel-group 1 mode active", "encapsulation dot1Q 10", "ip address negotiated"},
		{"interface FastEthernet0/1", "crypto map LATER", "channel-group 2"},
	} {
		n := loneRouter(t, "crypto map LATER 10 gdoi\n")
		n.do("configure terminal", section[0])
		for _, line := range section[1:] {
			if got := n.do(line); !strings.HasPrefix(got, "[ioslab] "+line+" is kept") {
				t.Errorf("%s: %q", line, got)
			}
		}
	}
}
