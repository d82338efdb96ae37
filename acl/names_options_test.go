package acl

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func TestEntriesWithHeaderOptions(t *testing.T) {
	examine := func(options ...byte) Packet {
		return Examine(packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: protoUDP, Src: addr("10.1.1.1"), Dst: addr("20.1.1.1"), Options: options}, make([]byte, 8)))
	}
	for _, c := range []struct {
		line string
		p    Packet
		want bool
	}{
		{"permit ip any any option any-options", examine(), false},
		{"permit ip any any option any-options", examine(1, 1, 1, 0), true},
		{"permit ip any any option router-alert", examine(148, 4, 0, 0), true},
		{"permit ip any any option router-alert", examine(), false},
		{"permit ip any any option lsr", examine(148, 4, 0, 0), false},
		{"permit ip any any option lsr", examine(1, 131, 3, 4), true},
		{"permit ip any any option 131", examine(1, 131, 3, 4), true},
		{"permit ip any any option lsr", examine(0, 131, 3, 4), false}, // behind the end
		{"permit ip any any option lsr", examine(7, 0, 131, 3), false}, // the length is none
		{"permit ip any any option eool", examine(1, 1, 0, 0), true},
		{"permit ip any any option eool", examine(), false},
	} {
		e, err := ParseNamed(strings.Fields(c.line), Extended)
		if err != nil {
			t.Fatal(err)
		}
		if got := matches(e, c.p); got != c.want {
			t.Errorf("%s on options % x: %v", c.line, c.p.Options, got)
		}
		if want := strings.ReplaceAll(c.line, "131", "lsr"); e.String() != want {
			t.Errorf("%s: printed as %s", c.line, e.String())
		}
	}
	for _, line := range []string{"permit ip any any option", "permit ip any any option 256", "permit ip any any option lsr option ssr"} {
		if _, err := ParseNamed(strings.Fields(line), Extended); err == nil {
			t.Errorf("%s is read", line)
		}
	}
	if _, err := ParseEntry(strings.Fields("permit ip any any option lsr"), Extended); err == nil {
		t.Error("a numbered list takes an option")
	}
}
