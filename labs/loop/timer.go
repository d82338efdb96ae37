package loop

// sweepAt is how many stopped timers may lie in the heap before they can be
// cleared out, where they outnumber the live ones.
const sweepAt = 256

// A timer marks an event that can be stopped. A stopped event stays in the heap
// until it comes to the top or the heap is swept.
type timer struct {
	loop    *Loop
	stopped bool // or has run
	inHeap  bool
}

func (t *timer) isStopped() bool { return t != nil && t.stopped }

func (t *timer) stop() {
	if t.stopped {
		return
	}
	t.stopped = true
	if !t.inHeap {
		return
	}
	l := t.loop
	l.dead++
	if l.dead >= sweepAt && l.dead > len(l.heap)/2 {
		l.heap.sweep()
		l.dead = 0
	}
}
