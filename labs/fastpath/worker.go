package fastpath

import (
	"bytes"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/wire"
)

const (
	// readAt is where frames are read to: they may grow in front.
	readAt = wire.Headroom + forwarding.Room
	// stride is from buffer to buffer. It is no whole number of pages, so that not all
	// packets begin in the same line of the processor's cache.
	stride = (readAt+wire.MaxFrame+forwarding.RoomBehind)/64*64 + 64
)

// A worker has one batch in hand.
type worker struct {
	lane    *Lane
	bufs    [][]byte
	sizes   []int
	flights []forwarding.Flight
	fates   []forwarding.Fate
	state   *state // that the batch was decided on

	group []*forwarding.Flight // packets of one SA
	tally forwarding.Tally
	due   func(check func())

	out       [][]byte // what leaves next
	outLane   *Lane
	rest      [][]byte
	restSizes []int
}

func newWorker(l *Lane, batch int) *worker {
	w := &worker{
		lane: l, bufs: make([][]byte, batch), sizes: make([]int, batch),
		flights: make([]forwarding.Flight, batch), fates: make([]forwarding.Fate, 0, batch),
		group: make([]*forwarding.Flight, 0, batch), out: make([][]byte, 0, batch),
		rest: make([][]byte, 0, batch), restSizes: make([]int, 0, batch),
	}
	w.due = func(check func()) { l.path.post(check) }
	slab := make([]byte, batch*stride)
	for i := range w.bufs {
		w.bufs[i] = slab[i*stride:][:stride:stride]
	}
	return w
}

// decide says what is to be done with the n frames that were read, and returns how
// many bytes are to be sealed or opened.
func (w *worker) decide(n int) (work int) {
	w.fates = w.fates[:n]
	w.state = w.lane.path.state.Load()
	if w.state == nil {
		for i := range w.fates {
			w.fates[i] = forwarding.Punted
		}
		return 0
	}
	in := w.state.at[w.lane.index]
	for i := range w.fates {
		f := &w.flights[i]
		w.fates[i] = w.state.view.Arrive(f, in, w.bufs[i], readAt, w.sizes[i], w.lane.Bare)
		if w.fates[i] == forwarding.ToSeal || w.fates[i] == forwarding.ToOpen {
			work += f.Size()
		}
	}
	return work
}

// crypt seals and opens.
func (w *worker) crypt() {
	for i := 0; i < len(w.fates); {
		switch w.fates[i] {
		case forwarding.ToSeal:
			tunnel := w.flights[i].Tunnel()
			i = w.gather(i, func(f *forwarding.Flight) bool { return f.Tunnel() == tunnel })
			tunnel.SealAll(w.group)
		case forwarding.ToOpen:
			opener := w.flights[i].Opener()
			i = w.gather(i, func(f *forwarding.Flight) bool { return f.Opener() == opener })
			opener.OpenAll(w.group)
		default:
			i++
		}
	}
}

// gather puts the packets from the i-th on that have the same fate and SA into the
// group, and returns where they end.
func (w *worker) gather(i int, same func(*forwarding.Flight) bool) int {
	w.group = w.group[:0]
	fate := w.fates[i]
	for ; i < len(w.fates) && w.fates[i] == fate && same(&w.flights[i]); i++ {
		w.group = append(w.group, &w.flights[i])
	}
	return i
}

// settle ends the batch: frames leave, or go to the loop.
func (w *worker) settle(punt func(bufs [][]byte, sizes []int)) {
	for i, fate := range w.fates {
		f := &w.flights[i]
		if w.state != nil {
			fate = w.state.view.Settle(f, fate, &w.tally)
		}
		switch fate {
		case forwarding.Ready:
			w.leave(i, f)
		case forwarding.Punted:
			w.rest = append(w.rest, w.bufs[i][readAt-wire.Headroom:])
			w.restSizes = append(w.restSizes, w.sizes[i])
		case forwarding.PuntedOpened:
			in, sa, inner := w.state.at[w.lane.index], f.Opener(), bytes.Clone(f.Packet())
			if !w.lane.path.post(func() { in.Stack().ReceiveOpened(in, sa, inner) }) {
				w.lane.dropped.Add(1)
			}
		case forwarding.Lost:
			if sa, why := f.Opener(), f.Opening; sa != nil && why.Err != nil {
				w.lane.path.post(func() { sa.Complain(why.Seq, why.Err) })
			}
		}
	}
	w.flush()
	if len(w.rest) > 0 {
		punt(w.rest, w.restSizes)
		w.rest, w.restSizes = w.rest[:0], w.restSizes[:0]
	}
}

// leave puts a frame with the others that leave by the same wire.
func (w *worker) leave(i int, f *forwarding.Flight) {
	lane := w.lane.path.lane(w.state, f.Out())
	if lane != w.outLane {
		w.flush()
		w.outLane = lane
	}
	at, length := f.Finish(lane.Bare)
	w.out = append(w.out, w.bufs[i][at-wire.Headroom:at+length])
}

// flush writes what leaves. Counters move before the write, so that a reply never
// precedes its count.
func (w *worker) flush() {
	w.tally.Tell(w.due)
	if len(w.out) > 0 {
		if n := w.outLane.Out.Write(w.out); n < len(w.out) {
			w.outLane.unsent.Add(uint64(len(w.out) - n))
		}
		w.out = w.out[:0]
	}
}
