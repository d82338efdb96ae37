package isakmp

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// The ends of a phase 1 SA. Its struct stays listed for 60 s.

const markDeleted = "isadb_mark_sa_deleted()"

// die ends an SA that never came up: nobody is told.
func (s *sa) die(reason string) {
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason})
	s.bury(reason)
	failed := s.endNodes()
	s.transition(Internal, InputPhase1Del, StateDestroyed)
	s.report(failed)
}

// end ends an SA that is up: the peer is told first.
func (s *sa) end(reason string) { s.endWith(reason, nil) }

// endWith is end, with something to be said between the decision and the
// message to the peer.
func (s *sa) endWith(reason string, between func()) {
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason})
	if between != nil {
		between()
	}
	s.tellEnd(Internal, InputPhase1Del)
	s.bury(reason)
	failed := s.endNodes()
	if between != nil {
		s.transition(FromPeer, InputMMExch, StateDestroyed)
	}
	s.report(failed)
}

// farewell is the first half of the end of an SA that is up.
func (s *sa) farewell(reason string, class InputClass, input Input) {
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason})
	s.tellEnd(class, input)
}

// tellEnd tells the peer that the SA is no more.
func (s *sa) tellEnd(class InputClass, input Input) {
	s.inform(wire.DeletePay, wire.AppendDelete(nil, wire.Delete{
		Protocol: ProtoISAKMP, SPIs: [][]byte{s.spi()},
	}), nil)
	s.transition(class, input, StateDestroyed)
}

// forget ends an SA of which the peer knows nothing any more.
func (s *sa) forget(reason string) {
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason})
	s.transition(Internal, InputPhase1Del, StateDestroyed)
	s.bury(reason)
	s.report(s.endNodes())
}

// refused is the first half of a responder's refusal: the notification, and
// the decision. IOS then reads the vendor IDs as if nothing had happened.
func (s *sa) refused(m *message) {
	s.countError("construct_fail_ag_init")
	s.put(s.clear(wire.ExchangeInformational, 0, []wire.Payload{{
		Type: wire.Notification,
		Body: wire.AppendNotify(nil, wire.Notify{Protocol: ProtoISAKMP, Type: wire.NotifyNoProposalChosen, SPI: s.spi()}),
	}}))
	s.e.emit(NoParanoidKeepalives{SA: s.ref(), Phase1: true})
	s.e.emit(SADeleting{SA: s.ref(), Reason: noPolicy})
	s.readVendors(m)
}

const noPolicy = "Phase1 SA policy proposal not accepted"

// refuse is the second half.
func (s *sa) refuse() {
	s.e.emit(FSMError{SA: s.ref(), Code: 2})
	s.transition(Internal, InputProcessMainMode, s.state)
	s.e.emit(ModeFailed{Mode: ModeMain, Remote: s.remote.Addr()})
	s.bury(noPolicy)
	s.transition(Internal, InputPhase1Del, StateDestroyed)
}

// bury marks the SA as deleted and lets go of its peer.
func (s *sa) bury(reason string) {
	s.e.emit(SADeleting{SA: s.ref(), Reason: reason, Final: true})
	s.deleted, s.label = true, LabelNoState
	for _, stop := range []func(){s.retry, s.lifetime} {
		if stop != nil {
			stop()
		}
	}
	s.stopDPD()
	s.e.unlockIKE(s.peer, markDeleted)
	s.purge = s.e.env.Clock.After(saPurgeAfter, s.purgeNow)
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
	s.deleted = true
	s.stopTimers()
	s.e.unlockIKE(s.peer, "isadb_unlock_peer_delete_sa()")
	s.e.remove(s)
	s.e.emit(SAPurged{SA: s.ref()})
}

// endNodes ends every exchange under the SA, and returns the inbound SPIs that
// lead to nothing.
func (s *sa) endNodes() (failed []uint32) {
	for _, n := range append([]*node(nil), s.nodes...) {
		if n.done {
			continue
		}
		if n.spi != 0 && !slices.Contains(failed, n.spi) {
			failed = append(failed, n.spi)
		}
		n.finish(false, "IKE deleted")
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
	if s.lifetime != nil {
		s.lifetime()
	}
	s.policy.Lifetime = d
	s.expires = s.e.env.Clock.Now() + d
	s.lifetime = s.e.env.Clock.After(d, s.expire)
	s.renewInTime()
}

// expire ends the SA at its lifetime, but lets an exchange finish that is under
// way: it ends within a minute, one way or the other.
func (s *sa) expire() {
	if !s.complete() {
		return
	}
	if slices.ContainsFunc(s.nodes, func(n *node) bool { return !n.done }) {
		s.lifetime = s.e.env.Clock.After(time.Second, s.expire)
		return
	}
	s.end("IKE SA Lifetime Exceeded")
}

// Resume ends what Shutdown began: ISAKMP is on again.
func (e *Engine) Resume() { e.off = false }

// Clear deletes the phase 1 SA of that connection id, telling the peer, and
// says whether there was one.
func (e *Engine) Clear(conn int) bool {
	found := false
	for _, s := range append([]*sa(nil), e.sas...) {
		if s.conn == conn && conn != 0 && !s.deleted {
			s.clearNow("By user command")
			found = true
		}
	}
	return found
}

// ClearAll deletes every phase 1 SA, telling the peers.
func (e *Engine) ClearAll() {
	for _, s := range append([]*sa(nil), e.sas...) {
		if !s.deleted {
			s.clearNow("Death by tree-walk md5")
		}
	}
}

// ClearPeer deletes every phase 1 SA with a peer, telling it.
func (e *Engine) ClearPeer(local, remote netip.Addr) {
	for _, s := range append([]*sa(nil), e.sas...) {
		if !s.deleted && s.local.Addr() == local && s.remote.Addr() == remote {
			s.clearNow("By user command")
		}
	}
}

func (s *sa) clearNow(reason string) {
	if s.complete() {
		s.end(reason)
		return
	}
	s.die(reason)
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
