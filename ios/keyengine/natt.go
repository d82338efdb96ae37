package keyengine

import (
	"net/netip"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// encap are the ports of a pair whose packets go in UDP, through a NAT.
func encap(p isakmp.SAPair) esp.Encap {
	if !p.Proposal.IsInUDP() {
		return esp.Encap{}
	}
	return esp.Encap{Local: p.Local.Port(), Remote: p.Remote.Port()}
}

// remotePort is the port of a peer behind a NAT, 0 where packets do not go in UDP.
func (p *pair) remotePort() uint16 { return encap(p.agreed).Remote }

// sourcePort is from where ESP in UDP came, 0 of ESP on its own.
func sourcePort(ip packet.IPv4) uint16 {
	if ip.Protocol() != packet.ProtoUDP {
		return 0
	}
	return packet.UDP(ip.Payload()).SrcPort()
}

// follow takes note of where an authentic packet came from: a NAT that has
// forgotten the peer gives it another port, or address (RFC 3947 4). Without an
// authenticator its sender is not known; and one that is late leads back.
func (p *pair) follow(ip packet.IPv4, seq uint32) {
	from := netip.AddrPortFrom(ip.Src(), sourcePort(ip))
	in := p.sas.In
	if !p.agreed.Mobile || from.Port() == 0 || from == p.agreed.Remote || !in.DetectsReplay() || !in.Newest(seq) {
		return
	}
	p.flow.binding.engine.isakmp.PeerMoved(p.agreed.Local, p.agreed.Remote, from)
}

// PeerMoved takes the pairs with a peer to where a NAT has it now.
func (e *Engine) PeerMoved(local, from, to netip.AddrPort) {
	for _, p := range e.withAddress(from.Addr()) {
		if p.agreed.Local == local && p.agreed.Remote == from {
			p.agreed.Remote = to
			p.sas.Out.Redirect(to)
		}
	}
}
