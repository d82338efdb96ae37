package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// receiveARP handles an ARP message (RFC 826).
func (i *Interface) receiveARP(a packet.ARP) {
	if !a.Valid() {
		i.counters.InErrors++
		return
	}
	s, sender, target := i.stack, a.SenderIP(), a.TargetIP()
	// A sender from another subnet is on the wrong cable, unless it was asked for, as
	// a route to the interface itself has it. One without an address asks whether
	// the one it wants is in use (RFC 5227).
	probe := sender.IsUnspecified()
	wrong := !probe && !i.onLink(sender) && !i.claims(sender) && s.neighbours[sender] == nil
	s.tellARP(func() Event {
		if wrong {
			return ARPFiltered{i.said(a)}
		}
		return ARPHeard{i.said(a)}
	})
	if i.claims(sender) {
		i.duplicate(sender, a.SenderMAC())
		return
	}
	if wrong || a.SenderMAC().Group() {
		return
	}
	answers := a.Op() == packet.ARPRequest && i.answersFor(sender, target)
	if !probe {
		s.learn(i, sender, a.SenderMAC(), answers)
	}
	if answers {
		i.sendARP(packet.ARPReply, a.SenderMAC(), target, a.SenderMAC(), sender)
	}
}

// answersFor reports whether the router answers an ARP request on the interface. A sender
// without an address is not answered for addresses elsewhere.
func (i *Interface) answersFor(sender, target netip.Addr) bool {
	return i.claims(target) || i.standsIn(target) || !sender.IsUnspecified() && i.proxies(sender, target)
}

// Takes reports whether a packet from src that is sent to a next hop over the link comes
// in on this interface, as it does where the interface answers ARP requests for it, or
// would after what is assumed.
func (i *Interface) Takes(assumed *Assumed, src, nextHop netip.Addr) bool {
	return !i.link.addressed() || i.toAll(nextHop) || i.answersFor(src, nextHop) || i.onLink(nextHop) && assumed.aliased(nextHop)
}

// proxies reports whether the router answers for target, which it reaches another
// way than back over this interface (RFC 1027).
func (i *Interface) proxies(sender, target netip.Addr) bool {
	s := i.stack
	if !i.ProxyARP || !s.Routing || i.onLink(target) || !target.IsGlobalUnicast() {
		return false
	}
	r := s.Table().Lookup(target)
	if r == nil {
		return false
	}
	out := r.path(sender, target).Out
	return out != i && !out.link.discards()
}

// duplicate complains about another host with an address of this router, and
// defends that.
func (i *Interface) duplicate(a netip.Addr, mac packet.MAC) {
	now := i.stack.env.Clock.Now()
	if mac == i.mac {
		return
	}
	i.defend()
	if i.duplicateLog != never && now-i.duplicateLog < duplicateInterval {
		return
	}
	i.duplicateLog = now
	i.stack.emit(AddressTaken{Interface: i.name, Address: a, By: mac})
}

// defend tells the neighbours, which may have believed another host, where the
// addresses of this interface are: at once, and where that has just been done when it
// may be done again (RFC 5227 §2.4). Two routers with one address are no storm then.
func (i *Interface) defend() {
	if i.defending {
		return
	}
	s := i.stack
	now := s.env.Clock.Now()
	if i.defended == never || now-i.defended >= defendInterval {
		i.defended = now
		i.announceAll()
		return
	}
	i.defending = true
	s.after(i.defended+defendInterval-now, func() {
		i.defending, i.defended = false, s.env.Clock.Now()
		i.announceAll()
	})
}

// announce tells the neighbours that know an address of this interface where it
// is now. It is a reply to no request, so that no one else learns it.
func (i *Interface) announce(a netip.Addr) {
	if i.ProtocolUp() && i.link.addressed() {
		i.sendARP(packet.ARPReply, packet.Broadcast, a, packet.Broadcast, a)
	}
}

func (i *Interface) announceAll() {
	for _, p := range i.addresses() {
		i.announce(p.Addr())
	}
	for _, a := range i.aliases() {
		i.announce(a)
	}
}

func (i *Interface) sendARP(op uint16, to packet.MAC, sender netip.Addr, targetMAC packet.MAC, target netip.Addr) {
	s := i.stack
	id := Identity{Number: s.nextNumber(nil), Parent: s.cause}
	a := packet.BuildARP(op, i.mac, sender, targetMAC, target)
	s.tellARP(func() Event { return ARPSent{i.said(a)} })
	i.sendEthernet(id, to, packet.EtherTypeARP, a)
}

// tellARP tells of something that has happened by ARP, where that is wanted.
func (s *Stack) tellARP(event func() Event) {
	if s.TellARP {
		s.emit(event())
	}
}

// said is what a message on the interface says.
func (i *Interface) said(a packet.ARP) ARPMessage {
	return ARPMessage{
		Interface: i.name, Reply: a.Op() == packet.ARPReply,
		Sender: a.SenderIP(), SenderMAC: a.SenderMAC(), Target: a.TargetIP(), TargetMAC: a.TargetMAC(),
	}
}
