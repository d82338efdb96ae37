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
	hash    func(*node, *message) []byte
	process func(*node, *message) error
}

// quickMode in RFC 2409 §5.5. The first message makes the responder's node.
var quickMode = []quickStep{
	{
		role: Responder, waiting: NodeReady,
		need: []uint8{wire.HashPayload, wire.SAPayload, wire.Nonce},
		hash: (*node).hash1, process: (*node).processQM1,
	},
	{
		role: Initiator, waiting: NodeIQM1,
		need: []uint8{wire.HashPayload, wire.SAPayload, wire.Nonce},
		hash: (*node).hash2, process: (*node).processQM2,
	},
	{
		role: Responder, waiting: NodeRQM2, silent: true,
		need: []uint8{wire.HashPayload},
		hash: (*node).hash3, process: (*node).processQM3,
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

// quickMode takes a quick mode message.
func (s *sa) quickMode(h wire.Header, raw []byte) {
	switch {
	case !s.complete():
		s.e.emit(NotAuthenticated{Remote: s.remote.Addr()})
		return
	case !h.Encrypted():
		s.e.emit(NotEncrypted{Remote: s.remote.Addr()})
		return
	case h.MessageID == 0:
		s.e.emit(BadMessage{Remote: s.remote.Addr()})
		return
	}
	n := s.node(h.MessageID)
	if n == nil && s.idRetired(h.MessageID) {
		s.e.emit(Duplicate{SA: s.ref(), Phase: 2})
		return
	}
	if n != nil {
		if known, latest := seenBefore(n.seen, raw); known {
			n.duplicate(latest)
			return
		}
	}
	fresh := n == nil
	if fresh {
		n = &node{s: s, id: h.MessageID, role: Responder, state: NodeReady}
		n.iv = s.keys.ExchangeIV(s.iv, n.id)
	}
	step := quickStepFor(n.role, n.state)
	if n.done || step == nil {
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: InputQMExch, Node: n.id, State: string(n.state)})
		return
	}
	m, err := s.open(h, raw, n.iv)
	if err == nil && (!m.signed() || !m.holds(step.need)) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		return
	}
	if fresh && !s.roomForNode() {
		return
	}
	n.take(step, m, fresh)
}

// take checks the message's hash and takes the step.
func (n *node) take(step *quickStep, m *message, fresh bool) {
	s, e := n.s, n.s.e
	if fresh {
		e.emit(NodeSet{Node: n.id})
	}
	if !step.silent {
		e.emit(Processing{SA: s.ref(), Payload: wire.HashPayload, Message: n.id})
	}
	e.spend(costHash)
	if !keymat.Equal(m.body(wire.HashPayload), step.hash(n, m)) {
		e.emit(HashMismatch{SA: s.ref(), Phase: 2})
		return
	}
	s.authentic()
	if fresh {
		s.nodes = append(s.nodes, n)
	}
	s.heardFromPeer()
	n.seen = remember(n.seen, m.raw)
	n.iv = m.nextIV
	s.errors, n.errors = 0, 0
	if n.retry != nil {
		n.retry()
	}
	if err := step.process(n, m); err != nil {
		n.reject(m, err)
	}
}

// hash1 is HASH(1) of a message received.
func (n *node) hash1(m *message) []byte { return n.s.keys.Authenticate(n.id, m.afterHash()) }

// hash2 is HASH(2): the initiator's nonce comes in.
func (n *node) hash2(m *message) []byte { return n.s.keys.Authenticate(n.id, n.nonceI, m.afterHash()) }

func (n *node) hash3(*message) []byte { return n.s.keys.Confirm(n.id, n.nonceI, n.nonceR) }

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

// seal builds a message of the exchange around its hash.
func (n *node) seal(hash func(rest []byte) []byte, list []wire.Payload) []byte {
	n.s.e.spend(costHash)
	digest := hash(wire.AppendPayloads(nil, list))
	list = append([]wire.Payload{{Type: wire.HashPayload, Body: digest}}, list...)
	b, next := n.s.seal(wire.ExchangeQuick, n.id, n.iv, list)
	n.iv = next
	return b
}

// reject ends the exchange and tells the peer why: IOS knows but one reason.
func (n *node) reject(m *message, err error) {
	s, e := n.s, n.s.e
	if errors.Is(err, errMalformed) || errors.Is(err, keymat.ErrPublicValue) {
		s.malformed(err)
	}
	e.emit(PolicyRefused{SA: s.ref(), Phase: 2})
	var spi []byte
	if sa, err := wire.ParseSA(m.body(wire.SAPayload)); err == nil {
		spi = sa.Proposals[0].SPI
	}
	s.notify(wire.Notify{Protocol: ProtoESP, Type: wire.NotifyNoProposalChosen, SPI: spi}, nil)
	n.finish(true, "QM rejected")
	e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: InputQMExch, Node: n.id, State: string(n.state)})
	n.transition(FromPeer, InputQMExch, n.state)
	e.emit(ModeFailed{Mode: ModeQuick, Remote: s.remote.Addr()})
	if n.spi != 0 {
		s.report([]uint32{n.spi})
	}
}
