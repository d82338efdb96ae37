package isakmp

// An end that watches its peer needs an SA of phase 1 to ask under, as long as there
// are IPsec SAs with it. Then phase 1 is renewed before it ends, and nothing is
// interrupted; many a peer drops the IPsec SAs with the SA of phase 1 that they
// came by. Without keepalives phase 1 is built when it is needed.

// renewInTime plans it, when the end of the SA is known.
func (s *sa) renewInTime() {
	if s.dpd == nil {
		return
	}
	lead := renewalLead
	if s.role == Responder {
		lead = responderLead
	}
	left := s.expires - s.e.env.Clock.Now()
	s.dpd.stopRenewal()
	s.dpd.stopRenewal = s.e.env.Clock.After(max(left-lead, left/2), s.renew)
}

// renew begins main mode unless it has begun already.
func (s *sa) renew() {
	e := s.e
	newer := e.newest(s.local.Addr(), s.remote.Addr(), 0, func(x *sa) bool { return !x.deleted })
	if s.peer.ipsec == 0 || newer != s || e.off {
		return
	}
	var port uint16
	if s.local.Port() == nattPort {
		port = s.remote.Port()
	}
	e.contact(s.local.Addr(), s.remote.Addr(), port)
}
