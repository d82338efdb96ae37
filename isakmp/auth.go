package isakmp

import (
	"slices"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// authenticator is an authentication method of phase 1 (RFC 2409 §5): what it
// takes, and how an end proves by it who it is.
type authenticator interface {
	// method is its number in policies and offers.
	method() Auth
	// find looks for what the method takes to authenticate with the SA's peer, says
	// what it found, and reports whether that is enough.
	find(*sa) bool
	// mismatch is what is wrong with an offer of the method when find reports false.
	mismatch() Mismatch
	// material adds to what the keys of phase 1 are made of.
	material(*sa, *keymat.Material) error
	// need is the payloads that prove an identity, in their order; they follow it.
	need() []uint8
	// prove makes them for our identity, the body of an ID payload.
	prove(s *sa, id []byte) []wire.Payload
	// check checks the peer's, for the body of its ID payload.
	check(s *sa, m *message, id []byte) error
}

// authenticators are the methods that there are.
var authenticators = []authenticator{preShared{}}

// authenticatorFor is the method of that number, nil where it is not supported.
func authenticatorFor(method Auth) authenticator {
	for _, a := range authenticators {
		if a.method() == method {
			return a
		}
	}
	return nil
}

// credentials are the methods by which the two ends could authenticate.
type credentials []Auth

// credentials finds out what there is for the SA's peer.
func (s *sa) credentials() (found credentials) {
	for _, a := range authenticators {
		if a.find(s) {
			found = append(found, a.method())
		}
	}
	return found
}

func (c credentials) has(method Auth) bool { return slices.Contains(c, method) }

// mismatch is what speaks against a method, 0 where nothing does.
func (c credentials) mismatch(method Auth) Mismatch {
	a := authenticatorFor(method)
	switch {
	case a == nil:
		return MismatchAuth
	case !c.has(method):
		return a.mismatch()
	}
	return 0
}
