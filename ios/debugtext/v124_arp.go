package debugtext

import (
	"github.com/ioslab/ioslab/ios/forwarding"
)

// arp124 is `debug arp`.
var arp124 = []Change{
	Row(Seen, func(w *Words, e forwarding.ARPHeard) []string {
		return bare("IP ARP: rcvd %s src %s %s, dst %s %s", arpKind(e.ARPMessage), e.Sender, e.SenderMAC, e.Target, e.Interface)
	}),
	Row(Seen, func(w *Words, e forwarding.ARPSent) []string {
		return bare("IP ARP: sent %s src %s %s,\n                 dst %s %s %s",
			arpKind(e.ARPMessage), e.Sender, e.SenderMAC, e.Target, e.TargetMAC, e.Interface)
	}),
	Row(Seen, func(w *Words, e forwarding.ARPFiltered) []string {
		return bare("IP ARP %s filtered src %s %s, dst %s %s wrong cable, interface %s",
			arpKind(e.ARPMessage), e.Sender, e.SenderMAC, e.Target, e.TargetMAC, e.Interface)
	}),
	Row(Seen, func(w *Words, e forwarding.ARPBegun) []string {
		return bare("IP ARP: creating incomplete entry for IP address: %s interface %s", e.Address, e.Interface)
	}),
}

func arpKind(m forwarding.ARPMessage) string {
	if m.Reply {
		return "rep"
	}
	return "req"
}
