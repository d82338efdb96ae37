package wire

import (
	"net/netip"
	"strings"
	"testing"
)

func TestOverlaps(t *testing.T) {
	host := []hostAddress{
		{"lo", netip.MustParsePrefix("127.0.0.1/8")},
		{"eth0", netip.MustParsePrefix("192.0.2.7/24")},
		{"ios0", netip.MustParsePrefix("198.51.100.2/24")},
	}
	for _, c := range []struct{ wire, want string }{
		{"tun:ios1,192.0.2.2/28", "overlaps that of eth0 (192.0.2.7/24)"},
		{"tap:ios1,192.0.0.1/16", "overlaps that of eth0 (192.0.2.7/24)"},
		{"tun:ios1,192.0.2.7/32", "eth0 has the address 192.0.2.7/24 already"},
		{"tun:ios0,198.51.100.2/24", ""}, // its own, of before
		{"tun:ios1,203.0.113.1/24", ""},
		{"tun:ios1", ""},
		{"eth:eth0", "has the address 192.0.2.7/24 on eth0 and answers beside the router"},
		{"eth:eth1", ""},
		{"udp:10000:127.0.0.1:10001", ""},
	} {
		s, err := Parse(c.wire)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range overlaps(s, host) {
			got = append(got, w.Error())
		}
		text := strings.Join(got, "\n")
		if text == "" != (c.want == "") || !strings.Contains(text, c.want) || len(got) > 1 {
			t.Errorf("%s: %q, want %q", c.wire, text, c.want)
		}
	}
}
