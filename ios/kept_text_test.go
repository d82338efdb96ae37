package ios

import (
	"strings"
	"testing"
)

// TestTextIsNoCommand types commands with a text whose lines would change the router.
func TestTextIsNoCommand(t *testing.T) {
	harm := "interface Loopback0\n shutdown\nno crypto isakmp policy 10\n!\n\nend\nhostname BROKEN\n"
	for _, c := range []struct{ within, command, end string }{
		{"", "macro name EDGE", "@"},
		{"", "banner incoming #one", "#"},
		{"", "banner slip-ppp ^Cone", "^C"},
		{"", "menu OPS title %Choose", "%"},
		{"", "aaa authentication fail-message $", "$"},
		{"", "aaa authentication banner *No entry", "*"},
		{"", "ip auth-proxy auth-proxy-banner http +", "+"},
		{"line vty 0 4", "refuse-message =Full", "="},
		{"line con 0", "vacant-message =", "="},
		{"crypto isakmp client configuration group STAFF", "banner &Hello", "&"},
		{"crypto ikev2 authorization policy P7", "banner &Hello", "&"},
	} {
		n := oneRouter(t, working)
		before := builtPart(n.RunningConfig())
		n.do("configure terminal")
		if c.within != "" {
			n.do(c.within)
		}
		prompt := n.Console().Prompt()
		for _, line := range strings.Split(c.command+"\n"+harm+c.end, "\n") {
			n.do(line)
		}
		if got := n.Console().Prompt(); got != prompt {
			t.Errorf("%s: prompt %s, want %s\n%s", c.command, got, prompt, n.screen)
		}
		config := n.RunningConfig()
		if !strings.Contains(config, harm) {
			t.Errorf("%s: the text is not kept:\n%s", c.command, config)
		}
		reloads(t, config)
		words, _, _ := strings.Cut(c.command, c.end)
		words = strings.TrimSpace(words)
		n.do("no "+words, "end")
		config = n.RunningConfig()
		if strings.Contains(config, "BROKEN") {
			t.Errorf("no %s takes nothing back:\n%s", words, config)
		}
		equalText(t, "what was built before "+c.command, builtPart(config), before)
	}
}

// TestTextNamesNoHardware starts a router whose configuration speaks of interfaces in
// a macro and a banner.
func TestTextNamesNoHardware(t *testing.T) {
	names := hardwareOf("macro name M\ninterface FastEthernet0/7\n@\nbanner incoming ^C\ninterface FastEthernet0/8\n^C\ninterface FastEthernet0/1\n")
	if len(names) != 1 || names[0].String() != "FastEthernet0/1" {
		t.Errorf("got %v", names)
	}
}
