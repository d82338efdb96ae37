package tcp

import "slices"

// pieces are what has come out of order: they do not overlap, and are in order.
type pieces []piece

type piece struct {
	at   seq
	data []byte
}

func (p piece) end() seq { return p.at + seq(len(p.data)) }

// add keeps a copy of data, where there is room.
func (p *pieces) add(at seq, data []byte) {
	n := piece{at, data}
	i := 0
	for i < len(*p) && !n.at.before((*p)[i].end()) {
		i++
	}
	if i < len(*p) && !n.at.before((*p)[i].at) { // it begins in one that is here
		n = n.from((*p)[i].end())
		i++
	}
	for i < len(*p) && !n.end().before((*p)[i].end()) && len(n.data) > 0 { // it covers one
		*p = slices.Delete(*p, i, i+1)
	}
	if i < len(*p) {
		n.data = n.data[:max(min(len(n.data), n.at.to((*p)[i].at)), 0)]
	}
	if len(n.data) > 0 && len(*p) < maxPieces {
		n.data = slices.Clone(n.data)
		*p = slices.Insert(*p, i, n)
	}
}

// from is what the piece has from there on.
func (p piece) from(at seq) piece {
	cut := min(max(p.at.to(at), 0), len(p.data))
	return piece{p.at + seq(cut), p.data[cut:]}
}

// take returns what follows at without a gap, and takes it out.
func (p *pieces) take(at seq) (data []byte) {
	if len(*p) == 0 || at.before((*p)[0].at) {
		return nil
	}
	data = (*p)[0].from(at).data
	if *p = slices.Delete(*p, 0, 1); len(*p) == 0 {
		*p = nil
	}
	return data
}
