package nat

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/ios/packet"
)

// String is the translation in the order of the columns of `show ip nat translations`:
// icmp 203.0.113.1:1 10.1.1.1:1 20.1.1.1:1 20.1.1.1:1.
func (t Translation) String() string {
	words := []string{ProtocolName(t.Protocol)}
	for _, e := range []Endpoint{t.InsideGlobal, t.InsideLocal, t.OutsideLocal, t.OutsideGlobal} {
		words = append(words, t.End(e))
	}
	return strings.Join(words, " ")
}

// End is an end of the translation as the table shows it: an address with its port or ICMP
// identifier, or of ESP with the SPI; --- where it may be any.
func (t Translation) End(e Endpoint) string {
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
