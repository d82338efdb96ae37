package isakmp

import "time"

// Retransmission of quick mode: as in phase 1, but counted on the node and on
// the SA.

// send sends a message of the exchange; awaiting one more, it is repeated.
func (n *node) send(b []byte, awaiting bool) {
	n.sent = b
	n.s.put(b)
	n.sentAt = n.s.e.env.Clock.Now()
	if awaiting {
		n.retryIn(retransmitAfter)
	}
}

func (n *node) retryIn(d time.Duration) {
	if n.retry != nil {
		n.retry()
	}
	n.retry = n.s.e.env.Clock.After(d, n.retransmit)
}

func (n *node) retransmit() {
	s, e := n.s, n.s.e
	if s.deleted || n.done && !n.resending {
		return
	}
	e.emit(RetransmitTimer{SA: s.ref(), Phase: 2, Node: n.id})
	n.resending = false
	if n.errors >= maxErrors {
		n.giveUp()
		return
	}
	n.errors++
	e.emit(ErrorCount{SA: s.ref(), OnNode: true, Attempt: n.errors, Of: maxErrors, Reason: "retransmit phase 2"})
	s.errors = max(s.errors, n.errors)
	e.emit(ErrorCount{SA: s.ref(), Attempt: s.errors, Of: maxErrors, Reason: "retransmit phase 2"})
	e.emit(Retransmitting{SA: s.ref(), Phase: 2, Node: n.id})
	n.send(n.sent, !n.done)
}

// giveUp: a peer that does not answer under this SA has lost it. A responder
// does not know: the third message alone may have been lost, and the peer have
// the SAs.
func (n *node) giveUp() {
	if n.done {
		return
	}
	s := n.s
	n.finish(true, "Phase 2 err count exceeded")
	if n.role == Responder {
		s.report([]uint32{n.spi})
		return
	}
	s.closeSA("Death by retransmission P2", true)
	s.report([]uint32{n.spi})
}

// duplicate answers a quick mode message that came before.
func (n *node) duplicate(latest bool) {
	s, e := n.s, n.s.e
	e.emit(Duplicate{SA: s.ref(), Phase: 2})
	if !latest || n.sent == nil || n.errors >= maxErrors {
		return
	}
	e.emit(RetransmitDue{SA: s.ref(), Phase: 2})
	if since := e.env.Clock.Now() - n.sentAt; since < duplicateQuiet {
		e.emit(RetransmitSkipped{SA: s.ref(), Phase: 2, SinceMS: int(since / time.Millisecond)})
		return
	}
	if n.resending {
		return
	}
	e.emit(RetransmitTimer{SA: s.ref(), Phase: 2, Node: n.id})
	n.resending = true
	n.retryIn(duplicateAfter)
}
