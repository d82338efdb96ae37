package isakmp

import (
	"errors"
	"slices"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// Why a step of phase 1 or of quick mode fails.
var (
	errNoProposal = errors.New("no proposal chosen")
	errMalformed  = wire.ErrMalformed
	errHash       = errors.New("hash mismatch")
	errNoKey      = errors.New("no pre-shared key")
	errDiffering  = errors.New("the answer is not among the offers")
)

// step is one message of phase 1 as its receiver sees it.
type step struct {
	role      Role
	waiting   State // where the message is awaited
	received  State // while it is worked on
	next      State // when the answer has gone
	encrypted bool
	need      []uint8
	proof     bool // what the authentication method needs, too
	process   func(*sa, *message) error
	reply     func(*sa)
}

// phase1 takes a message of an SA that is known.
func (s *sa) phase1(d *driver, h wire.Header, raw []byte) {
	if s.repeated(raw) {
		return
	}
	step := d.stepFor(s.role, s.state)
	switch {
	case step == nil:
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: d.message, State: string(s.state)})
		return
	case h.MessageID != 0, h.Flags&^(wire.FlagEncrypted|wire.FlagCommit) != 0:
		s.e.emit(BadMessage{Remote: s.remote.Addr()})
		return
	case step.encrypted && !h.Encrypted():
		s.e.emit(NotEncrypted{Remote: s.remote.Addr()})
		return
	case !step.encrypted && h.Encrypted():
		// Encrypted before there are keys: an early retransmission of the
		// other side's, or noise.
		s.e.emit(BadMessage{Remote: s.remote.Addr()})
		return
	}
	m, err := s.open(h, raw, s.iv)
	if err == nil && !(m.holds(step.need) && (!step.proof || m.holds(s.auth.need()))) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		s.countError(ErrorMalformed)
		return
	}
	s.take(step, m)
}

// take takes one step with a message that can be read.
func (s *sa) take(step *step, m *message) {
	before, early := s.state, slices.Contains(s.e.release.Early, step.waiting)
	if !early {
		s.transition(FromPeer, s.driver.message, step.received)
	}
	if err := step.process(s, m); err != nil {
		s.failed(before, err)
		return
	}
	s.accept(m)
	if early {
		s.transition(FromPeer, s.driver.message, step.received)
	}
	s.transition(Internal, s.driver.process, step.received)
	step.reply(s)
	if step.next == StateP1Complete {
		s.label = LabelQMIdle
	}
	s.transition(Internal, InputProcessComplete, step.next)
	if s.state == StateP1Complete {
		s.phase1Done()
	}
}

// failed goes back to where the message was awaited, so that the real one can
// still come.
func (s *sa) failed(before State, err error) {
	switch {
	case errors.Is(err, errNoProposal) && s.role == Responder:
		s.refuse()
		return
	case errors.Is(err, errHash):
		s.e.emit(HashMismatch{SA: s.ref(), Phase: 1})
	case errors.Is(err, errMalformed), errors.Is(err, keymat.ErrPublicValue):
		s.malformed(err)
	}
	if before == StateReady {
		s.e.emit(ModeFailed{Mode: s.driver.mode, Remote: s.remote.Addr()})
		s.abandon()
		return
	}
	if s.state != before {
		s.e.emit(FSMError{SA: s.ref(), Code: 2})
		s.transition(Internal, InputProcessError, before)
	}
	s.e.emit(ModeFailed{Mode: s.driver.mode, Remote: s.remote.Addr()})
	s.countError(ErrorMalformed)
}
