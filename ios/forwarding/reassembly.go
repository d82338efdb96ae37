package forwarding

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// reassembly holds the fragments of packets to this router (RFC 791, RFC 815).
type reassembly struct {
	held map[reassemblyKey]*pieces
	room int // bytes held
}

type reassemblyKey struct {
	src, dst netip.Addr
	id       uint16
	protocol uint8
}

// pieces are the fragments of one packet, by offset and without overlap.
type pieces struct {
	list  []piece
	bytes int // payload held
	total int // length of the whole payload, -1 while the last fragment is missing
	first packet.IPv4
	stop  func()
}

type piece struct {
	offset int
	data   []byte
}

func keyOf(p packet.IPv4) reassemblyKey { return reassemblyKey{p.Src(), p.Dst(), p.ID(), p.Protocol()} }

// consider decides about a fragment, and changes nothing: it is held, it is the last
// that was missing and its packet is whole, or it is lost. Fragments that overlap are an
// attack or a fault: the packet is given up (RFC 5722 says so for IPv6, RFC 1858 why).
// An exact repetition does not count.
func (r *reassembly) consider(p packet.IPv4) (why Reason, whole packet.IPv4) {
	h := r.held[keyOf(p)]
	if h == nil {
		if len(r.held) >= maxReassemblies {
			return TooManyFragments, nil
		}
		h = &pieces{total: -1}
	}
	at, why := h.place(p, maxReassemblyRoom-r.room)
	total := h.totalWith(p)
	if why != FragmentHeld || h.bytes+len(p.Payload()) != total {
		return why, nil
	}
	first := h.first
	if p.FragmentOffset() == 0 {
		first = p
	}
	if first.HeaderLen()+total > maxDatagram { // the other pieces had shorter headers
		return DatagramTooLong, nil
	}
	payload := make([]byte, 0, total)
	for _, piece := range h.list[:at] {
		payload = append(payload, piece.data...)
	}
	payload = append(payload, p.Payload()...)
	for _, piece := range h.list[at:] {
		payload = append(payload, piece.data...)
	}
	return Reassembled, wholeHeader(first, payload)
}

// keepFragment applies what consider has decided.
func (s *Stack) keepFragment(t *transit, v verdict) {
	switch v.reason {
	case FragmentHeld:
		s.holdFragment(t)
		s.env.Spend(costPiece)
	case Reassembled, DatagramTooLong:
		s.env.Spend(costPiece)
		s.giveUp(keyOf(t.packet))
	case FragmentBad:
		s.giveUp(keyOf(t.packet))
	}
}

func (s *Stack) holdFragment(t *transit) {
	key := keyOf(t.packet)
	h := s.reassembly.held[key]
	if h == nil {
		h = &pieces{total: -1}
		s.reassembly.held[key] = h
		stage, late := StageReassemble, *t
		if t.opened {
			stage = StageReassembleInner
		}
		h.stop = s.after(reassemblyTime, func() {
			s.giveUp(key)
			s.conclude(stage, &late, dropped(FragmentsMissing), func() {
				if late.packet = h.first; h.first != nil {
					s.sendTimeExceeded(&late, 1)
				}
			})
		})
	}
	s.reassembly.hold(t.packet)
}

// hold adds a fragment, which consider has found a place for.
func (r *reassembly) hold(p packet.IPv4) {
	key := keyOf(p)
	if r.held[key] == nil {
		r.held[key] = &pieces{total: -1}
	}
	h := r.held[key]
	at, _ := h.place(p, maxReassemblyRoom)
	h.add(p, at)
	r.room += len(p.Payload())
}

// giveUp forgets the fragments of a packet, where there are any.
func (s *Stack) giveUp(key reassemblyKey) {
	if h := s.reassembly.forget(key); h != nil {
		h.stop()
	}
}

// forget takes the fragments of a packet out and returns them, nil where there are none.
func (r *reassembly) forget(key reassemblyKey) *pieces {
	h := r.held[key]
	if h != nil {
		r.room -= h.bytes
		delete(r.held, key)
	}
	return h
}

// place finds where a fragment belongs in the list, and decides whether it is held.
func (h *pieces) place(p packet.IPv4, room int) (at int, why Reason) {
	data, offset := p.Payload(), p.FragmentOffset()
	end := offset + len(data)
	at, _ = slices.BinarySearchFunc(h.list, offset, func(q piece, offset int) int { return q.offset - offset })
	if at < len(h.list) && h.list[at].offset == offset && slices.Equal(h.list[at].data, data) {
		return at, FragmentRepeated
	}
	switch {
	case len(data) == 0, p.MF() && len(data)%8 != 0:
		return at, FragmentBad
	case p.HeaderLen()+end > maxDatagram, len(data) > room, len(h.list) >= maxPieces:
		return at, FragmentBad
	case at > 0 && h.list[at-1].offset+len(h.list[at-1].data) > offset:
		return at, FragmentBad
	case at < len(h.list) && h.list[at].offset < end:
		return at, FragmentBad
	case !p.MF() && (h.total >= 0 || at < len(h.list)), p.MF() && h.total >= 0 && end >= h.total:
		return at, FragmentBad // two ends, or something behind the end
	}
	return at, FragmentHeld
}

// totalWith is the length of the whole payload as it is known with one fragment more.
func (h *pieces) totalWith(p packet.IPv4) int {
	if p.MF() {
		return h.total
	}
	return p.FragmentOffset() + len(p.Payload())
}

// add takes a fragment into its place.
func (h *pieces) add(p packet.IPv4, at int) {
	h.total = h.totalWith(p)
	if p.FragmentOffset() == 0 {
		h.first = p
	}
	h.list = slices.Insert(h.list, at, piece{p.FragmentOffset(), p.Payload()})
	h.bytes += len(p.Payload())
}
