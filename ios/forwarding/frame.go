package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// minEthernet is the least length of an Ethernet frame without its check
// sequence; shorter ones are padded.
const minEthernet = 60

// Receive takes a frame from the link. It is not kept and not changed.
func (i *Interface) Receive(frame []byte) {
	s := i.stack
	if s.closed || i.removed || !i.ProtocolUp() {
		return
	}
	switch {
	case i.name.Kind.Ethernet():
		i.receiveEthernet(frame)
	case i.name.Kind == Serial:
		i.receiveHDLC(frame)
	}
}

func (i *Interface) receiveEthernet(frame packet.Ethernet) {
	if !frame.Valid() {
		i.badFrame(&i.counters.Runts)
		return
	}
	if to := frame.Dst(); to != i.mac && !to.Group() {
		return // the chip does not even look at it
	}
	if len(frame.Payload()) > i.maxPayload() {
		i.badFrame(&i.counters.Giants)
		return
	}
	i.countIn(len(frame))
	i.sender = frame.Src()
	group := frame.Dst().Group()
	if group {
		i.counters.InBroadcasts++
	}
	i.receivePayload(frame, frame.Type(), frame.Payload(), group)
}

// maxPayload is the largest payload of a frame that is no giant.
func (i *Interface) maxPayload() int { return max(i.mtu, kinds[i.name.Kind].mtu) }

func (i *Interface) receiveHDLC(frame packet.HDLC) {
	if !frame.Valid() {
		i.badFrame(&i.counters.Runts)
		return
	}
	i.countIn(len(frame))
	i.receivePayload(frame, frame.Type(), frame.Payload(), false)
}

func (i *Interface) badFrame(why *uint64) {
	*why++
	i.counters.InErrors++
}

func (i *Interface) receivePayload(frame []byte, etherType uint16, payload []byte, group bool) {
	s := i.stack
	if s.env.Arrived != nil {
		defer s.env.Arrived(i)()
	}
	id := Identity{Number: s.nextNumber(nil)}
	s.frames.tell(Frame{id, i, false, frame})
	s.env.Spend(costReceive)
	switch {
	case etherType == packet.EtherTypeIPv4:
		// The packet will be changed on its way, and others may hold the frame.
		s.walk(s.fromWire, &transit{Identity: id, packet: slices.Clone(payload), in: i, group: group}, nil)
	case etherType == packet.EtherTypeARP && i.name.Kind.Ethernet():
		s.cause = id.Number
		i.receiveARP(payload)
		s.cause = 0
	default:
		i.counters.UnknownProtocols++
	}
}

// sendEthernet puts a payload on an Ethernet.
func (i *Interface) sendEthernet(id Identity, to packet.MAC, etherType uint16, payload []byte) {
	frame := packet.BuildEthernet(to, i.mac, etherType, payload)
	if len(frame) < minEthernet {
		frame = append(frame, make([]byte, minEthernet-len(frame))...)
	}
	i.transmit(id, frame)
}

// transmit hands a frame to the link.
func (i *Interface) transmit(id Identity, frame []byte) {
	if i.stack.closed || i.send == nil || !i.ProtocolUp() {
		i.counters.OutDrops++
		return
	}
	i.countOut(len(frame))
	i.stack.frames.tell(Frame{id, i, true, frame})
	i.send(frame)
}
