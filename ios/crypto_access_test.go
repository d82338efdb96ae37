package ios

import (
	"strings"
	"testing"
)

// TestCryptoAccessGroup: `set ip access-group` of a crypto map filters what is in its
// tunnels, and nothing else, and counts. A list that is not defined permits all.
func TestCryptoAccessGroup(t *testing.T) {
	g := tunnel(t)
	r1 := g.on("R1")
	r1.configure("crypto map CMAP 10", "set ip access-group 150 out", "set ip access-group IN in")
	g.through(t)
	r1.configure("access-list 150 deny icmp any any echo-reply", "access-list 150 permit ip any any",
		"ip access-list extended IN", "deny icmp host 10.2.1.1 any echo-reply", "permit ip any any")
	if out := r1.do(tunnelPing); !strings.Contains(out, "(0/5)") {
		t.Errorf("the replies came:\n%s", out)
	}
	if out := r1.do("ping 12.12.12.2"); !strings.Contains(out, "(5/5)") {
		t.Errorf("outside the tunnel:\n%s", out)
	}
	lists := r1.do("show access-lists")
	for _, line := range []string{
		"    20 permit ip any any (5 matches)\n", // of 150: each echo once
		"    10 deny icmp host 10.2.1.1 any echo-reply (5 matches)\n",
	} {
		if !strings.Contains(lists, line) {
			t.Errorf("want %sin\n%s", line, lists)
		}
	}
	r1.configure("crypto map CMAP 10", "no set ip access-group 151 out", "no set ip access-group IN in")
	g.through(t)
	if out := g.on("R2").do("ping 10.1.1.1 source 10.2.1.1"); !strings.Contains(out, "(0/5)") {
		t.Errorf("R1 answers through list 150:\n%s", out)
	}
	if config := r1.do("show running-config | include access-group"); config != " set ip access-group 150 out\n" {
		t.Errorf("configuration: %s", config)
	}
}
