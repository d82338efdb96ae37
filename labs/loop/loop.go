package loop

import (
	"sync"
	"time"
)

// A Loop runs events one at a time. Make one with New.
type Loop struct {
	now  time.Duration
	seq  uint64
	ring ring
	heap heap
	dead int // stopped timers that still lie in the heap

	wall   *wall    // nil on the virtual clock
	rounds []func() // called after each round of events on the wall clock

	mu    sync.Mutex
	inbox []func()
	wake  chan struct{}
}

// New returns an empty loop on the virtual clock, at time 0.
func New() *Loop {
	return &Loop{wake: make(chan struct{}, 1)}
}

// Now returns the time since the loop's start. On the virtual clock it is the
// time at which the present event is due.
func (l *Loop) Now() time.Duration {
	if l.wall != nil {
		l.now = l.wall.now(l.now)
	}
	return l.now
}

// Virtual reports whether the loop is on the virtual clock.
func (l *Loop) Virtual() bool { return l.wall == nil }

// At schedules f for time t; a time that has passed means now. It cannot be
// taken back, and costs no allocation.
func (l *Loop) At(t time.Duration, f func()) {
	l.schedule(t, f, nil)
}

// After schedules f for when d has passed. Stop takes it back; it is idempotent
// and may be called after f has run.
func (l *Loop) After(d time.Duration, f func()) (stop func()) {
	t := &timer{loop: l}
	l.schedule(l.Now()+d, f, t)
	return t.stop
}

func (l *Loop) schedule(at time.Duration, f func(), t *timer) {
	now := l.Now()
	l.seq++
	if at <= now {
		l.ring.push(event{now, l.seq, f, t})
		return
	}
	if t != nil {
		t.inHeap = true
	}
	l.heap.push(at, l.seq, f, t)
}

// OnRound has f called on the loop after each round of events on the wall clock:
// code that reads beside the loop is shown what has changed.
func (l *Loop) OnRound(f func()) { l.rounds = append(l.rounds, f) }

// Do hands f to the loop from any goroutine.
func (l *Loop) Do(f func()) {
	l.mu.Lock()
	l.inbox = append(l.inbox, f)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// takeInbox schedules what came in by Do for now.
func (l *Loop) takeInbox() {
	l.mu.Lock()
	in := l.inbox
	l.inbox = nil
	l.mu.Unlock()
	for _, f := range in {
		l.schedule(0, f, nil)
	}
}

// Next returns the time of the next event, and whether there is one.
func (l *Loop) Next() (time.Duration, bool) {
	for l.ring.n > 0 && l.ring.front().timer.isStopped() {
		l.ring.pop()
	}
	for len(l.heap) > 0 && l.heap[0].timer.isStopped() {
		l.heap.pop()
		l.dead--
	}
	switch {
	case l.ring.n > 0 && (len(l.heap) == 0 || l.ring.front().before(&l.heap[0])):
		return l.ring.front().at, true
	case len(l.heap) > 0:
		return l.heap[0].at, true
	}
	return 0, false
}

// dispatch runs the event that Next told of.
func (l *Loop) dispatch() {
	var e event
	if l.ring.n > 0 && (len(l.heap) == 0 || l.ring.front().before(&l.heap[0])) {
		e = l.ring.pop()
	} else {
		e = l.heap.pop()
	}
	if e.timer != nil {
		e.timer.inHeap = false
		e.timer.stopped = true
	}
	if l.wall == nil {
		l.now = max(l.now, e.at)
	}
	e.fn()
}
