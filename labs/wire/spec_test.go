package wire

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text  string
		wrong string // part of the error; none where the wire prints as it was read
	}{
		{"tun:ios0", ""},
		{"tun:ios0,192.0.2.2/24", ""},
		{"tap:ios0,192.0.2.2/24,198.51.100.1/32", ""},
		{"eth:eth1", ""},
		{"eth:enp0s31f6.12", ""},
		{"udp:10000:127.0.0.1:10001", ""},
		{"udp:10000:host.example:10001", ""},
		{"udp:10000:[::1]:10001", ""},
		{"", "want tun:NAME"},
		{"tun", "there is no wire"},
		{"ton:ios0", "there is no wire"},
		{"tun:", "no name"},
		{"tun:a/b", "cannot be a device's name"},
		{"tun:ios%d", "cannot be a device's name"},
		{"tun:..", "cannot be a device's name"},
		{"tun:sixteencharacter", "want at most 15"},
		{"tun:ios0,", "not an address"},
		{"tun:ios0,192.0.2.2", "want one such as"},
		{"tun:ios0,192.0.2.2/33", "not an address"},
		{"tun:ios0,192.0.2.0/24", "such as 192.0.2.1/24"},
		{"tun:ios0,fe80::1/64", "not an address"},
		{"tap:ios0,127.0.0.1/8", "cannot be"},
		{"eth:eth1,192.0.2.2/24", "want eth:eth1"},
		{"udp:10000", "not complete"},
		{"udp:0:127.0.0.1:10001", "from 1 to 65535"},
		{"udp:10000:127.0.0.1:65536", "from 1 to 65535"},
		{"udp:10000:127.0.0.1", "not a host and a port"},
		{"udp:10000::10001", "not a host and a port"},
		{"udp:10000:::1:10001", "not a host and a port"},
	} {
		s, err := Parse(c.text)
		switch {
		case c.wrong == "" && err != nil:
			t.Errorf("%s: %v", c.text, err)
		case c.wrong == "" && s.String() != c.text:
			t.Errorf("%s prints as %v", c.text, s)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%q: %v, want %q in it", c.text, err, c.wrong)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: more than one line: %v", c.text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"tun:ios0,192.0.2.2/24", "eth:a", "udp:1:[::1]:2", "udp:1:h:2", "tap:,", ":"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(s.String())
		if err != nil || again.String() != s.String() {
			t.Errorf("%q is read as %v, and that as %v, %v", text, s, again, err)
		}
	})
}
