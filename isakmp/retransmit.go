package isakmp

import (
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
)

// Retransmission: 10 s after a message that was not answered, five times; then
// the exchange is given up. A duplicate from the peer shortens the wait, since
// it shows that our answer was lost.

// send sends a message of the exchange; awaiting an answer, it is repeated.
func (x *exchange) send(p packet, awaiting bool) {
	again := x.sent.number == p.number
	x.sent, x.awaiting = p, awaiting
	x.put(p, again)
	x.sentAt = x.s.e.env.Clock.Now()
	if awaiting {
		x.retryIn(retransmitAfter)
	}
}

func (x *exchange) retryIn(d time.Duration) {
	stop(x.stopRetry)
	x.stopRetry = x.s.e.env.Clock.After(d, x.retransmit)
}

// retransmit is the timer.
func (x *exchange) retransmit() {
	s, phase := x.s, x.owner.phase()
	if s.deleted {
		return
	}
	s.e.emit(RetransmitTimer{SA: s.ref(), Phase: phase, Node: x.id})
	x.resending = false
	if !x.owner.countRetry() {
		return
	}
	s.e.emit(Retransmitting{SA: s.ref(), Phase: phase, Node: x.id})
	x.send(x.sent, x.awaiting)
}

// repeated reports whether a message came before. When it is the latest one, our
// answer was lost, and goes again.
func (x *exchange) repeated(raw []byte) bool {
	number := seenAs(x.seen, raw)
	if number != 0 {
		x.duplicate(number == x.seen[len(x.seen)-1].number)
	}
	return number != 0
}

func (x *exchange) duplicate(latest bool) {
	s, e, phase := x.s, x.s.e, x.owner.phase()
	e.emit(Duplicate{SA: s.ref(), Phase: phase})
	if !latest || x.sent.raw == nil || !x.owner.repeats() {
		return
	}
	e.emit(RetransmitDue{SA: s.ref(), Phase: phase})
	if since := e.env.Clock.Now() - x.sentAt; since < duplicateQuiet {
		e.emit(RetransmitSkipped{SA: s.ref(), Phase: phase, SinceMS: int(since / time.Millisecond)})
		return
	}
	if x.resending {
		return
	}
	e.emit(RetransmitTimer{SA: s.ref(), Phase: phase, Node: x.id})
	x.resending = true
	x.retryIn(duplicateAfter)
}

func (s *sa) phase() int { return 1 }

// repeats: an initiator that is done has had no question that was not answered.
func (s *sa) repeats() bool { return s.role == Responder || !s.complete() }

func (s *sa) countRetry() bool { return s.countError(ErrorUnanswered1) }

func (s *sa) secret() *keymat.KeyPair { return s.pair }

// countError raises the counter that retransmissions and bad messages share;
// beyond its limit the SA dies, and false is returned. An SA that is up does
// not die of what happens in phase 1.
func (s *sa) countError(reason ErrorReason) bool {
	if s.errors >= maxErrors {
		if !s.complete() {
			s.closeSA(SAUnanswered, false)
		}
		return false
	}
	s.errors++
	s.e.emit(ErrorCount{SA: s.ref(), Attempt: s.errors, Of: maxErrors, Reason: reason})
	return true
}

func (q *quick) phase() int { return 2 }

func (q *quick) repeats() bool { return q.errors < maxErrors }

func (q *quick) secret() *keymat.KeyPair { return q.pair }

// countRetry counts on the exchange, and on its SA.
func (q *quick) countRetry() bool {
	s := q.s
	if q.errors >= maxErrors {
		q.giveUp()
		return false
	}
	q.errors++
	s.e.emit(ErrorCount{SA: s.ref(), OnNode: true, Attempt: q.errors, Of: maxErrors, Reason: ErrorUnanswered2})
	s.errors = max(s.errors, q.errors)
	s.e.emit(ErrorCount{SA: s.ref(), Attempt: s.errors, Of: maxErrors, Reason: ErrorUnanswered2})
	return true
}

// giveUp: a peer that does not answer under this SA has lost it. A responder
// does not know: the third message alone may have been lost, and the peer have
// the SAs.
func (q *quick) giveUp() {
	s := q.s
	q.finish(true, NodeUnanswered)
	if q.role == Initiator {
		s.closeSA(SAQuickLost, true)
	}
	s.report([]uint32{q.spi})
}
