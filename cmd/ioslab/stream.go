package main

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

const (
	// maxWaiting is how many bytes wait for a slow reader.
	maxWaiting = 64 << 20
	// drainGrace is how long a reader has at the end to take what waits for it.
	drainGrace = 2 * time.Second
)

// stream passes on what is written without keeping the writer waiting: a lab's loop
// must not stand still because a reader is slow.
type stream struct {
	mu      sync.Mutex
	more    sync.Cond
	waiting []byte
	limit   int // of its length
	err     error
	closed  bool
	done    chan struct{}
}

func newStream(out io.WriteCloser) *stream {
	s := &stream{limit: maxWaiting, done: make(chan struct{})}
	s.more.L = &s.mu
	go s.pass(out)
	return s
}

func (s *stream) pass(out io.WriteCloser) {
	defer close(s.done)
	defer out.Close()
	for {
		s.mu.Lock()
		for len(s.waiting) == 0 && !s.closed {
			s.more.Wait()
		}
		b := s.waiting
		s.waiting = nil
		s.mu.Unlock()
		if len(b) == 0 {
			return
		}
		if _, err := out.Write(b); err != nil {
			s.mu.Lock()
			s.err = err
			s.mu.Unlock()
			return
		}
	}
}

// Write takes b. The error is that of an earlier write, or of too much that waits.
func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && len(s.waiting)+len(b) > s.limit {
		s.err = fmt.Errorf("its reader is slow: %d KB wait for it", len(s.waiting)>>10)
	}
	if s.err != nil {
		return 0, s.err
	}
	s.waiting = append(slices.Grow(s.waiting, len(b)), b...)
	s.more.Signal()
	return len(b), nil
}

// Close waits until the reader has taken all, but not for long, and not at all for
// one that has failed already.
func (s *stream) Close() error {
	s.mu.Lock()
	s.closed = true
	s.more.Signal()
	err := s.err
	s.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case <-s.done:
	case <-time.After(drainGrace):
		return fmt.Errorf("its reader did not take all of it")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}
