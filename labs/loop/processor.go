package loop

import "time"

// inputLimit is how many frames may wait for one processor. More are lost, as
// they are where a router's input queue is full.
const inputLimit = 2048

// A Processor is the modelled CPU of one router. Spending time makes it busy;
// what reaches a busy processor waits and is handled in order. On the wall clock
// spending does nothing, as real costs count there.
type Processor struct {
	loop   *Loop
	busy   time.Duration // busy until then
	queue  ring
	frames int  // of the queue
	waking bool // work is scheduled for wake
	wake   time.Duration
}

// NewProcessor returns an idle processor on the loop.
func NewProcessor(l *Loop) *Processor { return &Processor{loop: l} }

// Now returns the time in the router's view: never earlier than its busy-until.
func (p *Processor) Now() time.Duration { return max(p.loop.Now(), p.busy) }

// Spend makes the processor busy for d more.
func (p *Processor) Spend(d time.Duration) {
	if p.loop.Virtual() && d > 0 {
		p.busy = p.Now() + d
	}
}

// After runs f when d has passed in the router's view and its processor is free.
func (p *Processor) After(d time.Duration, f func()) (stop func()) {
	t := &timer{loop: p.loop}
	p.loop.schedule(p.Now()+d, func() {
		// The loop took the event for done; until f runs it can be stopped.
		t.stopped = false
		p.run(f, t)
	}, t)
	return t.stop
}

// Post runs f on the processor as soon as it is free.
func (p *Processor) Post(f func()) { p.run(f, nil) }

// Deliver hands a frame's arrival to the processor: f runs as soon as it is free.
// It returns false where too many wait already and this one is lost.
func (p *Processor) Deliver(f func()) bool {
	if p.frames >= inputLimit {
		return false
	}
	if p.free() {
		f()
		return true
	}
	p.frames++
	p.enqueue(func() { p.frames--; f() }, nil)
	return true
}

func (p *Processor) free() bool {
	return p.queue.n == 0 && p.busy <= p.loop.Now()
}

func (p *Processor) run(f func(), t *timer) {
	if !p.free() {
		p.enqueue(f, t)
		return
	}
	if t != nil {
		t.stopped = true
	}
	f()
}

func (p *Processor) enqueue(f func(), t *timer) {
	p.queue.push(event{fn: f, timer: t})
	p.wakeLater()
}

func (p *Processor) wakeLater() {
	if p.waking && p.wake <= p.busy {
		return
	}
	p.waking, p.wake = true, p.busy
	p.loop.At(p.busy, p.work)
}

// work handles what waits until the processor is busy again.
func (p *Processor) work() {
	p.waking = false
	for p.queue.n > 0 && p.busy <= p.loop.Now() {
		e := p.queue.pop()
		if e.timer.isStopped() {
			continue
		}
		if e.timer != nil {
			e.timer.stopped = true
		}
		e.fn()
	}
	if p.queue.n > 0 {
		p.wakeLater()
	}
}

// Reset is for a router that is switched off and on: what waited is lost, and the
// processor is free.
func (p *Processor) Reset() {
	p.queue = ring{}
	p.frames = 0
	p.busy = 0
}
