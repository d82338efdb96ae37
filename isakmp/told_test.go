package isakmp_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// told counts the events of a type that a router has told of.
func told[E isakmp.Event](r *router) int {
	n := 0
	for _, e := range r.events {
		if _, is := e.(E); is {
			n++
		}
	}
	return n
}

// TestKeysAreTold: each end tells the key of phase 1 as soon as it has it, once.
func TestKeysAreTold(t *testing.T) {
	w := newWorld(t)
	var keys []isakmp.Keying
	w.a.engine = isakmp.New(isakmp.Env{
		Clock: w.a, Rand: &stream{}, Send: w.a.send, IPsec: w.a.ipsec, Config: w.a.config, Emit: w.a.emit,
		Keyed: func(k isakmp.Keying) { keys = append(keys, k) },
	})
	w.a.want()
	w.run(3 * time.Second)
	if len(keys) != 1 || len(keys[0].CipherKey) != 8 || !bytes.Equal(keys[0].InitiatorCookie[:], w.sent[0].message[:8]) {
		t.Fatalf("told %+v", keys)
	}
	for _, r := range w.all {
		list := r.engine.Keyings()
		if len(list) != 1 || list[0].InitiatorCookie != keys[0].InitiatorCookie || !bytes.Equal(list[0].CipherKey, keys[0].CipherKey) {
			t.Errorf("%s has %+v", r.name, list)
		}
	}
	// Before the third message there is no key.
	w = newWorld(t)
	w.losing(func(n int, _ []byte) bool { return n == 3 })
	w.a.want()
	w.run(3 * time.Second)
	if list := w.b.engine.Keyings(); len(list) != 0 {
		t.Errorf("R3 has %+v", list)
	}
}

// TestWhatIsMalformed: a public value that gives the secret away is told of as
// malformed, a wrong hash as what it is.
func TestWhatIsMalformed(t *testing.T) {
	w := newWorld(t)
	w.replace(3, func(m []byte) []byte { clear(m[32 : 32+96]); return m })
	w.a.want()
	w.run(3 * time.Second)
	if told[isakmp.Malformed](w.b) != 1 || told[isakmp.BadMessage](w.b) != 1 || told[isakmp.HashMismatch](w.b) != 0 {
		t.Errorf("degenerate: R3 said %q", w.b.take())
	}
	defer isakmp.AuthenticateBy(isakmp.Badge{Mine: "gold", Theirs: "silver"})()
	w = newWorld(t)
	for _, r := range w.all {
		r.config.Keys = nil
		r.policy(func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature })
	}
	w.a.want()
	w.run(3 * time.Second)
	if told[isakmp.Malformed](w.b) != 0 || told[isakmp.HashMismatch](w.b) == 0 {
		t.Errorf("a wrong proof: R3 said %q", w.b.take())
	}
}

// TestAnswerWithTwoTransforms: a responder chooses one.
func TestAnswerWithTwoTransforms(t *testing.T) {
	w := newWorld(t)
	w.replace(2, func(m []byte) []byte {
		h, _ := wire.ParseHeader(m)
		list, _ := wire.ParsePayloads(h.Next, m[wire.HeaderLen:])
		sa, err := wire.ParseSA(list[0].Body)
		if err != nil {
			t.Fatal(err)
		}
		p := &sa.Proposals[0]
		p.Transforms = append(p.Transforms, p.Transforms[0])
		list[0].Body = wire.AppendSA(nil, sa)
		return wire.AppendMessage(nil, h, list)
	})
	w.a.want()
	w.run(3 * time.Second)
	if sent, _ := messagesOf(w.a); len(sent) != 1 || told[isakmp.Malformed](w.a) != 1 {
		t.Errorf("%d messages; R1 said %q", len(sent), w.a.take())
	}
}

// TestNothingSigned: an informational exchange says something.
func TestNothingSigned(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.engine.Say(1)
	w.run(time.Second)
	if told[isakmp.Malformed](w.b) != 1 || w.b.engine.Nodes(1) != 1 { // that of quick mode
		t.Errorf("%d exchanges are remembered; R3 said %q", w.b.engine.Nodes(1), w.b.take())
	}
}

// TestRecordings: messages that come again when their exchanges are forgotten are
// told of as duplicates, and no more follows.
func TestRecordings(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, []byte{1, 2, 3, 4}, nil)
	w.run(2 * time.Minute)
	if n := w.b.engine.Nodes(1); n != 0 {
		t.Fatalf("%d exchanges are remembered", n)
	}
	recorded := slices.Clone(w.sent)
	w.a.events, w.b.events = nil, nil
	again := 0
	for i, d := range recorded {
		if d.from == w.a && i >= 6 { // quick mode and what came after
			again++
			w.b.engine.Input(w.b.addr, w.a.addr, d.message)
		}
	}
	w.run(time.Minute)
	if n := told[isakmp.Duplicate](w.b); n != again || again != 3 {
		t.Errorf("told of %d duplicates of %d", n, again)
	}
	if len(w.sent) != len(recorded) || len(w.b.ipsec.pairs) != 1 {
		t.Errorf("%d messages are answered, %d pairs", len(w.sent)-len(recorded), len(w.b.ipsec.pairs))
	}
	for _, e := range w.b.events {
		if d, is := e.(isakmp.Duplicate); is && d.Phase != 2 {
			t.Errorf("a duplicate in phase %d", d.Phase)
		}
	}
}

