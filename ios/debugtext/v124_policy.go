package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// policy124 is `debug ip policy`. Packets from links are switched by CEF, and those of
// the router itself by its processor, which has other words.
var policy124 = []Change{
	Row(Seen, func(w *Words, e forwarding.TransitPoliced) []string {
		at := fmt.Sprintf("IP: s=%v (%v), d=%v, ", e.Packet.Src, e.In, e.Packet.Dst)
		end := fmt.Sprintf("len %d, FIB policy ", e.Length)
		match := at + end + "match"
		switch e.Why {
		case forwarding.PolicyRouted, forwarding.PolicyToNull:
			if e.Gateway.IsValid() {
				at += fmt.Sprintf("g=%v, ", e.Gateway)
			}
			return []string{match, at + end + "routed"}
		case forwarding.PolicyExplicit:
			return []string{match, at + end + "rejected(explicit route) - normal forwarding"}
		case forwarding.PolicyAsUsual:
			return []string{match, at + end + "rejected - normal forwarding"}
		}
		return []string{at + end + "rejected(no match) - normal forwarding"}
	}),
	Row(Memory, func(w *Words, e forwarding.OwnPoliced) []string {
		packet := fmt.Sprintf("IP: s=%v (local), d=%v", e.Packet.Src, e.Packet.Dst)
		rejected := fmt.Sprintf("%s, len %d, policy rejected -- normal forwarding", packet, e.Length)
		records := []string{
			fmt.Sprintf("%s, len %d, policy match", packet, e.Length),
			fmt.Sprintf("IP: route map %s, item %d, %s", e.Map, e.Sequence, permits(e.Why != forwarding.PolicyDenied)),
		}
		switch e.Why {
		case forwarding.PolicyNotMatched:
			return []string{rejected}
		case forwarding.PolicyRouted, forwarding.PolicyToNull:
			return append(records, fmt.Sprintf("%s (%v), len %d, policy routed", packet, e.Out, e.Length))
		}
		return append(records, rejected)
	}),
}

func permits(permit bool) string {
	if permit {
		return "permit"
	}
	return "deny"
}
