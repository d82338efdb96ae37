package cli

import "time"

// idleTimer is exec-timeout.
type idleTimer struct {
	limit time.Duration
	last  time.Duration // when a key was last typed
	stop  func()
}

func (t *idleTimer) disarm() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

// SetExecTimeout sets after how long without a key the session is logged out;
// 0 = never. The time does not run while a command does, nor in script mode,
// where a long wait does not mean that the user has left.
func (s *Session) SetExecTimeout(d time.Duration) {
	if s.screen.script != nil {
		return
	}
	s.idle.disarm()
	s.idle.limit, s.idle.last = d, s.clock.Now()
	s.armIdle()
}

// armIdle looks again when the time may be up: keys do not touch the timer.
func (s *Session) armIdle() {
	if s.idle.limit == 0 || s.phase == phaseClosed {
		return
	}
	if s.Busy() || s.phase == phaseStart {
		s.idle.last = s.clock.Now()
	}
	rest := s.idle.last + s.idle.limit - s.clock.Now()
	if rest <= 0 {
		s.abandon()
		s.logout()
		if s.phase == phaseClosed {
			s.closed()
			return
		}
		rest = s.idle.limit
	}
	s.idle.stop = s.clock.After(rest, s.armIdle)
}
