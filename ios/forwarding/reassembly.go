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

// collect takes a fragment and returns the whole packet once it has all of it.
// Fragments that overlap are an attack or a fault: the packet is given up
// (RFC 5722 says so for IPv6, RFC 1858 why). An exact repetition does not count.
func (s *Stack) collect(t *transit) (whole packet.IPv4, ok bool) {
	p := t.packet
	key := reassemblyKey{p.Src(), p.Dst(), p.ID(), p.Protocol()}
	h := s.reassembly.held[key]
	if h == nil {
		if len(s.reassembly.held) >= maxReassemblies {
			return nil, false
		}
		h = &pieces{total: -1}
		s.reassembly.held[key] = h
		in, group := t.in, t.group
		h.stop = s.after(reassemblyTime, func() {
			s.giveUp(key)
			if h.first != nil {
				s.sendError(&transit{packet: h.first, in: in, group: group}, packet.ICMPTimeExceeded, 1, 0)
			}
		})
	}
	verdict := h.add(p, maxReassemblyRoom-s.reassembly.room)
	if verdict == pieceRepeated {
		return nil, false
	}
	if verdict == pieceBad {
		s.giveUp(key)
		return nil, false
	}
	s.env.Spend(costPiece)
	s.reassembly.room += len(p.Payload())
	if h.bytes != h.total {
		return nil, false
	}
	s.giveUp(key)
	if h.first.HeaderLen()+h.total > maxDatagram { // the other pieces had shorter headers
		return nil, false
	}
	payload := make([]byte, 0, h.total)
	for _, piece := range h.list {
		payload = append(payload, piece.data...)
	}
	return wholeHeader(h.first, payload), true
}

func (s *Stack) giveUp(key reassemblyKey) {
	h := s.reassembly.held[key]
	h.stop()
	s.reassembly.room -= h.bytes
	delete(s.reassembly.held, key)
}

type pieceVerdict uint8

const (
	pieceTaken pieceVerdict = iota
	pieceRepeated
	pieceBad
)

// add takes one fragment into the list.
func (h *pieces) add(p packet.IPv4, room int) pieceVerdict {
	data, offset := p.Payload(), p.FragmentOffset()
	end := offset + len(data)
	at, _ := slices.BinarySearchFunc(h.list, offset, func(q piece, offset int) int { return q.offset - offset })
	if at < len(h.list) && h.list[at].offset == offset && slices.Equal(h.list[at].data, data) {
		return pieceRepeated
	}
	switch {
	case len(data) == 0, p.MF() && len(data)%8 != 0:
		return pieceBad
	case p.HeaderLen()+end > maxDatagram, len(data) > room, len(h.list) >= maxPieces:
		return pieceBad
	case at > 0 && h.list[at-1].offset+len(h.list[at-1].data) > offset:
		return pieceBad
	case at < len(h.list) && h.list[at].offset < end:
		return pieceBad
	case !p.MF() && (h.total >= 0 || at < len(h.list)), p.MF() && h.total >= 0 && end >= h.total:
		return pieceBad // two ends, or something behind the end
	}
	if !p.MF() {
		h.total = end
	}
	if offset == 0 {
		h.first = p
	}
	h.list = slices.Insert(h.list, at, piece{offset, data})
	h.bytes += len(data)
	return pieceTaken
}
