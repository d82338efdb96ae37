package nat

import (
	"github.com/ioslab/ioslab/ios/packet"
)

// Ports are taken by protocol and inside global address, whatever the destination. A port
// belongs to an inside address and port as long as one of its conversations lasts.

// spaceKey is whose ports a space holds.
type spaceKey struct {
	ig       uint32
	protocol uint8
}

// space is the ports of a protocol at an address.
type space struct {
	ports *slots
	count int
}

// groups are the first ports of the groups within which a port is replaced by another.
var groups = [...]int{1, 512, 1024, 1 << 16}

func groupOf(id uint32) int {
	switch {
	case id < 512:
		return 0
	case id < 1024:
		return 1
	}
	return 2
}

// place is an inside end that has a port.
type place struct {
	pool     uint32
	il       uint32
	id       uint16
	protocol uint8
}

// binding is the port that it has.
type binding struct {
	ig   uint32
	refs uint32
	port uint16
}

// portProtocols are the protocols that have ports, or identifiers in their place.
var portProtocols = [...]uint8{packet.ProtoTCP, packet.ProtoUDP, packet.ProtoICMP}

func protocolIndex(protocol uint8) int {
	switch protocol {
	case packet.ProtoTCP:
		return 0
	case packet.ProtoUDP:
		return 1
	}
	return 2
}

// bind chooses the address and port that a conversation would have from outside: those
// that its inside end has already; else on the first address where a port of the group
// is free its own port, or the lowest of the group.
func (n *NAT) bind(p *pool, e *Entry) (ok bool) {
	if b, ok := n.places[e.place(p)]; ok {
		e.ig = b.ig
		e.show(uint32(b.port))
		return n.unlike(e)
	}
	group := groupOf(e.ilID)
	full := p.fullSlots(e.protocol, group)
	for at := full.first(0); at >= 0; at = full.first(at + 1) {
		e.ig = p.address(at)
		if !(p.ifc == "" && n.exclusive(e.ig)) && n.freePort(e, group) {
			return true
		}
		full.take(at)
	}
	return false
}

// fullSlots are the addresses of the pool where all ports of the group are taken.
func (p *pool) fullSlots(protocol uint8, group int) *slots {
	s := &p.full[protocolIndex(protocol)][group]
	if *s == nil {
		*s = newSlots(max(p.size, 1))
		if p.size == 0 {
			(*s).take(0)
		}
		p.leaveOutHoles(*s)
	}
	return *s
}

// exclusive reports whether a static has the whole address, so that no pool has it. The
// address of an interface is shared all the same.
func (n *NAT) exclusive(ig uint32) bool {
	e := n.table.find(key{by: byInsideGlobal, a: ig})
	return e != nil && e.static && e.origin.static.Interface == ""
}

// freePort gives a conversation a port at the address that it has.
func (n *NAT) freePort(e *Entry, group int) bool {
	s := n.spaces[spaceKey{e.ig, e.protocol}]
	e.show(e.ilID)
	if (s == nil || !s.ports.taken(int(e.ilID))) && n.unlike(e) {
		return true
	}
	port := groups[group]
	for {
		if s != nil {
			port = s.ports.first(port)
		}
		if port < 0 || port >= groups[group+1] {
			return false
		}
		if e.show(uint32(port)); n.unlike(e) {
			return true
		}
		port++
	}
}

// unlike reports whether no other conversation looks the same from outside.
func (n *NAT) unlike(e *Entry) bool { return n.table.find(e.key(byFlowGlobal)) == nil }

// show sets the port that a conversation has from outside. An ICMP identifier is the
// same on both sides of it.
func (e *Entry) show(id uint32) {
	if e.igID = id; e.protocol == packet.ProtoICMP {
		e.ogID = id
	}
}

func (e *Entry) place(p *pool) place { return place{p.id, e.il, uint16(e.ilID), e.protocol} }

// takePort makes the port of a conversation its inside end's.
func (n *NAT) takePort(p *pool, e *Entry) {
	b, ok := n.places[e.place(p)]
	if !ok {
		b = binding{ig: e.ig, port: uint16(e.igID)}
		n.occupy(e.ig, e.protocol, e.igID)
	}
	b.refs++
	n.places[e.place(p)] = b
}

func (n *NAT) leavePort(p *pool, e *Entry) {
	b := n.places[e.place(p)]
	if b.refs--; b.refs > 0 {
		n.places[e.place(p)] = b
		return
	}
	delete(n.places, e.place(p))
	n.vacate(e.ig, e.protocol, e.igID)
}

// occupy takes a port.
func (n *NAT) occupy(ig uint32, protocol uint8, port uint32) {
	k := spaceKey{ig, protocol}
	s := n.spaces[k]
	if s == nil {
		s = &space{ports: newSlots(1 << 16)}
		n.spaces[k] = s
	}
	if !s.ports.taken(int(port)) {
		s.ports.take(int(port))
		s.count++
	}
}

// vacate gives a port back.
func (n *NAT) vacate(ig uint32, protocol uint8, port uint32) {
	k := spaceKey{ig, protocol}
	s := n.spaces[k]
	if s == nil || !s.ports.taken(int(port)) {
		return
	}
	s.ports.free(int(port))
	if s.count--; s.count == 0 {
		delete(n.spaces, k)
	}
	n.notFull(ig, protocol, groupOf(port))
}

// notFull tells the pools that an address has a free port of a group.
func (n *NAT) notFull(ig uint32, protocol uint8, group int) {
	n.allPools(ig, func(p *pool, at int) {
		if s := p.full[protocolIndex(protocol)][group]; s != nil && p.usable(ig) {
			s.free(at)
		}
	})
}
