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

// armIdle looks again when the time may be up; keys do not touch the timer.
func (s *Session) armIdle() {
	if s.idle.limit == 0 || s.phase == phaseClosed {
		return
	}
	rest := s.idle.last + s.idle.limit - s.clock.Now()
	if rest > 0 {
		s.idle.stop = s.clock.After(rest, s.armIdle)
		return
	}
	s.idle.last = s.clock.Now()
	if s.job == nil && s.phase == phaseLine {
		s.logout()
		if s.phase == phaseClosed {
			s.closed()
			return
		}
	}
	s.idle.stop = s.clock.After(s.idle.limit, s.armIdle)
}
