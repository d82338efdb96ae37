package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// icmp124 is `debug ip icmp` and `debug ip udp`.
var icmp124 = []Change{
	Row(Seen, func(w *Words, e forwarding.EchoReplySent) []string {
		return bare("ICMP: echo reply sent, src %s, dst %s", e.Src, e.Dst)
	}),
	Row(Transposed, func(w *Words, e forwarding.EchoReplyHeard) []string {
		return bare("ICMP: echo reply rcvd, src %s, dst %s", e.Src, e.Dst)
	}),
	Row(Seen, func(w *Words, e forwarding.UnreachableSent) []string {
		return bare("ICMP: dst (%s) %s unreachable sent to %s", e.About, w.unreachable(e.Code), e.To)
	}),
	Row(Seen, func(w *Words, e forwarding.UnreachableHeard) []string {
		return bare("ICMP: dst (%s) %s unreachable rcv from %s", e.About, w.unreachable(e.Code), e.From)
	}),
	Row(Seen, func(w *Words, e forwarding.TimeExceededSent) []string {
		return bare("ICMP: time exceeded (%s) sent to %s (dest was %s)", w.TimeOver[e.Reassembly], e.To, e.About)
	}),
	Row(Memory, func(w *Words, e forwarding.TimeExceededHeard) []string {
		if e.Reassembly {
			return bare("ICMP: time exceeded (%s) rcvd from %s", w.TimeOver[true], e.From)
		}
		return bare("ICMP: time exceeded rcvd from %s", e.From)
	}),
	Row(Memory, func(w *Words, e forwarding.RedirectSent) []string {
		return bare("ICMP: redirect sent to %s for dest %s, use gw %s", e.To, e.About, e.Gateway)
	}),
	Row(Memory, func(w *Words, e forwarding.RedirectHeard) []string {
		return bare("ICMP: redirect rcvd from %s- for %s use gw %s", e.From, e.About, e.Gateway)
	}),
	Row(Seen, func(w *Words, e forwarding.RedirectBogus) []string {
		return bare("ICMP: bogus redirect from %s - for %s use gw %s\n      gateway address is one of our addresses.", e.From, e.About, e.Gateway)
	}),
	Row(Seen, func(w *Words, e forwarding.ICMPHeard) []string {
		return bare("ICMP: rcvd type %d, code %d, from %s", e.Type, e.Code, e.From)
	}),
	Row(Seen, func(w *Words, e forwarding.UDPHeard) []string {
		return bare("UDP: rcvd src=%s(%d), dst=%s(%d), length=%d", e.Src.Addr(), e.Src.Port(), e.Dst.Addr(), e.Dst.Port(), e.Length)
	}),
	Row(Memory, func(w *Words, e forwarding.UDPSent) []string {
		return bare("UDP: sent src=%s(%d), dst=%s(%d), length=%d", e.Src.Addr(), e.Src.Port(), e.Dst.Addr(), e.Dst.Port(), e.Length)
	}),
}

// unreachable names the code of an ICMP unreachable. IOS knows more of them by name than
// are sent here.
func (n *Names) unreachable(code uint8) string {
	if s, ok := n.Unreachable[code]; ok {
		return s
	}
	return fmt.Sprintf("code %d", code)
}

var unreachable124 = map[uint8]string{
	packet.UnreachNet:        "net",
	packet.UnreachHost:       "host",
	packet.UnreachProtocol:   "protocol",
	packet.UnreachPort:       "port",
	packet.UnreachNeedFrag:   "frag. needed and DF set",
	packet.UnreachAdminProhb: "administratively prohibited",
}

var timeOver124 = map[bool]string{false: "time to live", true: "reassembly"}
