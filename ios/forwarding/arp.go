package forwarding

import (
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// neighbour is an entry of the ARP cache: an address on an Ethernet, and the
// hardware address behind it once that is known.
//
//	(none) --packet to send--> incomplete --reply--> complete --60 s before its end--> asked again
//	                               |                    ^                                 |  |
//	                               +--60 s--> (none)    +------------reply----------------+  +--no reply--> (none)
type neighbour struct {
	addr      netip.Addr
	iface     *Interface
	mac       packet.MAC
	complete  bool
	confirmed time.Duration // when the neighbour was last heard; when incomplete, since when
	lastUsed  time.Duration
	lastAsked time.Duration
	asked     int        // requests since confirmed that were to refresh the entry
	idle      bool       // it was not used when it was time to refresh it
	clearing  bool       // `clear arp` waits for its confirmation
	held      []*transit // wait for the hardware address; see Stack.HoldUnresolved
	stop      func()

	usedFast atomic.Bool // by the fast path, since lastUsed
}

// resolve finds the hardware address of a neighbour. If it is not known it is
// asked for, and the packet in hand is lost or held (see hold).
func (s *Stack) resolve(i *Interface, a netip.Addr) (mac packet.MAC, ok bool) {
	now := s.env.Clock.Now()
	n := s.neighbours[a]
	if n != nil && n.iface != i {
		s.forget(n)
		n = nil
	}
	if n == nil {
		if !s.roomForNeighbour() {
			return mac, false
		}
		n = &neighbour{addr: a, iface: i, confirmed: now, lastUsed: now, lastAsked: never}
		s.neighbours[a] = n
		s.wake(n)
		s.tellARP(func() Event { return ARPBegun{a, i.name} })
	}
	if n.complete {
		n.lastUsed = now
		if n.idle {
			s.age(n)
		}
		return n.mac, true
	}
	if len(n.held) == 0 && (n.lastAsked == never || now-n.lastAsked >= arpRequestEvery) {
		s.sendRequest(n, packet.Broadcast)
	}
	return mac, false
}

// knows reports whether the hardware address of a neighbour is known.
func (s *Stack) knows(i *Interface, a netip.Addr) bool {
	n := s.neighbours[a]
	return n != nil && n.iface == i && n.complete
}

// sendRequest sends an ARP request for a neighbour's address.
func (s *Stack) sendRequest(n *neighbour, to packet.MAC) {
	n.lastAsked = s.env.Clock.Now()
	source, ok := n.iface.sourceOn(n.addr)
	if !ok {
		return
	}
	n.iface.sendARP(packet.ARPRequest, to, source, packet.MAC{}, n.addr)
}

// sourceOn is the interface's address in the same subnet as a, or its primary one.
func (i *Interface) sourceOn(a netip.Addr) (netip.Addr, bool) {
	for _, p := range i.addresses() {
		if p.Contains(a) {
			return p.Addr(), true
		}
	}
	return i.primary.Addr(), i.primary.IsValid()
}

// learn takes what an ARP message says of its sender. Only a message for this
// router makes an entry; any other brings a known one up to date (RFC 826).
func (s *Stack) learn(i *Interface, a netip.Addr, mac packet.MAC, forUs bool) {
	n := s.neighbours[a]
	if n != nil && n.iface != i {
		if !forUs {
			return
		}
		s.forget(n)
		n = nil
	}
	now := s.env.Clock.Now()
	if n == nil {
		if !forUs || !s.roomForNeighbour() {
			return
		}
		n = &neighbour{addr: a, iface: i, lastUsed: never}
		s.neighbours[a] = n
	}
	n.mac, n.complete, n.idle, n.clearing = mac, true, false, false
	n.usedFast.Store(false)
	s.fast.neighboursChanged()
	n.confirmed, n.lastAsked, n.asked = now, never, 0
	s.wake(n)
	s.release(n)
}

// wake sets the one timer of an entry for what is due next.
func (s *Stack) wake(n *neighbour) {
	if n.stop != nil {
		n.stop()
	}
	var due time.Duration
	end := n.confirmed + n.iface.ARPTimeout
	switch {
	case n.clearing:
		due = n.lastAsked + arpClearRetry
	case len(n.held) > 0:
		due = n.lastAsked + arpRequestEvery
	case !n.complete:
		due = n.confirmed + arpIncomplete
	case n.iface.ARPTimeout == 0: // without end, but look whether that is still so
		due = s.env.Clock.Now() + DefaultARPTimeout
	case n.idle:
		due = end
	case n.asked == 0:
		due = max(end-arpRefresh, n.confirmed+n.iface.ARPTimeout/2)
	default:
		due = min(end, n.lastAsked+arpRetry)
	}
	now := s.env.Clock.Now()
	n.stop = s.after(max(due-now, 0), func() { s.age(n) })
}

// age does what is due: an entry in use is asked for again before its end, the
// last time by a broadcast; one that was not used, or not confirmed, goes.
func (s *Stack) age(n *neighbour) {
	now := s.env.Clock.Now()
	n.idle = false
	if n.usedFast.Swap(false) {
		n.lastUsed = now
	}
	s.fast.neighboursChanged()
	switch {
	case n.clearing && n.asked < 3:
		n.asked++
		s.sendRequest(n, packet.Broadcast)
	case len(n.held) > 0 && n.asked < arpRequests:
		n.asked++
		s.sendRequest(n, packet.Broadcast)
	case len(n.held) > 0:
		s.noAnswer(n)
	case n.clearing || !n.complete:
		s.forget(n)
		return
	case n.iface.ARPTimeout == 0:
	case now >= n.confirmed+n.iface.ARPTimeout:
		s.forget(n)
		return
	case n.asked == 0 && n.lastUsed <= n.confirmed:
		n.idle = true
	case n.asked < 2:
		n.asked++
		s.sendRequest(n, n.mac)
	default:
		n.asked++
		s.sendRequest(n, packet.Broadcast)
	}
	s.wake(n)
}

func (s *Stack) forget(n *neighbour) {
	if n.stop != nil {
		n.stop()
	}
	delete(s.neighbours, n.addr)
	s.fast.neighboursChanged()
}

// sorted lists the cache by address, so that nothing depends on a map's order.
func (s *Stack) sorted() []*neighbour {
	list := make([]*neighbour, 0, len(s.neighbours))
	for _, n := range s.neighbours {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *neighbour) int { return a.addr.Compare(b.addr) })
	return list
}

