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
	if p.agreed.Initiator {
		e.renew(p)
		return
	}
	p.stopTimer = e.env.Clock.After(responderLag, func() { e.renew(p) })
}

// renew asks for a successor unless there is one.
func (e *Engine) renew(p *pair) {
	if !p.replaced {
		e.ask(p.flow)
	}
}

// expire ends a pair's life.
func (e *Engine) expire(p *pair) { e.delete([]*pair{p}) }

// supersede retires the pairs that a new one replaces. A pair that is not
// confirmed yet is being negotiated in the other direction, and is left alone.
// When it is confirmed after the younger one, both ends have seen the two cross,
// and both must keep the same one.
func (e *Engine) supersede(f *flow, by *pair) {
	age := slices.Index(f.pairs, by)
	for i, old := range slices.Clone(f.pairs) {
		switch {
		case i == age || old.replaced || !old.enabled:
		case i > age && old.outranks(by):
			e.retire(by)
			return
		default:
			e.retire(old)
		}
	}
}

// outranks is an order of pairs that both ends agree on.
func (p *pair) outranks(q *pair) bool {
	return max(p.agreed.InboundSPI, p.agreed.OutboundSPI) > max(q.agreed.InboundSPI, q.agreed.OutboundSPI)
}

// retire takes a pair out of use. It still receives what is on its way.
func (e *Engine) retire(p *pair) {
	p.replaced = true
	p.stopTimer()
	p.stopTimer = e.env.Clock.After(esp.Linger, func() { e.expire(p) })
}
