package keyengine

import (
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

// supersede retires the pairs that a new one replaces. They still receive what
// is on its way.
func (e *Engine) supersede(f *flow, by *pair) {
	for _, old := range f.pairs {
		if old == by || old.replaced {
			continue
		}
		old.replaced = true
		old.stopTimer()
		old.stopTimer = e.env.Clock.After(esp.Linger, func() { e.expire(old) })
	}
}
