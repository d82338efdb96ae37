package acl

import (
	"slices"
	"testing"
)

// Tables are shown by help as they stand, and looked up both ways.
func TestNameTables(t *testing.T) {
	for name, table := range map[string][]Name{
		"protocols": Protocols, "TCP ports": TCPPorts, "UDP ports": UDPPorts, "ICMP": ICMPMessages, "IGMP": IGMPMessages,
		"precedence": Precedences, "type of service": ServiceTypes, "DSCP": DSCPs, "flags": tcpFlags, "operators": portOps,
	} {
		if !slices.IsSortedFunc(table, func(a, b Name) int {
			if a.Word < b.Word {
				return -1
			}
			return 1
		}) {
			t.Errorf("%s: not in the order of words, or a word twice", name)
		}
		values := map[uint16]string{}
		for _, n := range table {
			if n.Help == "" {
				t.Errorf("%s: %s has no help", name, n.Word)
			}
			if other := values[n.Value]; other != "" && n.Word != "syslog" {
				t.Errorf("%s: %s and %s are the same", name, other, n.Word)
			}
			values[n.Value] = n.Word
		}
	}
}

func TestNames(t *testing.T) {
	if ProtocolName(0) != "ip" || ProtocolName(50) != "esp" || ProtocolName(99) != "99" {
		t.Error("protocol names")
	}
	if PortName(protoTCP, 514) != "cmd" || PortName(protoUDP, 514) != "syslog" || PortName(50, 80) != "80" {
		t.Error("port names")
	}
	for _, test := range []struct {
		n    int
		kind Kind
		ok   bool
	}{{1, Standard, true}, {99, Standard, true}, {100, Extended, true}, {199, Extended, true}, {200, 0, false}, {1300, Standard, true}, {2699, Extended, true}, {2700, 0, false}, {0, 0, false}} {
		if k, ok := KindOfNumber(test.n); k != test.kind || ok != test.ok {
			t.Errorf("%d: %v, %v", test.n, k, ok)
		}
	}
}
