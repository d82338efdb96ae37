package ios

import (
	"strings"
	"testing"
)

func TestCryptoMapInUseStays(t *testing.T) {
	const config = "crypto map M 10 ipsec-isakmp\n match address 101\ncrypto map M 20 ipsec-isakmp\ninterface FastEthernet0/0\n crypto map M\ninterface FastEthernet0/1\n crypto map M\n"
	const refusal = "Crypto-map M is in use by interface(s): Fa0/0, Fa0/1. Please remove the crypto map from the above interface(s) first\n"
	n := loneRouter(t, config)
	n.do("configure terminal")
	for _, step := range []struct{ line, shown string }{
		{"no crypto map M", refusal},
		{"no crypto map M 10", ""}, // not the last entry
		{"no crypto map M 30", ""}, // no entry at all
		{"no crypto map M 20", refusal},
	} {
		if got := n.do(step.line); got != step.shown {
			t.Errorf("%s: %q, want %q", step.line, got, step.shown)
		}
	}
	n.do("interface FastEthernet0/0", "no crypto map", "interface FastEthernet0/1", "no crypto map M", "exit", "no crypto map M")
	if c := n.RunningConfig(); strings.Contains(c, "crypto map") {
		t.Errorf("the map is still there:\n%s", c)
	}
}
