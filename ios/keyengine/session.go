package keyengine

// A session is up while there is a pair with its peer that can be used.

// sessionUp is told of a pair that can be used from now on.
func (e *Engine) sessionUp(p *pair) {
	if !e.usable(p, p) {
		e.env.Emit(SessionUp{Peer: p.agreed.Remote, ID: p.agreed.PeerID})
	}
}

// sessionDown is told of a pair that is gone.
func (e *Engine) sessionDown(p *pair) {
	if p.enabled && !e.usable(p, nil) {
		e.env.Emit(SessionDown{Peer: p.agreed.Remote, ID: p.agreed.PeerID})
	}
}

// usable reports whether there is a pair between the same two, beside except.
func (e *Engine) usable(p, except *pair) bool {
	for _, q := range e.between(p.agreed.Local, p.agreed.Remote) {
		if q != except && q.enabled {
			return true
		}
	}
	return false
}
