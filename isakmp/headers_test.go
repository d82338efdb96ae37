package isakmp_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestHeaderOfFirstMessage: what cannot be the header of a first message makes no SA (RFC
// 2408 §3.1: neither flags nor a message ID).
func TestHeaderOfFirstMessage(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"no initiator's cookie": func(m []byte) []byte { clear(m[:8]); return m },
		"encrypted":             func(m []byte) []byte { m[19] = wire.FlagEncrypted; return m },
		"commit":                func(m []byte) []byte { m[19] = wire.FlagCommit; return m },
		"authentication only":   func(m []byte) []byte { m[19] = 4; return m },
		"message ID 1":          func(m []byte) []byte { m[23] = 1; return m },
		"message ID 2":          func(m []byte) []byte { m[23] = 2; return m },
		"another length":        func(m []byte) []byte { m[27]++; return m },
		"another version":       func(m []byte) []byte { m[17] = 0x20; return m },
		"half a header":         func(m []byte) []byte { return m[:14] },
		"a payload that is cut": func(m []byte) []byte { return cutBy(m, 1) },
		"no payloads":           func(m []byte) []byte { m[16] = 0; return m },
	} {
		w := newWorld(t)
		w.replace(1, change)
		w.a.want()
		w.run(2 * time.Second)
		if told[isakmp.BadMessage](w.b) != 1 || told[isakmp.PeerCreated](w.b) != 0 || len(w.b.engine.SAs()) != 0 || len(w.sent) != 1 {
			t.Errorf("%s: %d messages; R3 said %q", name, len(w.sent), w.b.take())
		}
		w.run(30 * time.Second)
		settled(t, w)
	}
}

// TestFirstMessagesOfNoSA: our own first message that comes back makes no SA, nor does
// one of another exchange under a cookie that is known.
func TestFirstMessagesOfNoSA(t *testing.T) {
	for name, change := range map[string]func([]byte){
		"our own": func([]byte) {}, "another exchange": func(m []byte) { m[18] = wire.ExchangeQuick },
	} {
		w := newWorld(t)
		w.losing(lose)
		w.a.want()
		w.a.events = nil
		m := bytes.Clone(w.sent[0].message)
		change(m)
		w.a.engine.Input(w.a.addr, w.b.addr, m)
		if told[isakmp.NoSA](w.a) != 1 || len(w.a.events) != 2 || len(w.a.engine.SAs()) != 1 || len(w.sent) != 1 {
			t.Errorf("%s: %d SAs; told %+v", name, len(w.a.engine.SAs()), w.a.events)
		}
	}
}

// TestUnknownExchangeWhereAggressiveModeIsForbidden: it is refused as what it is.
func TestUnknownExchangeWhereAggressiveModeIsForbidden(t *testing.T) {
	w := newWorld(t)
	w.b.config.NoAggressive = true
	w.b.engine.Input(w.b.addr, w.a.addr, wire.AppendMessage(nil, wire.Header{CookieI: wire.Cookie{1}, Exchange: 99}, nil))
	if told[isakmp.UnknownExchange](w.b) != 1 || told[isakmp.AggressiveDisabled](w.b) != 0 {
		t.Errorf("R3 said %q", w.b.take())
	}
}

// TestHeadersOfMainMode: a message whose header does not fit its place is told of and not
// taken; the real one is still welcome.
func TestHeadersOfMainMode(t *testing.T) {
	set := func(at int, value byte) func([]byte) []byte {
		return func(m []byte) []byte { m[at] = value; return m }
	}
	for _, tt := range []struct {
		name                string
		n                   int
		change              func([]byte) []byte
		bad, clear, unknown int
	}{
		{"a message ID", 2, set(23, 1), 1, 0, 0},
		{"a higher message ID", 3, set(20, 1), 1, 0, 0},
		{"authentication only", 3, set(19, 4), 1, 0, 0},
		{"an unknown flag", 4, set(19, 0x80), 1, 0, 0},
		{"a message ID at last", 6, set(23, 1), 1, 0, 0},
		{"the second encrypted", 2, set(19, wire.FlagEncrypted), 1, 0, 0},
		{"the third encrypted", 3, set(19, wire.FlagEncrypted), 1, 0, 0},
		{"the fourth encrypted", 4, set(19, wire.FlagEncrypted), 1, 0, 0},
		{"the fifth in the clear", 5, set(19, 0), 0, 1, 0},
		{"the sixth in the clear", 6, set(19, 0), 0, 1, 0},
		{"half a block", 5, func(m []byte) []byte { return cutBy(m, 4) }, 1, 0, 0},
		{"another exchange", 5, set(18, wire.ExchangeInformational), 0, 0, 1},
	} {
		w := newWorld(t)
		w.replace(tt.n, tt.change)
		w.a.want()
		w.run(2 * time.Second)
		r := w.b
		if tt.n%2 == 0 {
			r = w.a
		}
		bad, clear, unknown := told[isakmp.BadMessage](r), told[isakmp.NotEncrypted](r), told[isakmp.UnknownInput](r)
		if bad != tt.bad || clear != tt.clear || unknown != tt.unknown || len(w.sent) != tt.n {
			t.Errorf("%s: %d messages; %s said %q", tt.name, len(w.sent), r.name, r.take())
		}
		w.run(40 * time.Second)
		settled(t, w)
	}
	// Commit is the peer's matter (RFC 2408 §3.1).
	w := newWorld(t)
	w.replace(3, set(19, wire.FlagCommit))
	w.a.want()
	w.run(3 * time.Second)
	settled(t, w)
}

