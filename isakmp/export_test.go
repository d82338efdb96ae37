package isakmp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// Limits that tests go up to.
const (
	MaxHalfOpenPerPeer = maxHalfOpenPerPeer
	MaxHalfOpen        = maxHalfOpen
	MaxNodes           = maxNodes
	MaxRequests        = maxRequests
	MaxSAs             = maxSAs
)

// Notify sends a notification under the SA of a connection id.
func (e *Engine) Notify(conn int, kind uint16, protocol uint8, spi, data []byte) {
	e.withConn(conn).notify(wire.Notify{Type: kind, Protocol: protocol, SPI: spi, Data: data}, nil)
}

// Inform sends any payload in a signed informational exchange.
func (e *Engine) Inform(conn int, kind uint8, body []byte) {
	e.withConn(conn).inform(kind, body, nil)
}

// Say sends these payloads in a signed informational exchange.
func (e *Engine) Say(conn int, list ...wire.Payload) {
	x := e.informational(conn)
	x.put(x.sealHashed(x.authenticate, list), false)
}

// SayUnsigned sends them encrypted, but without a hash in front.
func (e *Engine) SayUnsigned(conn int, list ...wire.Payload) {
	x := e.informational(conn)
	x.put(x.seal(list), false)
}

func (e *Engine) informational(conn int) *exchange {
	s := e.withConn(conn)
	x := s.begin(wire.ExchangeInformational, s.newMessageID(), Initiator)
	x.iv = s.keys.ExchangeIV(s.iv, x.id)
	return &x
}

// Occupy has the peer have n more exchanges under way.
func (e *Engine) Occupy(conn, n int) {
	s := e.withConn(conn)
	for range n {
		s.newQuick(s.newMessageID(), Responder).enter()
	}
}

// KeepsSecrets reports whether halves of key exchanges are left under an SA, its own or
// those of quick modes.
func (e *Engine) KeepsSecrets(conn int) bool {
	s := e.withConn(conn)
	left := !discarded(s.pair)
	for _, x := range s.exchanges {
		if q, is := x.owner.(*quick); is && q.pair != nil {
			left = left || !discarded(q.pair)
		}
	}
	return left
}

// AreYouThere asks, as a peer with keepalives would.
func (e *Engine) AreYouThere(conn int, sequence uint32) {
	s := e.withConn(conn)
	e.Notify(conn, wire.NotifyAreYouThere, ProtoISAKMP, s.spi(), binary.BigEndian.AppendUint32(nil, sequence))
}

// Nodes counts the message IDs that an SA remembers.
func (e *Engine) Nodes(conn int) int { return len(e.withConn(conn).exchanges) }

// Tables counts SAs in the list and in the map, which must agree.
func (e *Engine) Tables() (list, names int) { return len(e.sas), len(e.byName) }

func (e *Engine) withConn(conn int) *sa {
	for _, s := range e.sas {
		if s.conn == conn {
			return s
		}
	}
	return nil
}

// States and messages for walking every row of the tables.
var (
	MainStates = []State{
		StateReady, StateIMM1, StateIMM2, StateIMM3, StateIMM4, StateIMM5, StateIMM6,
		StateRMM1, StateRMM2, StateRMM3, StateRMM4, StateRMM5, StateP1Complete, StateDestroyed,
	}
	NodeStates = []NodeState{NodeReady, NodeIQM1, NodeSPIStarve, NodeRQM2, NodeComplete}
)

// Answer answers a question that may not have been asked.
func (e *Engine) Answer(conn int, sequence uint32) {
	s := e.withConn(conn)
	e.Notify(conn, wire.NotifyAreYouThereAck, ProtoISAKMP, s.spi(), binary.BigEndian.AppendUint32(nil, sequence))
}

// Forget drops every SA of phase 1 without a word.
func (e *Engine) Forget() {
	for _, s := range append([]*sa(nil), e.sas...) {
		stop(s.lifetime)
		s.stopDPD()
		s.stopTimers()
		e.remove(s)
	}
}

// Cookies name the SA of a connection id.
func (e *Engine) Cookies(conn int) []byte { return e.withConn(conn).spi() }

// Badge is an authentication method for tests: the proof is a signature payload
// that shows a badge, and its bearer's identity.
type Badge struct {
	Mine, Theirs string
	Shared       *[]byte // where the secret that both ends share is kept; nil keeps none
}

func (Badge) method() Auth       { return RSASignature }
func (b Badge) find(*sa) bool    { return b.Mine != "" }
func (Badge) mismatch() Mismatch { return MismatchAuth }
func (Badge) need() []uint8      { return []uint8{wire.Signature} }

func (b Badge) material(_ *sa, m *keymat.Material) error {
	m.PSK = m.Shared
	if b.Shared != nil {
		*b.Shared = m.Shared
	}
	return nil
}

func (b Badge) prove(_ *sa, id []byte) []wire.Payload {
	return []wire.Payload{{Type: wire.Signature, Body: append([]byte(b.Mine), id...)}}
}

func (b Badge) check(_ *sa, m *message, id []byte) error {
	if string(m.body(wire.Signature)) != b.Theirs+string(id) {
		return errHash
	}
	return nil
}

// AuthenticateBy adds a method until the function that it returns is called.
func AuthenticateBy(b Badge) (restore func()) {
	was := authenticators
	authenticators = append(was[:len(was):len(was)], b)
	return func() { authenticators = was }
}

// Between has the engine do f after phase 1; done lets quick modes begin.
func (e *Engine) Between(f func(done func())) {
	e.stages = append(e.stages, func(_ *sa, done func()) { f(done) })
}

// Reseal changes the payloads of an encrypted message of main mode or of quick mode as the
// peer that signs it could: it is called by the receiver, under the SA of a connection id,
// before the message is delivered. In quick mode a hash that is still in front is computed
// anew.
func (e *Engine) Reseal(conn int, raw []byte, change func([]wire.Payload) []wire.Payload) []byte {
	s := e.withConn(conn)
	h, err := wire.ParseHeader(raw)
	if err != nil {
		panic(err)
	}
	var q *quick // nil in main mode
	iv := s.iv
	switch x := s.find(h.MessageID); {
	case h.Exchange == wire.ExchangeMain:
	case x != nil:
		q = x.owner.(*quick)
		iv = q.iv
	default:
		q = s.newQuick(h.MessageID, Responder)
		q.iv = s.keys.ExchangeIV(s.iv, q.id)
		iv = q.iv
	}
	m, err := s.open(h, append([]byte(nil), raw...), iv)
	if err != nil {
		panic(err)
	}
	m.payloads = change(m.payloads)
	m.plain = wire.AppendPayloads(nil, m.payloads)
	if q != nil && m.signed() {
		m.payloads[0].Body = quickStepFor(q.role, q.state).hash(q, m)
	}
	text, _ := s.keys.Encrypt(iv, wire.AppendPayloads(nil, m.payloads))
	h.Next = wire.First(m.payloads)
	h.Length = uint32(wire.HeaderLen + len(text))
	return append(wire.AppendHeader(nil, h), text...)
}
