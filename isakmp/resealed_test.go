package isakmp_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// change is what a peer that signs its message says instead.
type change = func([]wire.Payload) []wire.Payload

// body changes the body of the nth payload.
func body(n int, f func([]byte) []byte) change {
	return func(list []wire.Payload) []wire.Payload {
		list[n].Body = f(bytes.Clone(list[n].Body))
		return list
	}
}

// octet changes an octet of the nth payload's body.
func octet(n, at int, by byte) change {
	return body(n, func(b []byte) []byte { b[at] ^= by; return b })
}

// without drops payloads.
func without(from, to int) change {
	return func(list []wire.Payload) []wire.Payload { return slices.Delete(slices.Clone(list), from, to) }
}

// swapped swaps two payloads.
func swapped(i, j int) change {
	return func(list []wire.Payload) []wire.Payload {
		list[i], list[j] = list[j], list[i]
		return list
	}
}

// with adds a payload.
func with(kind uint8, b []byte) change {
	return func(list []wire.Payload) []wire.Payload { return append(list, wire.Payload{Type: kind, Body: b}) }
}

// offering changes the SA payload.
func offering(f func(*wire.SA)) change {
	return body(1, func(b []byte) []byte {
		sa, err := wire.ParseSA(b)
		if err != nil {
			panic(err)
		}
		f(&sa)
		return wire.AppendSA(nil, sa)
	})
}

// proposing changes the first proposal.
func proposing(f func(*wire.Proposal)) change {
	return offering(func(sa *wire.SA) { f(&sa.Proposals[0]) })
}

// another adds the first proposal once more, with that number.
func another(number uint8) change {
	return offering(func(sa *wire.SA) {
		p := sa.Proposals[0]
		p.Number = number
		sa.Proposals = append(sa.Proposals, p)
	})
}

// attribute adds an attribute to the first transform.
func attribute(a wire.Attribute) change {
	return proposing(func(p *wire.Proposal) {
		t := &p.Transforms[0]
		t.Attributes = append(slices.Clip(t.Attributes), a)
	})
}

// TestSignedQuickModes: what becomes of the first and of the second message of quick
// mode when a peer that signs them says something else. Payloads are hash, SA, nonce
// and two IDs.
func TestSignedQuickModes(t *testing.T) {
	const (
		taken     = "taken"
		malformed = "malformed" // it is not read at all
		refused   = "refused"
		both      = "malformed, refused" // a payload cannot be read
	)
	for _, tt := range []struct {
		name          string
		change        change
		first, second string // what the responder makes of the first, the initiator of the second
	}{
		{"as it was", without(0, 0), taken, taken},
		{"hash behind the SA", swapped(0, 1), malformed, malformed},
		{"no hash", without(0, 1), malformed, malformed},
		{"no SA", without(1, 2), malformed, malformed},
		{"no nonce", without(2, 3), malformed, malformed},
		{"two nonces", with(wire.Nonce, make([]byte, 20)), malformed, malformed},
		{"a short nonce", body(2, func(b []byte) []byte { return b[:7] }), both, both},
		{"the shortest nonce", body(2, func(b []byte) []byte { return b[:8] }), taken, taken},
		{"a notification", with(wire.Notification, wire.AppendNotify(nil, wire.Notify{Protocol: 3, Type: 1})), taken, taken},
		{"another initiator's ID", octet(3, 6, 1), refused, refused},
		{"another responder's ID", octet(4, 6, 1), refused, refused},
		{"another ID type", octet(3, 0, 15), refused, refused},
		{"a mask in the ID of a host", octet(3, 0, 5), both, both},
		{"IDs swapped", swapped(3, 4), refused, refused},
		{"one ID", without(3, 4), both, both},
		{"no IDs", without(3, 5), refused, refused},
		{"three IDs", with(wire.Identify, []byte{1, 0, 0, 0, 1, 2, 3, 4}), both, both},
		{"an ID that is cut", body(3, func(b []byte) []byte { return b[:3] }), both, both},
		{"the other ID that is cut", body(4, func(b []byte) []byte { return b[:3] }), both, both},
		{"an SA that is cut", body(1, func(b []byte) []byte { return b[:9] }), both, both},
		{"two ways", another(2), taken, refused},
		{"two protocols together", another(1), refused, refused},
		{"proposal 0", proposing(func(p *wire.Proposal) { p.Number = 0 }), taken, refused},
		{"proposal 2", proposing(func(p *wire.Proposal) { p.Number = 2 }), taken, refused},
		{"AH", proposing(func(p *wire.Proposal) { p.Protocol = 2 }), refused, refused},
		{"another cipher", proposing(func(p *wire.Proposal) { p.Transforms[0].ID = isakmp.ESP3DES }), refused, refused},
		{"the highest SPI reserved", proposing(func(p *wire.Proposal) { p.SPI = []byte{0, 0, 0, 255} }), refused, refused},
		{"the lowest SPI free", proposing(func(p *wire.Proposal) { p.SPI = []byte{0, 0, 1, 0} }), taken, taken},
		{"an SPI of three octets", proposing(func(p *wire.Proposal) { p.SPI = []byte{1, 2, 3} }), refused, refused},
		{"a group without its key exchange", attribute(wire.Basic(wire.AttrSAGroup, 1)), refused, refused},
		{"a key exchange without its group", with(wire.KeyExchange, make([]byte, 96)), refused, refused},
		{"a key length", attribute(wire.Basic(wire.AttrSAKeyLength, 128)), refused, refused},
		{"an unknown attribute", attribute(wire.Basic(99, 1)), refused, refused},
	} {
		for n, want := range map[int]string{7: tt.first, 8: tt.second} {
			w := newWorld(t)
			receiver := w.b
			if n == 8 {
				receiver = w.a
			}
			w.replace(n, func(m []byte) []byte { return receiver.engine.Reseal(1, m, tt.change) })
			spi := w.a.want()
			w.run(3 * time.Second)
			got := taken
			bad, no := told[isakmp.Malformed](receiver) > 0, told[isakmp.PolicyRefused](receiver) > 0
			switch {
			case bad && no:
				got = both
			case bad:
				got = malformed
			case no:
				got = refused
			}
			if got != want || told[isakmp.HashMismatch](receiver) != 0 && want != taken {
				t.Errorf("%s: message %d of the tunnel is %s, want %s; %s said %q", tt.name, n, got, want, receiver.name, receiver.take())
			}
			if pairs := len(receiver.ipsec.pairs); (pairs == 1) != (want == taken) {
				t.Errorf("%s: message %d of the tunnel: %d pairs", tt.name, n, pairs)
			}
			if failed := slices.Contains(receiver.ipsec.failed, spi); n == 8 && failed != (want == refused || want == both) {
				t.Errorf("%s: the request has failed: %v", tt.name, failed)
			}
		}
	}
}
