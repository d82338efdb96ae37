package isakmp

import (
	"errors"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// quickStep is one message of quick mode as its receiver sees it.
type quickStep struct {
	role    Role
	waiting NodeState
	need    []uint8
	silent  bool // IOS does not mention the hash
	hash    func(*quick, *message) []byte
	process func(*quick, *message) error
}

// quickMode in RFC 2409 §5.5. The first message makes the responder's node.
var quickMode = []quickStep{
	{
		role: Responder, waiting: NodeReady,
		need: []uint8{wire.HashPayload, wire.SAPayload, wire.Nonce},
		hash: (*quick).hash1, process: (*quick).processQM1,
	},
	{
		role: Initiator, waiting: NodeIQM1,
		need: []uint8{wire.HashPayload, wire.SAPayload, wire.Nonce},
		hash: (*quick).hash2, process: (*quick).processQM2,
	},
	{
		role: Responder, waiting: NodeRQM2, silent: true,
		need: []uint8{wire.HashPayload},
		hash: (*quick).hash3, process: (*quick).processQM3,
	},
}

func quickStepFor(role Role, state NodeState) *quickStep {
	for i := range quickMode {
		if quickMode[i].role == role && quickMode[i].waiting == state {
			return &quickMode[i]
		}
	}
	return nil
}

// quick is one quick mode.
type quick struct {
	exchange
	state   NodeState
	request SARequest // initiator's
	spi     uint32    // inbound
	nonceI  []byte
	nonceR  []byte
	pair    *keymat.KeyPair // PFS
	idI     []byte          // bodies of the IDs as sent
	idR     []byte
	sas     SAPair
}

func (s *sa) newQuick(id uint32, role Role) *quick {
	q := &quick{exchange: s.begin(wire.ExchangeQuick, id, role), state: NodeReady}
	q.owner = q
	return q
}

// quicks are the quick modes under the SA that are not over.
func (s *sa) quicks(yield func(*quick) bool) {
	for _, x := range s.exchanges {
		if q, ok := x.owner.(*quick); ok && !q.deleted && !yield(q) {
			return
		}
	}
}

// transition is the only way from state to state.
func (q *quick) transition(class InputClass, input Input, next NodeState) {
	q.s.e.emit(NodeTransition{
		SA: q.s.ref(), Node: q.id, Class: class, Input: input, Old: q.state, New: next,
	})
	q.state = next
}

// refuseQuick says why there can be no quick mode.
func (s *sa) refuseQuick(d *driver, h wire.Header, _ []byte) {
	switch {
	case !d.under(s):
		s.e.emit(NotAuthenticated{Remote: s.remote.Addr()})
	case !h.Encrypted():
		s.e.emit(NotEncrypted{Remote: s.remote.Addr()})
	default:
		s.e.emit(BadMessage{Remote: s.remote.Addr()})
	}
}

// quickMode takes a quick mode message.
func (s *sa) quickMode(d *driver, h wire.Header, raw []byte) {
	var q *quick
	x := s.find(h.MessageID)
	switch {
	case s.idRetired(h.MessageID):
		s.e.emit(Duplicate{SA: s.ref(), Phase: 2})
		return
	case x == nil:
		q = s.newQuick(h.MessageID, Responder)
		q.iv = s.keys.ExchangeIV(s.iv, q.id)
	default:
		if q, _ = x.owner.(*quick); q != nil && q.repeated(raw) {
			return
		}
	}
	if q == nil { // the ID is that of another exchange
		s.unknownInput(d, h.MessageID, NodeReady)
		return
	}
	step := quickStepFor(q.role, q.state)
	if q.deleted || step == nil {
		s.unknownInput(d, q.id, q.state)
		return
	}
	m, err := s.open(h, raw, q.iv)
	if err == nil && (!m.signed() || !m.holds(step.need)) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		return
	}
	fresh := x == nil
	if fresh && !s.roomFor(Responder, maxNodes) {
		return
	}
	q.take(step, m, fresh)
}

// unknownInput: a message came that the exchange does not wait for.
func (s *sa) unknownInput(d *driver, id uint32, state NodeState) {
	s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: d.message, Node: id, State: string(state)})
}

// take checks the message's hash and takes the step.
func (q *quick) take(step *quickStep, m *message, fresh bool) {
	s, e := q.s, q.s.e
	if fresh {
		e.emit(NodeSet{Node: q.id})
	}
	if !step.silent {
		e.emit(Processing{SA: s.ref(), Payload: wire.HashPayload, Message: q.id})
	}
	e.spend(costHash)
	if !keymat.Equal(m.body(wire.HashPayload), step.hash(q, m)) {
		e.emit(HashMismatch{SA: s.ref(), Phase: 2})
		return
	}
	s.authentic()
	if fresh {
		q.enter()
	}
	s.heardFromPeer()
	s.errors = 0
	q.accept(m)
	if err := step.process(q, m); err != nil {
		q.reject(m, err)
	}
}

// hash1 is HASH(1) of a message received.
func (q *quick) hash1(m *message) []byte { return q.s.keys.Authenticate(q.id, m.afterHash()) }

// hash2 is HASH(2): the initiator's nonce comes in.
func (q *quick) hash2(m *message) []byte { return q.s.keys.Authenticate(q.id, q.nonceI, m.afterHash()) }

func (q *quick) hash3(*message) []byte { return q.s.keys.Confirm(q.id, q.nonceI, q.nonceR) }

// signed reports whether the hash is where it must be, in front.
func (m *message) signed() bool {
	return len(m.payloads) > 0 && m.payloads[0].Type == wire.HashPayload
}

// afterHash is what the first payload, the hash, covers: the other payloads
// without the padding.
func (m *message) afterHash() []byte {
	length := 0
	for _, p := range m.payloads[1:] {
		length += 4 + len(p.Body)
	}
	start := 4 + len(m.payloads[0].Body)
	return m.plain[start : start+length]
}

// reject ends the exchange and tells the peer why: IOS knows but one reason.
func (q *quick) reject(m *message, err error) {
	s, e := q.s, q.s.e
	if errors.Is(err, errMalformed) || errors.Is(err, keymat.ErrPublicValue) {
		s.malformed(err)
	}
	e.emit(PolicyRefused{SA: s.ref(), Phase: 2})
	why := wire.Notify{Protocol: ProtoESP, Type: wire.NotifyNoProposalChosen}
	if sa, err := wire.ParseSA(m.body(wire.SAPayload)); err == nil {
		why.Protocol, why.SPI = sa.Proposals[0].Protocol, sa.Proposals[0].SPI
	}
	s.notify(why, nil)
	q.finish(true, NodeRejected)
	s.unknownInput(q.driver, q.id, q.state)
	q.transition(FromPeer, q.driver.message, q.state)
	e.emit(ModeFailed{Mode: q.driver.mode, Remote: s.remote.Addr()})
	if q.spi != 0 {
		s.report([]uint32{q.spi})
	}
}
