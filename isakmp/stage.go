package isakmp

import "slices"

// Between the end of phase 1 and the first quick mode stand, one after the other,
// extended authentication and mode configuration, where they are configured.
// None of them is built yet, so that quick modes start at once.

// stage begins such an exchange; done is to be called when it has succeeded. One
// that fails ends the SA.
type stage func(s *sa, done func())

// phase1Done follows the last message of main mode.
func (s *sa) phase1Done() {
	s.setLifetime(s.policy.Lifetime)
	s.startDPD()
	s.stages = slices.Clone(s.e.stages)
	s.nextStage()
	tell := s.role == Responder && s.policy.Lifetime < s.offered
	if tell && s.e.release.LifetimeFirst {
		s.notifyLifetime()
	}
	s.transition(Internal, InputPhase1Complete, StateP1Complete)
	if tell && !s.e.release.LifetimeFirst {
		s.notifyLifetime()
	}
	for _, r := range s.deletes {
		s.sendDelete(r)
	}
}

// ready reports whether quick modes can go on under the SA.
func (s *sa) ready() bool { return s.complete() && s.passed }

// nextStage begins the next stage or, when there are no more, the quick modes that
// have waited for that.
func (s *sa) nextStage() {
	if s.deleted {
		return
	}
	if len(s.stages) > 0 {
		next := s.stages[0]
		s.stages = s.stages[1:]
		next(s, s.nextStage)
		return
	}
	s.passed = true
	s.beginQuicks()
}

// beginQuicks begins a quick mode for each request that waits; the peer's could not
// begin before.
func (s *sa) beginQuicks() {
	for _, q := range slices.Collect(s.quicks) {
		switch {
		case q.deleted: // with its SA, by the key engine that was told of one before
		case s.superseded(q):
			q.finish(false, NodeDone)
		default:
			q.begin()
		}
	}
}

// superseded reports whether the key engine repeated a request while phase 1 was
// going on: one pair of SAs is enough.
func (s *sa) superseded(q *quick) bool {
	for _, other := range slices.Backward(slices.Collect(s.quicks)) {
		if other == q {
			break
		}
		if other.request.LocalProxy == q.request.LocalProxy && other.request.RemoteProxy == q.request.RemoteProxy {
			if other.spi != q.spi {
				s.e.env.IPsec.RequestFailed(s.local.Addr(), s.remote.Addr(), q.spi)
			}
			return true
		}
	}
	return false
}
