package isakmp

import (
	"crypto/sha256"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// sa is a phase 1 SA from its first message to its purge: the exchange that makes
// it, and what it is then.
type sa struct {
	exchange
	e                *Engine
	serial           uint64
	local, remote    netip.AddrPort
	cookieI, cookieR wire.Cookie
	state            State
	label            Label
	conn             int
	ptr              uint32
	peer             *peer
	peerID           string // its identity, once it is known

	policy Policy        // chosen; its Lifetime is the negotiated one
	auth   authenticator // of that policy
	psk    string        // the pre-shared key in use, "" without one
	saBody []byte        // SAi_b
	answer []byte        // the responder's SA payload
	natt   VendorKind
	natd   uint8 // the number of the peer's NAT-D payloads, once there were any
	// which ends are behind a NAT
	inside, peerInside bool
	// of the message being worked on: where it came to, and from
	at, from netip.AddrPort
	origin   netip.AddrPort // the peer's, of the first message

	pair             *keymat.KeyPair
	publicI, publicR []byte
	nonceI, nonceR   []byte
	keys             *keymat.Phase1

	expires  time.Duration
	lifetime func()
	offered  time.Duration // responder: the lifetime that the initiator asked for

	exchanges []*exchange     // under it
	retired   []uint32        // message IDs of exchanges that are over
	deletes   []DeleteRequest // for when phase 1 is done

	peerDPD   bool   // the peer understands R_U_THERE
	dpd       *dpd   // nil where the peer is not watched
	lastAsked uint32 // the number of the peer's latest R_U_THERE
	wasAsked  bool

	stages []stage // still to be passed before quick mode
	passed bool    // all of them

	began    time.Duration
	stranger bool // a responder's: the peer has no key of its own
	proved   bool // the peer was authenticated
}

func (e *Engine) newSA(d *driver, role Role, local, remote netip.AddrPort) *sa {
	e.serials++
	s := &sa{
		e: e, serial: e.serials, local: local, remote: remote,
		origin: remote, state: StateReady, label: LabelNoState,
	}
	s.exchange = exchange{driver: d, s: s, role: role, owner: s}
	return s
}

// cookie is our own, which no other SA has.
func (s *sa) cookie() wire.Cookie {
	if s.role == Initiator {
		return s.cookieI
	}
	return s.cookieR
}

// samePeer reports whether x is with the same peer; behind one NAT peers differ in their
// ports.
func (s *sa) samePeer(x *sa) bool {
	return s.local.Addr() == x.local.Addr() && s.remote.Addr() == x.remote.Addr() &&
		(s.remote.Port() == x.remote.Port() || !s.peerInside && !x.peerInside)
}

// sameAndComplete reports whether x is with the same peer, and up.
func (s *sa) sameAndComplete(x *sa) bool { return x.complete() && s.samePeer(x) }

func (s *sa) name() saName { return saName{s.origin, s.cookieI} }

func (s *sa) ref() SARef {
	return SARef{
		Serial: s.serial, Conn: s.conn, Role: s.role, Label: s.label,
		Local: s.local, Remote: s.remote, Ptr: s.ptr,
	}
}

// transition is the only way from state to state.
func (s *sa) transition(class InputClass, input Input, next State) {
	s.e.emit(Transition{SA: s.ref(), Class: class, Input: input, Old: s.state, New: next})
	s.state = next
}

func (s *sa) complete() bool { return s.state == StateP1Complete && !s.deleted }

// budding reports whether phase 1 is under way with a peer that has proved
// reachable: it answered more than a first message, which anyone can send.
func (s *sa) budding() bool {
	return !s.deleted && !s.complete() && (s.role == Initiator || s.keys != nil)
}

// seenMessage is an accepted message by its digest, and its number in its exchange.
type seenMessage struct {
	digest [sha256.Size]byte
	number int
}

// seenAs is the number of a message that came before, 0 of a new one.
func seenAs(seen []seenMessage, raw []byte) (number int) {
	digest := sha256.Sum256(raw)
	for _, m := range seen {
		if m.digest == digest {
			return m.number
		}
	}
	return 0
}

func remember(seen []seenMessage, raw []byte, number int) []seenMessage {
	if len(seen) == maxSeen {
		seen = append(seen[:0], seen[1:]...)
	}
	return append(seen, seenMessage{sha256.Sum256(raw), number})
}

// stopTimers leaves nothing of the SA's exchanges that could run later. What an SA
// has that is up ends with its deletion.
func (s *sa) stopTimers() {
	s.exchange.stopTimers()
	for _, x := range s.exchanges {
		x.stopTimers()
	}
}
