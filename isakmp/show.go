package isakmp

// SAs lists the phase 1 SAs, the newest first.
func (e *Engine) SAs() []SAStatus {
	list := make([]SAStatus, 0, len(e.sas))
	for i := len(e.sas) - 1; i >= 0; i-- {
		list = append(list, e.sas[i].status())
	}
	return list
}

func (s *sa) status() SAStatus {
	st := SAStatus{
		ConnID: s.conn,
		Local:  s.local, Remote: s.remote,
		Initiator: s.role == Initiator,
		State:     string(s.label),
		Deleted:   s.deleted,
		Policy:    s.policy,
	}
	if s.proved {
		st.PeerID = s.peerID
	}
	if s.dpd != nil {
		st.Capabilities += "D"
	}
	if s.behindNAT() {
		st.Capabilities += "N"
	}
	if s.complete() {
		st.Remaining = max(0, s.expires-s.e.env.Clock.Now())
	}
	return st
}

// Peers lists the peers in the order in which they came.
func (e *Engine) Peers() []PeerStatus {
	list := make([]PeerStatus, 0, len(e.peers))
	for _, p := range e.peers {
		list = append(list, PeerStatus{Local: p.local, Remote: p.remote, Phase1ID: p.id})
	}
	return list
}
