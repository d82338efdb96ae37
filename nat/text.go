package nat

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/ios/packet"
)

// String is the translation in the order of the columns of `show ip nat translations`:
// icmp 203.0.113.1:1 10.1.1.1:1 20.1.1.1:1 20.1.1.1:1.
func (t Translation) String() string {
	words := []string{protocolName(t.Protocol)}
	for _, e := range []Endpoint{t.InsideGlobal, t.InsideLocal, t.OutsideLocal, t.OutsideGlobal} {
		words = append(words, t.endpoint(e))
	}
	return strings.Join(words, " ")
}

func (t Translation) endpoint(e Endpoint) string {
	switch {
	case !e.Addr.IsValid():
		return "---"
	case t.Protocol == 0:
		return e.Addr.String()
	case t.Protocol == packet.ProtoESP:
		return fmt.Sprintf("%v:%X", e.Addr, e.ID)
	}
	return fmt.Sprintf("%v:%d", e.Addr, e.ID)
}

// protocolName is how the table of translations names a protocol.
func protocolName(protocol uint8) string {
	switch protocol {
	case 0:
		return "---"
	case packet.ProtoICMP:
		return "icmp"
	case packet.ProtoTCP:
		return "tcp"
	case packet.ProtoUDP:
		return "udp"
	case packet.ProtoESP:
		return "esp"
	}
	return fmt.Sprint(protocol)
}
