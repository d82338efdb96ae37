package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestSignedProofs: what becomes of the fifth and of the sixth message of main mode when
// the peer says something else in it. Payloads are an ID and its hash.
func TestSignedProofs(t *testing.T) {
	const (
		taken     = "taken"
		malformed = "malformed"
		another   = "another's"
	)
	contact := notification(1, wire.NotifyInitialContact, nil)
	other := notification(1, 30000, nil)
	more := func(list ...wire.Payload) change {
		return func(p []wire.Payload) []wire.Payload { return append(p[:2:2], list...) }
	}
	for _, tt := range []struct {
		name          string
		change        change
		want          string
		read, contact int // notifications that are read; told of an initial contact
	}{
		{"as it was", more(), taken, 0, 0},
		{"no hash", without(1, 2), malformed, 0, 0},
		{"no ID", without(0, 1), malformed, 0, 0},
		{"two hashes", more(wire.Payload{Type: wire.HashPayload, Body: make([]byte, 20)}), malformed, 0, 0},
		{"two IDs", more(wire.Payload{Type: wire.Identify, Body: []byte{1, 17, 1, 244, 12, 12, 12, 1}}), malformed, 0, 0},
		{"an ID that is cut", body(0, func(b []byte) []byte { return b[:3] }), malformed, 0, 0},
		{"another ID", octet(0, 7, 1), another, 0, 0},
		{"another hash", octet(1, 0, 1), another, 0, 0},
		{"a short hash", body(1, func(b []byte) []byte { return b[:19] }), another, 0, 0},
		{"an initial contact", more(contact), taken, 1, 1},
		{"another notification", more(other), taken, 1, 0},
		{"a contact and another", more(contact, other), taken, 2, 1},
		{"another and a contact", more(other, contact), taken, 2, 1},
		{"no notification", more(wire.Payload{Type: wire.Notification, Body: []byte{1}}), taken, 0, 0},
		{"a vendor ID", more(wire.Payload{Type: wire.VendorID, Body: make([]byte, 16)}), taken, 0, 0},
	} {
		for n, to := range map[int]func(*world) *router{5: responder, 6: initiator} {
			w := newWorld(t)
			r := to(w)
			w.replace(n, func(m []byte) []byte { return r.engine.Reseal(1, m, tt.change) })
			w.a.want()
			w.run(3 * time.Second)
			got := taken
			switch {
			case told[isakmp.Malformed](r) > 0:
				got = malformed
			case told[isakmp.HashMismatch](r) > 0:
				got = another
			}
			if up := r.engine.SAs()[0].Established(); got != tt.want || up != (tt.want == taken) {
				t.Errorf("%s: message %d is %s, want %s; %s said %q", tt.name, n, got, tt.want, r.name, r.take())
			}
			if known := r.engine.SAs()[0].PeerID != ""; known != (tt.want == taken) {
				t.Errorf("%s: message %d: the peer is known: %v", tt.name, n, known)
			}
			if read, contacts := told[isakmp.NotifyRead](r), told[isakmp.InitialContactRead](r); read != tt.read || contacts != tt.contact {
				t.Errorf("%s: message %d: %d notifications are read, %d initial contacts", tt.name, n, read, contacts)
			}
			if tt.want == another {
				if m, _ := find[isakmp.HashMismatch](r); m.Phase != 1 {
					t.Errorf("%s: told of a hash of phase %d", tt.name, m.Phase)
				}
			}
		}
	}
}

// TestSecretsAreForgotten: the halves of key exchanges once the keys are made, the keys with
// the SA.
func TestSecretsAreForgotten(t *testing.T) {
	w := newWorld(t)
	var keys [][]byte
	for _, r := range w.all {
		r.ipsec.flows[0].pfs = 1
		r.engine = isakmp.New(isakmp.Env{
			Clock: r, Rand: &stream{seed: r.name}, Send: r.send, IPsec: r.ipsec, Config: r.config, Emit: r.emit, Spend: r.Spend,
			Keyed: func(k isakmp.Keying) { keys = append(keys, k.CipherKey) },
		})
	}
	w.losing(func(n int, _ []byte) bool { return n == messages }) // so that the responder waits
	w.a.want()
	w.run(3 * time.Second)
	for _, r := range w.all {
		if r.engine.KeepsSecrets(1) {
			t.Errorf("%s keeps secrets", r.name)
		}
	}
	w.run(20 * time.Second)
	w.a.engine.ClearAll()
	w.run(3 * time.Minute)
	if len(keys) != 2 || len(w.a.engine.SAs())+len(w.b.engine.SAs()) != 0 {
		t.Fatalf("%d keys are told", len(keys))
	}
	for _, k := range keys {
		if string(k) != string(make([]byte, 8)) {
			t.Errorf("%x is left", k)
		}
	}
}

// TestSharedSecretIsForgotten: nothing of what main mode's keys are made of is left.
func TestSharedSecretIsForgotten(t *testing.T) {
	var shared []byte
	defer isakmp.AuthenticateBy(isakmp.Badge{Mine: "gold", Theirs: "gold", Shared: &shared})()
	w := newWorld(t)
	for _, r := range w.all {
		r.config.Keys = nil
		r.policy(func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature })
	}
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() || len(shared) != 96 {
		t.Fatalf("up %v, a secret of %d octets", w.up(), len(shared))
	}
	if string(shared) != string(make([]byte, 96)) {
		t.Errorf("%x is left", shared)
	}
}
