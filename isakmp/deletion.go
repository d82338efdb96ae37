package isakmp

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// The ends of a phase 1 SA. Its struct stays listed for 60 s.

// ending is how an SA ends.
type ending struct {
	reason  SAReason
	notify  bool       // the peer is told
	class   InputClass // of the input that ends it
	input   Input
	decided func() // runs between the decision and the message to the peer
}

// closeSA ends an SA, and tells the peer where notify is set.
func (s *sa) closeSA(reason SAReason, notify bool) {
	s.report(s.end(ending{reason: reason, notify: notify, class: Internal, input: InputPhase1Del}))
}

// end ends an SA and every exchange under it. It returns the inbound SPIs that
// lead to nothing.
func (s *sa) end(how ending) (failed []uint32) {
	up := s.complete()
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: how.reason})
	if how.decided != nil {
		how.decided()
	}
	if how.notify {
		s.inform(wire.DeletePay, wire.AppendDelete(nil, wire.Delete{
			Protocol: ProtoISAKMP, SPIs: [][]byte{s.spi()},
		}), nil)
	}
	if up {
		s.transition(how.class, how.input, StateDestroyed)
	}
	s.markDeleted(how.reason)
	failed = s.endNodes()
	if !up {
		s.transition(how.class, how.input, StateDestroyed)
	}
	return failed
}

// refused is the first half of a responder's refusal: the notification, and
// the decision.
func (s *sa) refused(m *message) {
	s.countError(ErrorRefused)
	x := s.begin(wire.ExchangeInformational, 0, s.role)
	x.put(x.clear([]wire.Payload{{
		Type: wire.Notification,
		Body: wire.AppendNotify(nil, wire.Notify{Protocol: ProtoISAKMP, Type: wire.NotifyNoProposalChosen, SPI: s.spi()}),
	}}), false)
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: SANoPolicy})
	if s.e.release.RereadsRefused {
		s.takeVendors(m)
	}
}

// refuse is the second half.
func (s *sa) refuse() {
	s.e.emit(FSMError{SA: s.ref(), Code: 2})
	s.transition(Internal, s.driver.process, s.state)
	s.e.emit(ModeFailed{Mode: s.driver.mode, Remote: s.remote.Addr()})
	s.markDeleted(SANoPolicy)
	s.transition(Internal, InputPhase1Del, StateDestroyed)
}

// markDeleted lets go of the SA's peer and plans its purge.
func (s *sa) markDeleted(reason SAReason) {
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason, Final: true})
	s.label = LabelNoState
	stop(s.lifetime)
	s.stopDPD()
	s.e.unlockIKE(s.peer, UseSADeleted)
	s.close(saPurgeAfter, s.purgeNow)
}

func (s *sa) purgeNow() {
	s.stopTimers()
	s.e.remove(s)
	s.e.emit(SAPurged{SA: s.ref()})
	if s.keys != nil {
		s.keys.Zero()
	}
}

// abandon ends an SA that could not even begin, without a trace left behind.
func (s *sa) abandon() {
	s.stopTimers()
	s.pair.Discard()
	s.e.unlockIKE(s.peer, UseSAAbandoned)
	s.e.remove(s)
	s.e.emit(SAPurged{SA: s.ref()})
}

// endNodes ends every exchange under the SA, and tells of those that are over but
// not purged. It returns the inbound SPIs that lead to nothing.
func (s *sa) endNodes() (failed []uint32) {
	for _, x := range slices.Clone(s.exchanges) {
		if x.deleted {
			x.tellDeleting(false, NodeSADeleted)
			continue
		}
		if q, ok := x.owner.(*quick); ok && !slices.Contains(failed, q.spi) {
			failed = append(failed, q.spi)
		}
		x.finish(false, NodeSADeleted)
	}
	return failed
}

// report tells the key engine of requests that were given up. It may ask again
// at once, so this comes last.
func (s *sa) report(spis []uint32) {
	for _, spi := range spis {
		s.e.env.IPsec.RequestFailed(s.local.Addr(), s.remote.Addr(), spi)
	}
}

// setLifetime starts the lifetime of an SA that came up, or shortens it.
func (s *sa) setLifetime(d time.Duration) {
	stop(s.lifetime)
	s.policy.Lifetime = d
	s.expires = s.e.env.Clock.Now() + d
	s.lifetime = s.e.env.Clock.After(d, s.expire)
	s.renewInTime()
}

// expire ends the SA at its lifetime, but lets an exchange finish that is under
// way: it ends within a minute, one way or the other.
func (s *sa) expire() {
	if slices.ContainsFunc(s.exchanges, func(x *exchange) bool { return !x.deleted }) {
		s.lifetime = s.e.env.Clock.After(time.Second, s.expire)
		return
	}
	s.closeSA(SAExpired, true)
}

// Resume ends what Shutdown began: ISAKMP is on again.
func (e *Engine) Resume() { e.off = false }

// Clear deletes the phase 1 SA of that connection id, telling the peer, and
// reports whether there was one.
func (e *Engine) Clear(conn int) bool {
	found := false
	for _, s := range append([]*sa(nil), e.sas...) {
		if s.conn == conn && conn != 0 && !s.deleted {
			s.closeSA(SACleared, s.complete())
			found = true
		}
	}
	return found
}

// ClearAll deletes every phase 1 SA, telling the peers.
func (e *Engine) ClearAll() {
	for _, s := range append([]*sa(nil), e.sas...) {
		if !s.deleted {
			s.closeSA(SAAllCleared, s.complete())
		}
	}
}

// ClearPeer deletes every phase 1 SA with a peer, telling it.
func (e *Engine) ClearPeer(local, remote netip.Addr) {
	for _, s := range append([]*sa(nil), e.sas...) {
		if !s.deleted && s.local.Addr() == local && s.remote.Addr() == remote {
			s.closeSA(SACleared, s.complete())
		}
	}
}

// Shutdown forgets everything, telling the peers: ISAKMP goes off. Until Resume
// nothing is begun.
func (e *Engine) Shutdown() {
	e.off = true
	e.ClearAll()
	for _, s := range append([]*sa(nil), e.sas...) {
		s.purgeNow()
	}
}
