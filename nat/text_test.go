package nat

import (
	"net/netip"
	"testing"
)

func TestTranslationText(t *testing.T) {
	at := func(a string, id uint32) Endpoint { return Endpoint{netip.MustParseAddr(a), id} }
	for want, entry := range map[string]Translation{
		"icmp 203.0.113.1:7 10.1.1.1:6 20.1.1.1:6 20.1.1.1:7": {
			Protocol: 1, InsideGlobal: at("203.0.113.1", 7), InsideLocal: at("10.1.1.1", 6), OutsideLocal: at("20.1.1.1", 6), OutsideGlobal: at("20.1.1.1", 7),
		},
		"--- 203.0.113.9 10.1.1.9 --- ---": {InsideGlobal: at("203.0.113.9", 0), InsideLocal: at("10.1.1.9", 0)},
		"esp 203.0.113.1:0 10.1.1.1:85043DDB 20.1.1.1:0 20.1.1.1:0": {
			Protocol: 50, InsideGlobal: at("203.0.113.1", 0), InsideLocal: at("10.1.1.1", 0x85043ddb), OutsideLocal: at("20.1.1.1", 0), OutsideGlobal: at("20.1.1.1", 0),
		},
	} {
		if got := entry.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
