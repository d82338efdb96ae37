package isakmp

import (
	"errors"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// Why a step of main mode or quick mode fails.
var (
	errNoProposal = errors.New("no proposal chosen")
	errMalformed  = wire.ErrMalformed
	errHash       = errors.New("hash mismatch")
	errNoKey      = errors.New("no pre-shared key")
	errDiffering  = errors.New("the answer is not among the offers")
)

// mainStep is one message of main mode as its receiver sees it.
type mainStep struct {
	role      Role
	waiting   State // where the message is awaited
	received  State // while it is worked on
	next      State // when the answer has gone
	encrypted bool
	early     bool // IOS reads the payloads before it moves
	need      []uint8
	process   func(*sa, *message) error
	reply     func(*sa)
}

// mainMode in RFC 2409 §5.4: SA, SA; KE Ni, KE Nr; IDii HASH_I, IDir HASH_R.
var mainMode = []mainStep{
	{
		role: Responder, waiting: StateReady, received: StateRMM1, next: StateRMM2,
		need: []uint8{wire.SAPayload}, process: (*sa).processMM1, reply: (*sa).replyMM2,
	},
	{
		role: Initiator, waiting: StateIMM1, received: StateIMM2, next: StateIMM3,
		need: []uint8{wire.SAPayload}, process: (*sa).processMM2, reply: (*sa).replyMM3,
	},
	{
		role: Responder, waiting: StateRMM2, received: StateRMM3, next: StateRMM4,
		need: []uint8{wire.KeyExchange, wire.Nonce}, process: (*sa).processKeys, reply: (*sa).replyMM4,
	},
	{
		role: Initiator, waiting: StateIMM3, received: StateIMM4, next: StateIMM5,
		need: []uint8{wire.KeyExchange, wire.Nonce}, process: (*sa).processKeys, reply: (*sa).replyMM5,
	},
	{
		role: Responder, waiting: StateRMM4, received: StateRMM5, next: StateP1Complete, encrypted: true,
		need: []uint8{wire.Identify, wire.HashPayload}, process: (*sa).processProof, reply: (*sa).replyMM6,
	},
	{
		role: Initiator, waiting: StateIMM5, received: StateIMM6, next: StateP1Complete, encrypted: true, early: true,
		need: []uint8{wire.Identify, wire.HashPayload}, process: (*sa).processProof, reply: func(*sa) {},
	},
}

func mainStepFor(role Role, state State) *mainStep {
	for i := range mainMode {
		if mainMode[i].role == role && mainMode[i].waiting == state {
			return &mainMode[i]
		}
	}
	return nil
}

// mainMode takes a main mode message of an SA that is known.
func (s *sa) mainMode(h wire.Header, raw []byte) {
	if known, latest := seenBefore(s.seen, raw); known {
		s.duplicate(latest)
		return
	}
	step := mainStepFor(s.role, s.state)
	switch {
	case step == nil:
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: InputMMExch, State: string(s.state)})
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
	if err == nil && !m.holds(step.need) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		s.countError("PAYLOAD_MALFORMED")
		return
	}
	s.runMain(step, m)
}

// runMain takes one step of main mode with a message that can be read.
func (s *sa) runMain(step *mainStep, m *message) {
	before := s.state
	if !step.early {
		s.transition(FromPeer, InputMMExch, step.received)
	}
	if err := step.process(s, m); err != nil {
		s.mainFailed(before, err)
		return
	}
	if s.retry != nil {
		s.retry()
	}
	s.seen = remember(s.seen, m.raw)
	s.errors, s.awaiting = 0, false
	if m.nextIV != nil {
		s.iv = m.nextIV
	}
	if step.early {
		s.transition(FromPeer, InputMMExch, step.received)
	}
	s.transition(Internal, InputProcessMainMode, step.received)
	step.reply(s)
	if step.next == StateP1Complete {
		s.label = LabelQMIdle
	}
	s.transition(Internal, InputProcessComplete, step.next)
	if s.state == StateP1Complete {
		s.phase1Done()
	}
}

// mainFailed goes back to where the message was awaited, so that the real one
// can still come.
func (s *sa) mainFailed(before State, err error) {
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
		s.e.emit(ModeFailed{Mode: ModeMain, Remote: s.remote.Addr()})
		s.abandon()
		return
	}
	if s.state != before {
		s.e.emit(FSMError{SA: s.ref(), Code: 2})
		s.transition(Internal, InputProcessError, before)
	}
	s.e.emit(ModeFailed{Mode: ModeMain, Remote: s.remote.Addr()})
	s.countError("PAYLOAD_MALFORMED")
}

// findKey looks the pre-shared key up and says what it found.
func (s *sa) findKey() (PresharedKey, bool) {
	key, ok := s.e.env.Config.KeyFor(s.remote.Addr())
	if ok {
		s.e.emit(KeyFound{SA: s.ref()})
	} else {
		s.e.emit(KeyMissing{SA: s.ref()})
	}
	return key, ok
}