// TestForgedAnswer: one that comes before the real one, under another cookie, and cannot be
// accepted does not keep the real one out.
func TestForgedAnswer(t *testing.T) {
	w := newWorld(t)
	i := 0
	w.filter = func(_ *router, m []byte) [][]byte {
		if i++; i != 2 {
			return [][]byte{m}
		}
		forged := withSA(t, func(sa *wire.SA) { sa.Situation = 2 })(bytes.Clone(m))
		forged[8] ^= 1
		return [][]byte{forged, m}
	}
	w.a.want()
	w.run(3 * time.Second)
	settled(t, w)
	if told[isakmp.Malformed](w.a) != 1 || told[isakmp.NoSA](w.a) != 0 {
		t.Errorf("R1 said %q", w.a.take())
	}
}

// TestUnreadableSAPayload: what is wrong with it is told of as it is found.
func TestUnreadableSAPayload(t *testing.T) {
	for _, tt := range []struct {
		name      string
		change    func([]byte) []byte
		malformed int
		reserved  uint8 // the payload in which that is not zero
	}{
		{"cut", func(b []byte) []byte { return b[:9] }, 1, 0},
		{"reserved", func(b []byte) []byte { b[9] = 1; return b }, 0, wire.ProposalType},
		{"reserved in a transform", func(b []byte) []byte { b[17] = 1; return b }, 0, wire.TransfType},
	} {
		w := newWorld(t)
		w.replace(1, withPayloads(t, func(list []wire.Payload) []wire.Payload {
			list[0].Body = tt.change(bytes.Clone(list[0].Body))
			return list
		}))
		w.a.want()
		w.run(2 * time.Second)
		reserved, _ := find[isakmp.ReservedNotZero](w.b)
		if told[isakmp.Malformed](w.b) != tt.malformed || reserved.Payload != tt.reserved || told[isakmp.ModeFailed](w.b) != 1 || len(w.sent) != 1 {
			t.Errorf("%s: %d messages; R3 said %q", tt.name, len(w.sent), w.b.take())
		}
	}
}

// TestRefusalInTheClear: a responder tells the initiator whose offer it refuses so, in a
// message of its own.
func TestRefusalInTheClear(t *testing.T) {
	w := newWorld(t)
	w.b.policy(func(p *isakmp.Policy) { p.Hash = isakmp.MD5 })
	w.a.want()
	w.run(2 * time.Second)
	sent, _ := messagesOf(w.b)
	if len(sent) != 1 || len(sent[0].Payloads) != 1 {
		t.Fatalf("%d messages", len(sent))
	}
	m := sent[0]
	refusal, is := m.Payloads[0].Content.(wire.Notify)
	if m.Exchange != wire.ExchangeInformational || m.ID != 0 || m.Number != 1 || m.Again || m.Encrypted || !is ||
		refusal.Type != 14 || refusal.Protocol != 1 || !bytes.Equal(refusal.SPI, w.sent[1].message[:16]) || len(refusal.Data) != 0 {
		t.Errorf("%+v", m)
	}
}

// TestKeyThatGoesMeanwhile: without its pre-shared key an end makes no keys.
func TestKeyThatGoesMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.filter = func(from *router, m []byte) [][]byte {
		w.b.config.Keys = w.b.config.Keys[:0] // when the third message is on its way
		if from == w.a && len(w.sent) == 1 {
			w.b.config.Keys = w.b.config.Keys[:1]
		}
		return [][]byte{m}
	}
	w.a.want()
	w.run(5 * time.Second)
	if told[isakmp.SKEYIDGenerated](w.b) != 0 || told[isakmp.ModeFailed](w.b) == 0 || told[isakmp.Malformed](w.b) != 0 || len(w.b.engine.Keyings()) != 0 {
		t.Errorf("R3 said %q", w.b.take())
	}
}
