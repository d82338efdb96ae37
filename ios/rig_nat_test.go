package ios

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// rigNAT stands on links instead of the wire: routers inside share one public
// address on the outside link, by the ports of their UDP. Nothing else passes.
type rigNAT struct {
	rig     *rig
	public  netip.Addr
	inside  []*rigWire
	outside *rigWire
	macs    map[*rigWire]packet.MAC
	idle    time.Duration // after which a mapping is forgotten; 0 never
	next    uint16
	mapped  []*rigMapping
	lost    int // packets that are no UDP, or have no mapping
	passed  []packet.IPv4
}

type rigMapping struct {
	wire  *rigWire
	from  netip.AddrPort
	port  uint16
	until time.Duration
}

var natMAC = packet.MAC{2, 0xaa, 0, 0, 0, 1}

// natBetween attaches the interfaces inside, "R1:Fa0/0", and the one outside.
func (g *rig) natBetween(public, outside string, inside ...string) *rigNAT {
	n := &rigNAT{rig: g, public: netip.MustParseAddr(public), next: 30000, macs: map[*rigWire]packet.MAC{}}
	n.outside = n.plug(outside, n.inward)
	for _, end := range inside {
		var w *rigWire
		w = n.plug(end, func(p packet.IPv4) { n.outward(w, p) })
		n.inside = append(n.inside, w)
	}
	return n
}

// plug attaches an interface to a port of the box.
func (n *rigNAT) plug(end string, take func(packet.IPv4)) *rigWire {
	far := &rigWire{rig: n.rig}
	w := &rigWire{rig: n.rig, peer: far}
	w.lose = func(frame []byte) bool {
		n.frame(w, frame, take)
		return true
	}
	n.rig.attach(end, w)
	far.port = w.port // the box has carrier as the router has
	return w
}

func (n *rigNAT) frame(w *rigWire, frame []byte, take func(packet.IPv4)) {
	e := packet.Ethernet(frame)
	n.macs[w] = e.Src()
	switch e.Type() {
	case packet.EtherTypeARP:
		a := packet.ARP(e.Payload())
		if a.Op() == packet.ARPRequest && a.SenderIP() != a.TargetIP() {
			n.deliver(w, packet.BuildEthernet(a.SenderMAC(), natMAC, packet.EtherTypeARP,
				packet.BuildARP(packet.ARPReply, natMAC, a.TargetIP(), a.SenderMAC(), a.SenderIP())))
		}
	case packet.EtherTypeIPv4:
		p := packet.IPv4(e.Payload())
		p = p[:p.TotalLen()]
		if p.Protocol() != packet.ProtoUDP || p.IsFragment() {
			n.lost++
			return
		}
		take(p)
	}
}

func (n *rigNAT) deliver(w *rigWire, frame []byte) {
	n.rig.At(n.rig.Now()+rigDelay, func() { w.deliver(frame) })
}

// forward sends a datagram on with other ends.
func (n *rigNAT) forward(w *rigWire, p packet.IPv4, from, to netip.AddrPort) {
	body := packet.BuildUDP(from, to, packet.UDP(p.Payload()).Payload())
	out := packet.BuildIPv4(packet.IPv4Fields{
		TOS: p.TOS(), ID: p.ID(), DF: p.DF(), TTL: p.TTL() - 1, Protocol: packet.ProtoUDP, Src: from.Addr(), Dst: to.Addr(),
	}, body)
	n.passed = append(n.passed, out)
	n.deliver(w, packet.BuildEthernet(n.macs[w], natMAC, packet.EtherTypeIPv4, out))
}

func (n *rigNAT) outward(w *rigWire, p packet.IPv4) {
	u := packet.UDP(p.Payload())
	m := n.mapping(func(m *rigMapping) bool {
		return m.wire == w && m.from == netip.AddrPortFrom(p.Src(), u.SrcPort())
	})
	if m == nil {
		n.next++
		m = &rigMapping{wire: w, from: netip.AddrPortFrom(p.Src(), u.SrcPort()), port: n.next}
		n.mapped = append(n.mapped, m)
	}
	m.until = n.rig.Now() + n.idle
	n.forward(n.outside, p, netip.AddrPortFrom(n.public, m.port), netip.AddrPortFrom(p.Dst(), u.DstPort()))
}

func (n *rigNAT) inward(p packet.IPv4) {
	u := packet.UDP(p.Payload())
	m := n.mapping(func(m *rigMapping) bool { return p.Dst() == n.public && m.port == u.DstPort() })
	if m == nil {
		n.lost++
		return
	}
	m.until = n.rig.Now() + n.idle
	n.forward(m.wire, p, netip.AddrPortFrom(p.Src(), u.SrcPort()), m.from)
}

func (n *rigNAT) mapping(is func(*rigMapping) bool) *rigMapping {
	for _, m := range n.mapped {
		if is(m) && (n.idle == 0 || n.rig.Now() <= m.until) {
			return m
		}
	}
	return nil
}

// forget is a restart of the box.
func (n *rigNAT) forget() { n.mapped = nil }

// keepalives counts the datagrams of one octet that came to pass.
func (n *rigNAT) keepalives() (count int) {
	for _, p := range n.passed {
		if body := packet.UDP(p.Payload()).Payload(); len(body) == 1 && body[0] == 0xff {
			count++
		}
	}
	return count
}
