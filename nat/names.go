package nat

import (
	"strconv"

	"github.com/ioslab/ioslab/ios/packet"
)

// ProtocolName names the protocol of a translation as IOS does where it shows one: the
// number where it has no name, and --- for that of a simple entry.
func ProtocolName(protocol uint8) string {
	switch protocol {
	case 0:
		return "---"
	case packet.ProtoICMP:
		return "icmp"
	case packet.ProtoTCP:
		return "tcp"
	case packet.ProtoUDP:
		return "udp"
	case packet.ProtoGRE:
		return "gre"
	case packet.ProtoESP:
		return "esp"
	}
	return strconv.Itoa(int(protocol))
}
