package isakmp_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// prf is that of SHA-1, the hash of the world's policy (RFC 2409 §4).
func prf(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha1.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// opaque is the body of a message's only payload of that type.
func opaque(t *testing.T, m *isakmp.Message, kind uint8) []byte {
	t.Helper()
	var found []byte
	for _, p := range m.Payloads {
		if body, is := p.Content.(isakmp.Opaque); is && p.Type == kind {
			found = body
		}
	}
	if found == nil {
		t.Fatalf("message %d has no payload %d", m.Number, kind)
	}
	return found
}

// identity is the body of a message's ID payload.
func identity(t *testing.T, m *isakmp.Message) []byte {
	t.Helper()
	for _, p := range m.Payloads {
		if id, is := p.Content.(wire.ID); is {
			return wire.AppendID(nil, id)
		}
	}
	t.Fatalf("message %d has no ID", m.Number)
	return nil
}

// TestProofs computes HASH_I and HASH_R from what was on the wire and the key, by
// RFC 2409 §5 alone: two ends that both swap them agree with each other, and with
// no other.
func TestProofs(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Fatal("not up")
	}
	sent, received := messagesOf(w.a)
	mm := []*isakmp.Message{nil, sent[0], received[0], sent[1], received[1], sent[2], received[2]}
	first := w.sent[0].message
	cookieI, cookieR := w.sent[1].message[:8], w.sent[1].message[8:16]
	length := int(first[wire.HeaderLen+2])<<8 | int(first[wire.HeaderLen+3])
	sa := first[wire.HeaderLen+4:][:length-4] // the body of the initiator's SA payload, as it came

	skeyid := prf([]byte("cisco"), opaque(t, mm[3], wire.Nonce), opaque(t, mm[4], wire.Nonce))
	publicI, publicR := opaque(t, mm[3], wire.KeyExchange), opaque(t, mm[4], wire.KeyExchange)
	for _, tt := range []struct {
		name string
		m    *isakmp.Message
		want []byte
	}{
		{"HASH_I", mm[5], prf(skeyid, publicI, publicR, cookieI, cookieR, sa, identity(t, mm[5]))},
		{"HASH_R", mm[6], prf(skeyid, publicR, publicI, cookieR, cookieI, sa, identity(t, mm[6]))},
	} {
		if got := opaque(t, tt.m, wire.HashPayload); !bytes.Equal(got, tt.want) {
			t.Errorf("%s is %x, want %x", tt.name, got, tt.want)
		}
	}
}

// TestChoiceIsOneOfTheOffers: what the responder chose must be an offer by its
// number and by its attributes.
func TestChoiceIsOneOfTheOffers(t *testing.T) {
	offers := func(w *world) {
		for _, r := range w.all {
			p := isakmp.NewPolicy(20)
			p.Auth, p.Encryption = isakmp.PreShared, isakmp.TripleDES
			r.config.SetPolicy(p)
		}
	}
	answer := func(change func(*wire.Transform)) func([]byte) []byte {
		return withSA(t, func(sa *wire.SA) { change(&sa.Proposals[0].Transforms[0]) })
	}
	for _, tt := range []struct {
		name   string
		change func(*wire.Transform)
		ok     bool
	}{
		{"as it is", func(*wire.Transform) {}, true},
		{"the other number", func(x *wire.Transform) { x.Number = 2 }, false},
		{"a number that was not offered", func(x *wire.Transform) { x.Number = 3 }, false},
		{"the other attributes", func(x *wire.Transform) { x.Attributes[0] = wire.Basic(wire.AttrEncryption, 5) }, false},
		{"the other offer", func(x *wire.Transform) {
			x.Number, x.Attributes[0] = 2, wire.Basic(wire.AttrEncryption, 5)
		}, true},
		{"a shorter lifetime", func(x *wire.Transform) {
			x.Attributes[len(x.Attributes)-1] = wire.Number(wire.AttrLife, 3600)
		}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			offers(w)
			w.replace(2, answer(tt.change))
			w.a.want()
			w.run(2 * time.Second) // less than a retransmission takes
			sent, _ := messagesOf(w.a)
			if went := len(sent) > 1; went != tt.ok {
				t.Errorf("the initiator goes on: %v; it said %q", went, w.a.take())
			}
			if n := told[isakmp.Malformed](w.a); n != 0 {
				t.Errorf("told of %d malformed messages; this one can be read", n)
			}
		})
	}
}

// TestFailuresCount: each third message that fails counts towards the five that an
// SA may have, as does one that cannot be read; after five the real one is still
// welcome, after six nothing is.
func TestFailuresCount(t *testing.T) {
	degenerate := func(m []byte, i int) []byte {
		bad := bytes.Clone(m)
		clear(bad[32 : 32+96]) // the public value
		bad[32+96+4] ^= byte(i + 1)
		return bad
	}
	unreadable := func(m []byte, i int) []byte {
		bad := bytes.Clone(m)
		bad[wire.HeaderLen+1] = byte(i + 1) // reserved
		return bad
	}
	for name, spoil := range map[string]func([]byte, int) []byte{"degenerate": degenerate, "unreadable": unreadable} {
		for _, n := range []int{1, 5, 6} {
			w := newWorld(t)
			i := 0
			w.filter = func(_ *router, m []byte) [][]byte {
				if i++; i != 3 {
					return [][]byte{m}
				}
				var list [][]byte
				for k := range n {
					list = append(list, spoil(m, k))
				}
				return append(list, m)
			}
			w.a.want()
			w.run(3 * time.Second)
			var counts []int
			for _, e := range w.b.events {
				if c, is := e.(isakmp.ErrorCount); is {
					if c.Of != 5 || c.OnNode || c.Reason != isakmp.ErrorMalformed {
						t.Errorf("%s: counted %+v", name, c)
					}
					counts = append(counts, c.Attempt)
				}
			}
			for k, attempt := range counts {
				if attempt != k+1 {
					t.Errorf("%s: counted %v", name, counts)
				}
			}
			if len(counts) != min(n, 5) || w.up() != (n <= 5) {
				t.Errorf("%s, %d times: counted %v, up %v", name, n, counts, w.up())
			}
		}
	}
}

// TestPhaseOfAMismatch: which phase a wrong hash is told to be of.
func TestPhaseOfAMismatch(t *testing.T) {
	mismatches := func(w *world) (phases []int) {
		for _, r := range w.all {
			for _, e := range r.events {
				if m, is := e.(isakmp.HashMismatch); is {
					phases = append(phases, m.Phase)
				}
			}
		}
		return phases
	}
	defer isakmp.AuthenticateBy(isakmp.Badge{Mine: "gold", Theirs: "silver"})()
	w := newWorld(t)
	for _, r := range w.all {
		r.config.Keys = nil
		r.policy(func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature })
	}
	w.a.want()
	w.run(3 * time.Second)
	if got := mismatches(w); len(got) == 0 || got[0] != 1 {
		t.Errorf("of phases %v", got)
	}
}
