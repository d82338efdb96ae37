package keyengine

import "time"

// idleGrain is the fraction of the idle time that lies between two looks.
const idleGrain = 6

// EffectiveIdleTime is the entry's idle time, or the global one; zero is none.
func (c *Config) EffectiveIdleTime(e *Entry) time.Duration {
	if e.IdleTime != 0 {
		return e.IdleTime
	}
	return c.IdleTime
}

// watchIdle ends a pair that nothing passes through for as long as its entry
// allows.
func (e *Engine) watchIdle(p *pair) {
	limit := e.EffectiveIdleTime(p.flow.entry)
	if limit == 0 {
		return
	}
	used, packets := e.env.Clock.Now(), uint64(0)
	var look func()
	look = func() {
		now := e.env.Clock.Now()
		if n := p.sas.In.Packets() + p.sas.Out.Packets(); n != packets {
			used, packets = now, n
		}
		if now-used < limit {
			p.stopIdle = e.env.Clock.After(min(limit/idleGrain, limit-(now-used)), look)
			return
		}
		entry := p.flow.entry
		e.delete([]*pair{p})
		if entry.IdleToDefault {
			entry.toDefault()
		}
	}
	p.stopIdle = e.env.Clock.After(limit/idleGrain, look)
}
