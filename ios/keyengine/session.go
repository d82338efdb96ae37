package keyengine

// A session is up while there is a pair with its peer that can be used.

// sessionUp is told of a pair that can be used from now on.
func (e *Engine) sessionUp(p *pair) {
	if e.LogSession && !e.usable(p, p) {
		e.env.Say(e.env.Words.SessionStatus(true, p.agreed.Remote, p.agreed.PeerID))
	}
}

// sessionDown is told of a pair that is gone.
func (e *Engine) sessionDown(p *pair) {
	if e.LogSession && p.enabled && !e.usable(p, nil) {
		e.env.Say(e.env.Words.SessionStatus(false, p.agreed.Remote, p.agreed.PeerID))
	}
}

// usable says whether there is a pair between the same two, beside except.
func (e *Engine) usable(p, except *pair) bool {
	for _, q := range e.between(p.agreed.Local, p.agreed.Remote) {
		if q != except && q.enabled {
			return true
		}
	}
	return false
}
