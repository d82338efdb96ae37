package ios

import (
	"strings"
	"testing"
)

// TestCryptoMapTypeStays gives an entry of a crypto map another type than it has,
// which IOS refuses, whether the type is one that works here or not.
func TestCryptoMapTypeStays(t *testing.T) {
	types := []string{"ipsec-isakmp", "ipsec-manual", "gdoi"}
	for _, is := range types {
		for _, other := range types {
			n := loneRouter(t, "")
			n.configure("crypto map VPN 10 " + is)
			got := n.configure("crypto map VPN 10 " + other)
			if refused := strings.Contains(got, "change map type"); refused != (is != other) {
				t.Errorf("%s after %s: %s", other, is, got)
			}
			if got := n.configure("crypto map VPN 20 "+other, "crypto map VPN 1 "+other, "crypto map OTHER 10 "+other); strings.Contains(got, "ERROR") {
				t.Errorf("%s elsewhere: %s", other, got)
			}
			if config := n.RunningConfig(); strings.Count(config, "crypto map VPN 10 ") != 1 {
				t.Errorf("%s after %s:\n%s", other, is, config)
			}
			n.configure("no crypto map VPN 10")
			if got := n.configure("crypto map VPN 10 " + other); strings.Contains(got, "ERROR") {
				t.Errorf("%s after no: %s", other, got)
			}
		}
	}
}
