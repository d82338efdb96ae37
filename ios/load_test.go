package ios

import (
	"strings"
	"testing"
)

// TestWhatALoadedConfigurationHasWrong is told with its line, and the rest is
// loaded.
func TestWhatALoadedConfigurationHasWrong(t *testing.T) {
	for _, c := range []struct {
		name, config, message string
		line, column          int
	}{
		{"unknown", "!\nrouter xyz 1\n network 0.0.0.0", "% Invalid input detected at '^' marker.", 2, 7},
		{"set that is not there", "crypto map M 10 ipsec-isakmp\n set transform-set NONE", `ERROR: transform set with tag "NONE" does not exist.`, 2, -1},
		{"map that is not there", "interface Loopback0\n crypto map NOPE", `ERROR: Crypto Map with tag "NOPE" does not exist.`, 2, -1},
		{"second key", "crypto isakmp key a address 1.1.1.1\ncrypto isakmp key b address 1.1.1.1", "A pre-shared key for address mask 1.1.1.1 255.255.255.255 already exists!", 2, -1},
		{"banner without end", "hostname X\nbanner motd #abc\nip route 0.0.0.0 0.0.0.0 1.1.1.1", "the text that begins here does not end", 2, -1},
		{"escape sequence", "crypto isakmp key a\x1b[2J address 1.1.1.1", "% Invalid input detected at '^' marker.", 1, 19},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := oneRouter(t, "")
			problems := n.load(c.config)
			if len(problems) == 0 {
				t.Fatal("nothing was reported")
			}
			p := problems[0]
			if p.Line != c.line || p.Column != c.column || p.Message != c.message {
				t.Errorf("%+v", p)
			}
			if strings.Contains(n.RunningConfig(), "\x1b") {
				t.Error("an escape sequence got in")
			}
		})
	}
}
