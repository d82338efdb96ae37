package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// minEthernet is the least length of an Ethernet frame without its check
// sequence; shorter ones are padded.
const minEthernet = 60

// ethernetLink is Ethernet with ARPA framing (RFC 894).
type ethernetLink struct{}

func (ethernetLink) encapsulation() string { return "ARPA" }
func (ethernetLink) addressed() bool       { return true }
func (ethernetLink) discards() bool        { return false }
func (ethernetLink) header() int           { return packet.EthernetHeader }
func (ethernetLink) length(n int) int      { return max(packet.EthernetHeader+n, minEthernet) }

func (ethernetLink) largest(i *Interface) int { return max(i.mtu, kinds[i.name.Kind].mtu) }

func (l ethernetLink) open(i *Interface, frame []byte) (p payload, ok bool) {
	e := packet.Ethernet(frame)
	if !e.Valid() {
		i.badFrame(&i.counters.Runts)
		return p, false
	}
	if to := e.Dst(); to != i.mac && !to.Group() {
		return p, false // the chip does not even look at it
	}
	if len(e.Payload()) > l.largest(i) {
		i.badFrame(&i.counters.Giants)
		return p, false
	}
	i.sender = e.Src()
	return payload{e.Type(), e.Payload(), e.Dst().Group()}, true
}

// transmit goes by what the ARP cache knows of the next hop.
func (ethernetLink) transmit(s *Stack, t *transit) verdict {
	switch {
	case t.out.toAll(t.nextHop) || s.knows(t.out, t.nextHop):
		return taken(Sent)
	case !s.hasRoomFor(t.nextHop):
		return dropped(TooManyNeighbours)
	case s.HoldUnresolved > 0:
		return taken(WaitsForNeighbour)
	}
	return dropped(NeighbourUnknown)
}

func (ethernetLink) send(s *Stack, t *transit, v verdict) {
	out := t.out
	if out.toAll(t.nextHop) {
		out.sendEthernet(t.Identity, packet.Broadcast, packet.EtherTypeIPv4, t.packet)
		return
	}
	mac, known := s.resolve(out, t.nextHop)
	switch {
	case known:
		out.sendEthernet(t.Identity, mac, packet.EtherTypeIPv4, t.packet)
	case v.reason == WaitsForNeighbour:
		s.hold(t)
	}
}

// toAll reports whether packets to a next hop go to all stations on the link.
func (i *Interface) toAll(nextHop netip.Addr) bool {
	return nextHop == limitedBroadcast || i.broadcastOf(nextHop)
}

// sendEthernet puts a payload on an Ethernet.
func (i *Interface) sendEthernet(id Identity, to packet.MAC, etherType uint16, payload []byte) {
	frame := packet.BuildEthernet(to, i.mac, etherType, payload)
	if len(frame) < minEthernet {
		frame = append(frame, make([]byte, minEthernet-len(frame))...)
	}
	i.transmit(id, frame)
}

func (ethernetLink) arrive(i *Interface, frame []byte) fastStep {
	e := packet.Ethernet(frame)
	switch {
	case !e.Valid():
		return punt
	case e.Dst() != i.mac && !e.Dst().Group():
		return ignore
	case e.Dst().Group() || e.Type() != packet.EtherTypeIPv4:
		return punt
	}
	return goOn
}

func (ethernetLink) depart(v *View, f *Flight) fastStep {
	if f.nextHop == limitedBroadcast || f.out.addresses.broadcastOf(f.nextHop) {
		return punt
	}
	n, known := v.neighbours[f.nextHop]
	if !known || n.ifc != f.out.ifc {
		return punt
	}
	f.mac, f.used = n.mac, n
	return onWire
}

func (ethernetLink) putHeader(f *Flight) (at, length int) {
	f.at -= packet.EthernetHeader
	packet.PutEthernet(f.buffer[f.at:], f.mac, f.out.ifc.mac, packet.EtherTypeIPv4)
	length = len(f.packet) + packet.EthernetHeader
	if length < minEthernet {
		clear(f.buffer[f.at+length:][:minEthernet-length])
		length = minEthernet
	}
	return f.at, length
}