// TestMoveIsToldOnce: a peer that a NAT has moved is told of once, however many
// SAs there are with it, and all of them move.
func TestMoveIsToldOnce(t *testing.T) {
	w := natWorld(t)
	w.throughNAT(t)
	w.a.events, w.b.events = nil, nil
	w.nat.forget()
	for i := range uint32(3) {
		w.a.engine.AreYouThere(1, i+1)
		w.run(time.Second)
	}
	if n := told[isakmp.PortFloated](w.b); n != 1 {
		t.Errorf("told %d times", n)
	}
	if s := w.b.engine.SAs(); len(s) != 1 || s[0].Remote.Port() != 40003 {
		t.Errorf("%+v", s)
	}
}

// TestSerials: an SA of phase 1 has one number for its life, and no other has it.
func TestSerials(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		w.a.want()
		w.run(3 * time.Second)
		w.a.engine.ClearAll()
		w.run(2 * time.Minute)
	}
	var purged []uint64
	addresses := map[uint64]uint32{} // of structs, by serial
	for _, e := range w.a.events {
		switch e := e.(type) {
		case isakmp.Transition:
			if ptr, known := addresses[e.SA.Serial]; known && ptr != e.SA.Ptr {
				t.Errorf("serial %d is of two SAs", e.SA.Serial)
			}
			addresses[e.SA.Serial] = e.SA.Ptr
		case isakmp.SAPurged:
			purged = append(purged, e.SA.Serial)
		}
	}
	if !slices.Equal(purged, []uint64{1, 2}) || len(addresses) != 2 {
		t.Errorf("purged %v, %d SAs", purged, len(addresses))
	}
}

// TestNotificationsActedOn: what follows from a signed notification of each kind.
func TestNotificationsActedOn(t *testing.T) {
	attributes := func(list ...wire.Attribute) []byte { return wire.AppendAttributes(nil, list) }
	hour := attributes(wire.Basic(wire.AttrLifeType, wire.LifeSeconds), wire.Basic(wire.AttrLife, 3600))
	for _, tt := range []struct {
		name          string
		kind          uint16
		protocol      uint8
		spi           func(*world) []byte
		data          []byte
		contact, gone bool
		left          time.Duration // of the SA of phase 1
	}{
		{"initial contact", wire.NotifyInitialContact, isakmp.ProtoISAKMP, func(w *world) []byte { return w.a.engine.Cookies(1) }, nil, true, true, 24 * time.Hour},
		{"lifetime", wire.NotifyResponderLifetime, isakmp.ProtoISAKMP, func(w *world) []byte { return w.a.engine.Cookies(1) }, hour, false, false, time.Hour},
		{"lifetime of a pair", wire.NotifyResponderLifetime, isakmp.ProtoESP, func(*world) []byte { return nil }, hour, false, false, 24 * time.Hour},
		{"invalid SPI", wire.NotifyInvalidSPI, isakmp.ProtoESP, func(w *world) []byte { return spiOf(w.b.ipsec) }, nil, false, true, 24 * time.Hour},
		{"invalid SPI of another", wire.NotifyInvalidSPI, isakmp.ProtoESP, func(*world) []byte { return []byte{1, 2, 3, 4} }, nil, false, false, 24 * time.Hour},
		{"no proposal chosen", wire.NotifyNoProposalChosen, isakmp.ProtoESP, func(w *world) []byte { return spiOf(w.b.ipsec) }, nil, false, false, 24 * time.Hour},
		{"no error", wire.NotifyLastError + 1, isakmp.ProtoESP, func(w *world) []byte { return spiOf(w.b.ipsec) }, nil, false, false, 24 * time.Hour},
	} {
		w := newWorld(t)
		w.a.want()
		w.run(3 * time.Second)
		before := w.b.ipsec.contact
		w.a.engine.Notify(1, tt.kind, tt.protocol, tt.spi(w), tt.data)
		w.run(time.Second)
		if contact := w.b.ipsec.contact > before; contact != tt.contact {
			t.Errorf("%s: initial contact %v", tt.name, contact)
		}
		if gone := len(w.b.ipsec.pairs) == 0; gone != tt.gone {
			t.Errorf("%s: the pair is gone: %v", tt.name, gone)
		}
		left := w.b.engine.SAs()[0].Remaining
		if left > tt.left || left < tt.left-time.Minute {
			t.Errorf("%s: %v are left of phase 1", tt.name, left)
		}
		if read, _ := find[isakmp.NotifyRead](w.b); read.Type == 0 {
			t.Errorf("%s: it is not told of", tt.name)
		}
	}
}

// spiOf is the outbound SPI of a key engine's only pair.
func spiOf(k *keyEngine) []byte {
	return binary.BigEndian.AppendUint32(nil, k.pairs[k.order[0]].OutboundSPI)
}

