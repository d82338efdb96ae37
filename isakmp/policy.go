package isakmp

import (
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// policies is every policy in the order of comparison: the default one is
// always there, and last.
func (e *Engine) policies() []Policy {
	var list []Policy
	for _, p := range e.env.Config.Policies {
		if !p.Withheld {
			list = append(list, p)
		}
	}
	return append(list, NewPolicy(DefaultPriority))
}

// attributes puts a policy on the wire, in IOS's order.
func (p Policy) attributes() []wire.Attribute {
	list := []wire.Attribute{wire.Basic(wire.AttrEncryption, uint16(p.Encryption))}
	if p.Encryption == AES {
		list = append(list, wire.Basic(wire.AttrKeyLength, uint16(p.aesBits())))
	}
	return append(list,
		wire.Basic(wire.AttrHash, uint16(p.Hash)),
		wire.Basic(wire.AttrGroup, uint16(p.Group)),
		wire.Basic(wire.AttrAuth, uint16(p.Auth)),
		wire.Basic(wire.AttrLifeType, wire.LifeSeconds),
		wire.Number(wire.AttrLife, uint32(p.Lifetime/time.Second)),
	)
}

func (p Policy) aesBits() int {
	if p.KeyBits == 0 {
		return 128
	}
	return p.KeyBits
}

// readPolicy parses what attributes writes. What is not understood leaves a zero, which no
// policy has. Without a lifetime the default holds (RFC 2407 §4.5.4 has none for
// phase 1).
func readPolicy(attributes []wire.Attribute) Policy {
	p := Policy{Lifetime: DefaultLifetime}
	seconds := false
	for _, a := range attributes {
		switch a.Type {
		case wire.AttrEncryption:
			p.Encryption = Encryption(short(a))
		case wire.AttrHash:
			p.Hash = Hash(short(a))
		case wire.AttrGroup:
			p.Group = int(a.Uint())
		case wire.AttrAuth:
			p.Auth = Auth(short(a))
		case wire.AttrKeyLength:
			p.KeyBits = int(a.Uint())
		case wire.AttrLifeType:
			seconds = a.Uint() == wire.LifeSeconds
		case wire.AttrLife:
			if seconds {
				p.Lifetime = time.Duration(a.Uint()) * time.Second
			}
		}
	}
	return p
}

// short reads a number of 16 bits; what does not fit is the largest, which
// stands for nothing.
func short(a wire.Attribute) uint16 { return uint16(min(a.Uint(), 0xffff)) }

// compare holds an offer against a policy in IOS's order and finds the first
// difference, or 0. Lifetimes never differ: the smaller one wins.
func (p Policy) compare(offer Policy, have credentials) Mismatch {
	_, groupKnown := keymat.LookupGroup(offer.Group)
	switch {
	case offer.Encryption != p.Encryption:
		return MismatchEncryption
	case offer.Encryption == AES && offer.KeyBits != p.aesBits():
		return MismatchKeyLength
	case offer.Hash != p.Hash:
		return MismatchHash
	case offer.Group != p.Group || !groupKnown:
		return MismatchGroup
	case offer.Auth != p.Auth:
		return MismatchAuth
	}
	return have.mismatch(offer.Auth)
}

// choose walks our policies, and inside it the transforms of a proposal, until
// two agree.
func (s *sa) choose(transforms []wire.Transform, have credentials) (chosen Policy, t wire.Transform, ok bool) {
	for _, p := range s.e.policies() {
		for _, t := range transforms {
			s.e.emit(PolicyCheck{SA: s.ref(), Transform: int(t.Number), Priority: p.Priority})
			for _, a := range t.Attributes {
				s.e.emit(AttributeRead{Attribute: a})
			}
			offer := readPolicy(t.Attributes)
			reason := p.compare(offer, have)
			if reason != 0 || t.ID != wire.TransformIKE {
				s.e.emit(PolicyMismatch{SA: s.ref(), Reason: max(reason, MismatchEncryption)})
			}
			accepted := reason == 0 && t.ID == wire.TransformIKE
			s.e.emit(PolicyVerdict{SA: s.ref(), Acceptable: accepted, NextPayload: t.Next})
			if accepted {
				p.KeyBits = offer.KeyBits
				s.offered = offer.Lifetime
				own := p.Lifetime
				p.Lifetime = minLimit(own, offer.Lifetime)
				if s.e.release.LifetimeChosen {
					s.e.emit(LifetimeChosen{SA: s.ref(), Offered: offer.Lifetime, Configured: own, Chosen: p.Lifetime})
				}
				return p, t, true
			}
		}
	}
	s.e.emit(NoOffers{SA: s.ref()})
	s.e.emit(PolicyRefused{SA: s.ref(), Phase: 1})
	return Policy{}, wire.Transform{}, false
}
