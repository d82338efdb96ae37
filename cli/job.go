package cli

import "iter"

// A job is straight code that runs in a coroutine, so that it can wait in the
// middle. It belongs to a session, which runs one at a time.
type job struct {
	run    func()
	next   func() (waits, more bool)
	stop   func()
	yield  func(waits bool) bool
	around func(stretch func()) // nil: nothing is
	closed bool
}

// newJob returns a coroutine that does one run after the other: a stack that has grown
// serves all the lines of a paste.
func newJob() *job {
	j := &job{}
	j.next, j.stop = iter.Pull(func(yield func(bool) bool) {
		j.yield = yield
		for goOn := true; goOn; goOn = yield(false) {
			j.run()
		}
	})
	return j
}

// start runs the job of a line, "" where it has none, up to where it first waits.
func (s *Session) start(line string, run func()) {
	j := s.spare
	if s.spare = nil; j == nil {
		j = newJob()
	}
	j.run, j.around, s.job = run, nil, j
	if line != "" && s.opts.Around != nil {
		j.around = s.opts.Around(line)
	}
	s.step()
}

// step lets the job go on.
func (s *Session) step() {
	if around := s.job.around; around != nil {
		around(s.stretch)
	} else {
		s.stretch()
	}
}

// stretch runs the job up to its next wait, or its end.
func (s *Session) stretch() {
	j := s.job
	s.running = true
	waits, _ := j.next()
	s.running = false
	if !waits {
		s.job, s.spare = nil, j
		if !s.pumping && !s.loading {
			s.dropSpare()
		}
		s.ready()
	}
}

// settle ends what was begun for keys and lines that have all been taken now.
func (s *Session) settle() {
	s.screen.flush()
	s.dropSpare()
}

// dropSpare ends the coroutine that waits for another run: an idle session has none.
func (s *Session) dropSpare() {
	if s.spare != nil {
		s.spare.stop()
		s.spare = nil
	}
}

// inside reports whether the job is what is running now, so that it may wait.
func (s *Session) inside() bool { return s.running && !s.job.closed }

// park waits until step is called. It returns ErrClosed for good once the
// session is closed.
func (s *Session) park() error {
	j := s.job
	if j.closed {
		return ErrClosed
	}
	s.running = false
	goOn := j.yield(true)
	s.running = true
	if !goOn {
		j.closed = true
		return ErrClosed
	}
	return nil
}

// A wait is a job's stay in await.
type wait struct {
	over   bool
	parked bool
	err    error
}

func (s *Session) await(register func(resume func()) (cancel func())) error {
	if s.loading {
		return ErrInterrupted // nothing waits while a configuration is loaded
	}
	if !s.inside() || s.phase == phaseClosed {
		return ErrClosed
	}
	w := &wait{}
	cancel := register(func() { s.wake(w, nil) })
	if w.over {
		return nil
	}
	s.wait, w.parked = w, true
	err := s.park()
	s.wait, w.parked, w.over = nil, false, true
	if err == nil {
		err = w.err
	}
	if err != nil && cancel != nil {
		cancel()
	}
	return err
}

// wake ends a wait.
func (s *Session) wake(w *wait, err error) {
	if w.over {
		return
	}
	w.over, w.err = true, err
	if w.parked {
		s.step()
		s.pump()
		s.settle()
	}
}

// interrupt breaks the command that is waiting: Ctrl-Shift-6.
func (s *Session) interrupt() {
	if s.wait != nil {
		s.wake(s.wait, ErrInterrupted)
	}
}
