package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// PeerMoved takes the pairs with a peer to where a NAT has it now.
func (e *Engine) PeerMoved(local, from, to netip.AddrPort) {
	for _, p := range e.withAddress(from.Addr()) {
		if p.agreed.Local == local && p.agreed.Remote == from {
			p.agreed.Remote = to
		}
	}
}

// sourcePort is from where ESP in UDP came, 0 of ESP on its own.
func sourcePort(ip packet.IPv4) uint16 {
	if ip.Protocol() != packet.ProtoUDP {
		return 0
	}
	return packet.UDP(ip.Payload()).SrcPort()
}