// TestErrorsAreForgotten: a message that proves to be the peer's ends the count of
// the SA's errors.
func TestErrorsAreForgotten(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	counts := func(lost int) (list []int) {
		w.a.events = nil
		w.losing(func(n int, _ []byte) bool { return n <= lost })
		w.a.want()
		w.run(time.Minute)
		for _, e := range w.a.events {
			if c, is := e.(isakmp.ErrorCount); is && !c.OnNode {
				list = append(list, c.Attempt)
			}
		}
		return list
	}
	if first := counts(3); !slices.Equal(first, []int{1, 2, 3}) {
		t.Errorf("counted %v", first)
	}
	if second := counts(1); !slices.Equal(second, []int{1}) {
		t.Errorf("after an answer counted %v", second)
	}
}

// TestQuestionsAreAnIntervalApart: a silent peer that answers is asked again when the
// interval is over, not a look later.
func TestQuestionsAreAnIntervalApart(t *testing.T) {
	w := newWorld(t)
	only(periodic)(w)
	w.a.quiet, w.b.quiet = true, true
	w.a.want()
	for asked := 0; asked == 0; asked = told[isakmp.AliveSent](w.a) {
		w.run(time.Millisecond)
	}
	w.a.events = nil
	w.run(100500 * time.Millisecond)
	if n := told[isakmp.AliveSent](w.a); n != 10 {
		t.Errorf("asked %d times in 100 s, every 10", n)
	}
}

// TestRefusedAnswer: a peer may refuse what was answered to it, by our SPI.
func TestRefusedAnswer(t *testing.T) {
	w := newWorld(t)
	w.losing(func(n int, _ []byte) bool { return n >= 9 })
	w.a.want()
	w.run(3 * time.Second)
	w.filter = nil
	spi := w.b.ipsec.order[0]
	w.a.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, binary.BigEndian.AppendUint32(nil, spi), nil)
	w.run(time.Second)
	if deleted, is := find[isakmp.LarvalDeleted](w.b); !is || deleted.SPI != spi || !slices.Equal(w.b.ipsec.failed, []uint32{spi}) {
		t.Errorf("%+v, failed %x, want %x", deleted, w.b.ipsec.failed, spi)
	}
}

// TestClearPeer: the SAs of phase 1 between two addresses go, and their peer is told.
func TestClearPeer(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	a, b := w.a.addr.Addr(), w.b.addr.Addr()
	w.a.engine.ClearPeer(b, a)
	w.a.engine.ClearPeer(a, a)
	w.a.engine.ClearPeer(b, b)
	if w.a.engine.SAs()[0].Deleted {
		t.Fatal("the SA of others went")
	}
	w.a.engine.ClearPeer(a, b)
	sent := len(w.sent)
	deleting := told[isakmp.SADeleting](w.a)
	w.a.engine.ClearPeer(a, b) // what is gone goes no more
	if !w.a.engine.SAs()[0].Deleted || len(w.sent) != sent || told[isakmp.SADeleting](w.a) != deleting {
		t.Errorf("%d messages more", len(w.sent)-sent)
	}
	w.run(time.Second)
	if !w.b.engine.SAs()[0].Deleted {
		t.Error("the peer was not told")
	}
}

// TestWrongHashOfInformational: an informational exchange is of phase 2, as is the hash
// that does not fit it.
func TestWrongHashOfInformational(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.replace(1, func(m []byte) []byte { m[wire.HeaderLen+8] ^= 1; return m })
	w.a.engine.AreYouThere(1, 1)
	w.run(time.Second)
	if wrong, _ := find[isakmp.HashMismatch](w.b); wrong.Phase != 2 || wrong.SA.Serial == 0 {
		t.Errorf("%+v", wrong)
	}
}

// TestSignedThatCannotBeRead: a signed notification or delete that cannot be read is
// told of as malformed.
func TestSignedThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	for i, kind := range []uint8{wire.Notification, wire.DeletePay} {
		w.a.engine.Inform(1, kind, []byte{0})
		w.run(time.Second)
		if n := told[isakmp.Malformed](w.b); n != i+1 {
			t.Errorf("payload %d: told of %d malformed messages, want %d", kind, n, i+1)
		}
	}
}

// TestLifetimeToldLate: a responder that tells the agreed lifetime again does not make
// the SA live longer.
func TestLifetimeToldLate(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(time.Hour)
	day := wire.AppendAttributes(nil, []wire.Attribute{
		wire.Basic(wire.AttrLifeType, wire.LifeSeconds), wire.Number(wire.AttrLife, 86400),
	})
	w.b.engine.Notify(1, wire.NotifyResponderLifetime, isakmp.ProtoISAKMP, w.b.engine.Cookies(1), day)
	w.run(time.Second)
	if n := told[isakmp.ResponderLifetime](w.a); n != 1 {
		t.Errorf("told of %d lifetimes", n)
	}
	if left := w.a.engine.SAs()[0].Remaining; left > 23*time.Hour {
		t.Errorf("%v are left", left)
	}
}
