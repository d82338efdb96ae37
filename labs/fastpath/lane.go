package fastpath

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/ioslab/ioslab/labs/wire"
)

// maxWorkers bounds the workers of one wire.
const maxWorkers = 16

// light is up to how many bytes of work a worker goes on without waking another.
const light = 4096

// A Lane is the way in from one wire.
type Lane struct {
	Wire
	path    *Path
	index   int
	workers []*worker
	dropped atomic.Uint64 // opened packets that the loop had no room for
	unsent  atomic.Uint64 // frames that the host has not taken
}

// serving is a lane at work on one device.
type serving struct {
	device wire.Device
	punt   func(bufs [][]byte, sizes []int)

	reading sync.Mutex // held by the worker that reads and decides
	err     error      // of Read
	ticket  int        // of the next batch
	// turns[t%len] tells the worker with batch t that those before are written. No
	// more batches than workers are under way, so each holds one at most.
	turns []chan struct{}
}

// Serve carries what the device reads until its Read fails, and returns the error. What
// is not settled is given to punt, behind wire.Headroom bytes, by one worker at a time;
// it must not keep the buffers.
func (l *Lane) Serve(d wire.Device, punt func(bufs [][]byte, sizes []int)) error {
	n := min(runtime.GOMAXPROCS(0), maxWorkers)
	if len(l.workers) != n || len(l.workers[0].flights) != d.BatchSize() {
		l.workers = nil
		for range n {
			l.workers = append(l.workers, newWorker(l, d.BatchSize()))
		}
	}
	s := &serving{device: d, punt: punt}
	for range n {
		s.turns = append(s.turns, make(chan struct{}, 1))
	}
	s.turns[0] <- struct{}{}
	var all sync.WaitGroup
	for _, w := range l.workers {
		all.Go(func() {
			for w.batch(s) {
			}
		})
	}
	all.Wait()
	return s.err
}

// batch takes one batch all its way; false where there are no more.
func (w *worker) batch(s *serving) bool {
	s.reading.Lock()
	if s.err != nil {
		s.reading.Unlock()
		return false
	}
	n, err := s.device.Read(w.bufs, w.sizes, readAt)
	if err != nil {
		s.err = err
		s.reading.Unlock()
		return false
	}
	work := w.decide(n)
	turn := s.turns[s.ticket%len(s.turns)]
	s.ticket++
	next := s.turns[s.ticket%len(s.turns)]
	alone := work <= light
	if !alone {
		s.reading.Unlock()
	}
	w.crypt()
	<-turn
	w.settle(s.punt)
	next <- struct{}{}
	if alone {
		s.reading.Unlock()
	}
	return true
}
