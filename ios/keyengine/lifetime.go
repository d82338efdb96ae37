package keyengine

import (
	"slices"
	"time"

	"github.com/ioslab/ioslab/esp"
)

// responderLag keeps both ends, whose lifetimes end together, from renewing at
// once: the responder of a pair steps in only where its initiator has not.
const responderLag = 10 * time.Second

// renewalRetry is how long after a renewal has failed it is tried again.
const renewalRetry = 5 * time.Second

// renewalDue is told when a pair that was used comes near its end.
func (e *Engine) renewalDue(p *pair) {
	p.renewing = true
	if p.agreed.Initiator && !p.yields() {
		e.renew(p)
		return
	}
	p.stopTimer = e.env.Clock.After(responderLag, func() { e.renew(p) })
}

// yields reports whether the peer, too, initiated a pair of the flow, and is the
// one of the two to renew, so that requests that crossed once do not for ever.
func (p *pair) yields() bool {
	if p.agreed.Local.Addr().Less(p.agreed.Remote.Addr()) {
		return false
	}
	return slices.ContainsFunc(p.flow.pairs, func(q *pair) bool { return q.enabled && !q.agreed.Initiator })
}

// renew asks for a successor unless there is one that will last, or the
// configuration that led to the pair is gone.
func (e *Engine) renew(p *pair) {
	if !p.flow.wanted(p.agreed.Remote.Addr()) {
		return
	}
	if s := p.flow.sending(); s != nil && !s.renewing {
		return
	}
	e.ask(p.flow)
}

// expire ends a pair's life.
func (e *Engine) expire(p *pair) { e.delete([]*pair{p}) }

// supersede retires the pairs near their end that a new one replaces. They still
// receive what is on its way. Any other pair lives on to its end beside the new
// one: where the requests of both ends have crossed, each end may be sending on
// the other's, and lost messages let the two see them come in different orders.
func (e *Engine) supersede(f *flow, by *pair) {
	for _, old := range f.pairs {
		if old == by || old.replaced || !old.renewing {
			continue
		}
		old.replaced = true
		old.stopTimer()
		old.stopTimer = e.env.Clock.After(esp.Linger, func() { e.expire(old) })
	}
}