// forgetNeighbours empties the cache of an interface that went down.
func (s *Stack) forgetNeighbours(i *Interface) {
	for _, n := range s.sorted() {
		if n.iface == i {
			s.forget(n)
		}
	}
}

// forgetStrangers drops the neighbours that are no longer in a subnet of the
// interface, and addresses that have become the router's own.
func (s *Stack) forgetStrangers(i *Interface) {
	for _, n := range s.sorted() {
		if n.iface == i && (!i.onLink(n.addr) || i.claims(n.addr)) {
			s.forget(n)
		}
	}
}

// ClearARP is `clear arp`: every neighbour is asked for again and dropped if it
// does not answer. Until then its entry serves on, so that no packet is lost.
func (s *Stack) ClearARP() {
	for _, n := range s.sorted() {
		if !n.complete {
			s.forget(n)
			continue
		}
		n.clearing, n.asked = true, 1
		s.sendRequest(n, packet.Broadcast)
		s.wake(n)
	}
	for _, i := range s.interfaces {
		i.announceAll()
	}
}

// ARPEntry is a line of `show arp`.
type ARPEntry struct {
	Address    netip.Addr
	MAC        packet.MAC
	Interface  *Interface
	Incomplete bool
	Asking     bool          // incomplete, and packets wait for the answer
	Own        bool          // the router's own address: it has no age
	Age        time.Duration // since it was last confirmed
}

// ARP lists the cache, the router's own addresses included, by address.
func (s *Stack) ARP() []ARPEntry {
	var list []ARPEntry
	now := s.env.Clock.Now()
	for _, n := range s.sorted() {
		list = append(list, ARPEntry{
			Address: n.addr, MAC: n.mac, Interface: n.iface,
			Incomplete: !n.complete, Asking: len(n.held) > 0, Age: now - n.confirmed,
		})
	}
	for _, i := range s.interfaces {
		if !i.link.addressed() || !i.ProtocolUp() {
			continue
		}
		for _, p := range i.addresses() {
			list = append(list, ARPEntry{Address: p.Addr(), MAC: i.mac, Interface: i, Own: true})
		}
		for _, a := range i.aliases() {
			list = append(list, ARPEntry{Address: a, MAC: i.mac, Interface: i, Own: true})
		}
	}
	slices.SortStableFunc(list, func(a, b ARPEntry) int { return a.Address.Compare(b.Address) })
	return list
}
