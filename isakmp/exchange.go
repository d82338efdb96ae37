package isakmp

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// exchange is what every exchange has in common, whatever is said in it: its
// IDs, its IV, what came and what went, and what follows from messages that are
// lost or come twice. An SA of phase 1 is the exchange that makes it; those that
// go on under it are listed in it by their message IDs.
type exchange struct {
	driver *driver
	s      *sa
	id     uint32 // message ID, 0 in phase 1
	role   Role
	owner  owner

	iv        []byte        // last block of the exchange so far
	count     int           // messages, of both ends
	seen      []seenMessage // accepted
	sent      packet        // our latest message
	sentAt    time.Duration
	awaiting  bool // an answer to it
	resending bool // because of a duplicate
	errors    int  // retransmissions and bad messages in a row
	stopRetry func()

	deleted   bool // it is over, and known only until it is purged
	stopPurge func()
}

// owner is what an exchange belongs to: an SA of phase 1, or a quick mode.
type owner interface {
	// phase is 1 or 2.
	phase() int
	// countRetry counts a retransmission. It reports false where that is one too
	// many, and the exchange has been given up.
	countRetry() bool
	// repeats reports whether our latest message is sent again when the one that
	// it answers comes again.
	repeats() bool
	// secret is this end's half of a key exchange, nil where there is none.
	secret() *keymat.KeyPair
}

// begin makes an exchange of the SA, which is listed once enter is called.
func (s *sa) begin(exchangeType uint8, id uint32, role Role) exchange {
	return exchange{driver: s.e.drivers[exchangeType], s: s, id: id, role: role}
}

// enter lists the exchange under its SA.
func (x *exchange) enter() { x.s.exchanges = append(x.s.exchanges, x) }

// newMessageID draws an ID that no exchange of the SA has.
func (s *sa) newMessageID() uint32 {
	for {
		id := binary.BigEndian.Uint32(s.e.random(4))
		if id != 0 && s.find(id) == nil && !s.idRetired(id) {
			return id
		}
	}
}

// find finds the exchange with a message ID, nil without one.
func (s *sa) find(id uint32) *exchange {
	for _, x := range s.exchanges {
		if x.id == id {
			return x
		}
	}
	return nil
}

// roomFor reports whether there is room for one more exchange begun by that end,
// and makes it where it can: the oldest that is over is forgotten early. Only those
// that are not can fill the list, each end its own share of it.
func (s *sa) roomFor(role Role, limit int) bool {
	var oldest *exchange // of those that are over
	n := 0
	for _, x := range s.exchanges {
		if x.role != role {
			continue
		}
		if n++; oldest == nil && x.deleted {
			oldest = x
		}
	}
	switch {
	case n < limit:
		return true
	case oldest == nil:
		return false
	}
	oldest.forget()
	return true
}

// accept notes a message that was what it had to be.
func (x *exchange) accept(m *message) {
	stop(x.stopRetry)
	x.count++
	x.seen = remember(x.seen, m.raw, x.count)
	x.errors, x.awaiting, x.resending = 0, false, false
	if m.nextIV != nil {
		x.iv = m.nextIV
	}
}

// finish ends an exchange under an SA; its message ID is known for another 50 s.
func (x *exchange) finish(failed bool, reason NodeReason) {
	x.tellDeleting(failed, reason)
	x.close(nodePurgeAfter, func() {
		x.s.e.emit(NodePurged{SA: x.s.ref(), Node: x.id})
		x.forget()
	})
}

func (x *exchange) tellDeleting(failed bool, reason NodeReason) {
	x.s.e.emit(NodeDeleting{SA: x.s.ref(), Node: x.id, Error: failed, Reason: reason})
}

// close marks the exchange as deleted, and plans its purge.
func (x *exchange) close(after time.Duration, purge func()) {
	x.deleted, x.awaiting = true, false
	stop(x.stopRetry)
	if x.owner != nil {
		x.owner.secret().Discard()
	}
	x.stopPurge = x.s.e.env.Clock.After(after, purge)
}

// forget takes the exchange off its SA's list.
func (x *exchange) forget() {
	x.stopTimers()
	x.s.exchanges = slices.DeleteFunc(x.s.exchanges, func(y *exchange) bool { return y == x })
	x.s.retireID(x.id)
}

// retireID notes that a message ID is used up.
func (s *sa) retireID(id uint32) {
	s.retired = append(s.retired[max(0, len(s.retired)+1-maxRetired):], id)
}

// idRetired reports whether a message ID was used by an exchange that is over. It
// cannot begin another (RFC 2409 §5.5: a message ID is unique): neither a
// recording of the peer's messages nor one of our own, which the same key signs.
func (s *sa) idRetired(id uint32) bool { return slices.Contains(s.retired, id) }

func (x *exchange) stopTimers() {
	stop(x.stopRetry)
	stop(x.stopPurge)
}

// stop stops a timer, where there is one.
func stop(timer func()) {
	if timer != nil {
		timer()
	}
}

// header is that of the exchange's next message.
func (x *exchange) header() wire.Header {
	return wire.Header{CookieI: x.s.cookieI, CookieR: x.s.cookieR, Exchange: x.driver.number, MessageID: x.id}
}

// packet is a message of ours.
type packet struct {
	raw       []byte
	number    int // in its exchange
	encrypted bool
	payloads  []wire.Payload
}

// clear builds a message that is not encrypted.
func (x *exchange) clear(list []wire.Payload) packet {
	x.s.e.spend(costBuild)
	x.count++
	return packet{raw: wire.AppendMessage(nil, x.header(), list), number: x.count, payloads: list}
}

// seal builds an encrypted one.
func (x *exchange) seal(list []wire.Payload) packet {
	x.s.e.spend(costBuild + costCrypt)
	x.count++
	text, next := x.s.keys.Encrypt(x.iv, wire.AppendPayloads(nil, list))
	x.iv = next
	h := x.header()
	h.Next, h.Flags = wire.First(list), wire.FlagEncrypted
	h.Length = uint32(wire.HeaderLen + len(text))
	return packet{
		raw: append(wire.AppendHeader(nil, h), text...), number: x.count, encrypted: true, payloads: list,
	}
}

// sealHashed builds an encrypted message that begins with a hash of the rest.
func (x *exchange) sealHashed(hash func(rest []byte) []byte, list []wire.Payload) packet {
	x.s.e.spend(costHash)
	digest := hash(wire.AppendPayloads(nil, list))
	return x.seal(append([]wire.Payload{{Type: wire.HashPayload, Body: digest}}, list...))
}

// put sends a message, once.
func (x *exchange) put(p packet, again bool) {
	s := x.s
	s.e.emit(Sending{SA: s.ref(), Message: x.described(p, again)})
	b := p.raw
	if s.local.Port() == nattPort {
		b = mark(b)
	}
	s.peer.sentAt = s.e.env.Clock.Now()
	s.e.env.Send(s.local, s.remote, b)
}

// authenticate is the hash that signs a message under its ID (RFC 2409 §5.5).
func (x *exchange) authenticate(rest []byte) []byte { return x.s.keys.Authenticate(x.id, rest) }
