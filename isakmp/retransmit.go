package isakmp

import "time"

// Retransmission of phase 1: 10 s after a message that was not answered, five
// times; then the SA dies. A duplicate from the peer shortens the wait, since
// it tells that our answer was lost.

// sendAwaiting sends a message that is to be answered.
func (s *sa) sendAwaiting(b []byte) {
	s.awaiting = true
	s.send(b)
}

// send sends a message that may have to be sent again.
func (s *sa) send(b []byte) {
	s.sent = b
	s.put(b)
	s.sentAt = s.e.env.Clock.Now()
	if s.awaiting {
		s.retryIn(retransmitAfter)
	}
}

func (s *sa) retryIn(d time.Duration) {
	if s.retry != nil {
		s.retry()
	}
	s.retry = s.e.env.Clock.After(d, s.retransmit)
}

// retransmit is the timer.
func (s *sa) retransmit() {
	if s.deleted || !s.awaiting && !s.resending {
		return
	}
	s.e.emit(RetransmitTimer{SA: s.ref(), Phase: 1})
	s.resending = false
	if !s.countError("retransmit phase 1") {
		return
	}
	s.e.emit(Retransmitting{SA: s.ref(), Phase: 1})
	s.send(s.sent)
}

// countError raises the counter that retransmissions and bad messages share;
// beyond its limit the SA dies, and false is returned. An SA that is up does
// not die of what happens in phase 1.
func (s *sa) countError(reason string) bool {
	if s.errors >= maxErrors {
		if !s.complete() {
			s.closeSA("Death by retransmission P1", false)
		}
		return false
	}
	s.errors++
	s.e.emit(ErrorCount{SA: s.ref(), Attempt: s.errors, Of: maxErrors, Reason: reason})
	return true
}

// duplicate answers a phase 1 message that came before: when it is the latest
// one, our answer was lost.
func (s *sa) duplicate(latest bool) {
	e := s.e
	e.emit(Duplicate{SA: s.ref(), Phase: 1})
	if !latest || s.sent == nil || s.role == Initiator && s.complete() {
		return
	}
	e.emit(RetransmitDue{SA: s.ref(), Phase: 1})
	if since := e.env.Clock.Now() - s.sentAt; since < duplicateQuiet {
		e.emit(RetransmitSkipped{SA: s.ref(), Phase: 1, SinceMS: int(since / time.Millisecond)})
		return
	}
	if s.resending {
		return
	}
	e.emit(RetransmitTimer{SA: s.ref(), Phase: 1})
	s.resending = true
	s.retryIn(duplicateAfter)
}
