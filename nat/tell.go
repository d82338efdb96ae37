package nat

import "github.com/ioslab/ioslab/ios/packet"

// tellExamined tells of the packet as it came.
func (q *question) tellExamined() {
	q.emit(func() Event {
		return Examined{
			Outbound: q.outbound, Switched: q.way.switched(), Protocol: q.talk.protocol, IPID: q.ip.ID(),
			Src: Endpoint{q.ip.Src(), q.talk.srcID}, Dst: Endpoint{q.ip.Dst(), q.talk.dstID},
		}
	})
}

// tellPort tells of the port that a conversation has got.
func (q *question) tellPort(e *Entry) {
	q.emit(func() Event {
		return PortAllocated{
			Local: address(e.il), Global: address(e.ig), Protocol: e.protocol,
			Wanted: uint16(e.ilID), Got: uint16(e.igID),
		}
	})
}

// tellTranslated tells of what a packet has become.
func (q *question) tellTranslated(to ends, ports bool) {
	if !q.env.Wants() {
		return
	}
	q.tellExamined()
	if q.talk.protocol == packet.ProtoICMP && ports && to.srcID != q.talk.srcID {
		q.emit(func() Event { return IdentifierTranslated{q.way.switched(), uint16(q.talk.srcID), uint16(to.srcID)} })
	}
	was := AddressTranslated{
		Outbound: q.outbound, Switched: q.way.switched(), Source: true, IPID: q.ip.ID(),
		Src: q.ip.Src(), Dst: q.ip.Dst(), NewSrc: q.ip.Src(), NewDst: q.ip.Dst(),
	}
	if to.src != q.talk.src {
		was.NewSrc = address(to.src)
		q.env.Emit(was)
		was.Src = was.NewSrc
	}
	if to.dst != q.talk.dst {
		was.Source, was.NewDst = false, address(to.dst)
		q.env.Emit(was)
	}
}
