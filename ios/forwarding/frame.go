package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// Receive takes a frame from the link. It is not kept and not changed.
func (i *Interface) Receive(frame []byte) {
	s := i.stack
	if s.closed || i.removed || !i.ProtocolUp() {
		return
	}
	p, ok := i.link.open(i, frame)
	if !ok {
		return
	}
	i.countIn(len(frame))
	if p.group {
		i.counters.InBroadcasts++
	}
	id := Identity{Number: s.nextNumber(nil)}
	s.frames.tell(Frame{id, i, false, frame})
	s.env.Spend(costReceive)
	switch {
	case p.etherType == packet.EtherTypeIPv4:
		// The packet will be changed on its way, and others may hold the frame.
		s.walk(s.fromWire, &transit{Identity: id, packet: slices.Clone(p.bytes), in: i, group: p.group}, nil)
	case p.etherType == packet.EtherTypeARP && i.link.addressed():
		s.cause = id.Number
		i.receiveARP(p.bytes)
		s.cause = 0
	default:
		i.counters.UnknownProtocols++
	}
}

func (i *Interface) badFrame(why *uint64) {
	*why++
	i.counters.InErrors++
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
