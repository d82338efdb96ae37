package loop

import "time"

// An event is due at a time; events of one time run in the order in which they
// were scheduled. The timer is nil where it cannot be stopped.
type event struct {
	at    time.Duration
	seq   uint64
	fn    func()
	timer *timer
}

func (e *event) before(o *event) bool {
	return e.at < o.at || e.at == o.at && e.seq < o.seq
}

// heap is a 4-ary min-heap of event values: no allocation per event, and half
// the depth of a binary one.
type heap []event

func (h *heap) push(at time.Duration, seq uint64, fn func(), t *timer) {
	*h = append(*h, event{at, seq, fn, t})
	h.up(len(*h) - 1)
}

func (h *heap) pop() event {
	s := *h
	top := s[0]
	last := len(s) - 1
	s[0] = s[last]
	s[last] = event{}
	*h = s[:last]
	if last > 1 {
		h.down(0)
	}
	return top
}

func (h heap) up(i int) {
	for i > 0 {
		parent := (i - 1) / 4
		if !h[i].before(&h[parent]) {
			return
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
}

func (h heap) down(i int) {
	for {
		least := i
		first := 4*i + 1
		for c := first; c < first+4 && c < len(h); c++ {
			if h[c].before(&h[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}

// sweep drops the events of stopped timers.
func (h *heap) sweep() {
	kept := (*h)[:0]
	for _, e := range *h {
		if e.timer == nil || !e.timer.stopped {
			kept = append(kept, e)
		}
	}
	clear((*h)[len(kept):])
	*h = kept
	for i := len(kept)/4 + 1; i >= 0; i-- {
		if i < len(kept) {
			kept.down(i)
		}
	}
}
