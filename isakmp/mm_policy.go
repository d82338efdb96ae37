package isakmp

import (
	"bytes"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// First and second message: SA and vendor IDs.

// admitted begins the responder's SA with a first message that can be read.
func (s *sa) admitted(first *step, m *message) {
	e := s.e
	s.peer = e.lockPeer(s.local, s.remote, UseResponder)
	e.emit(Ports{Local: s.local.Port(), Remote: s.remote.Port()})
	s.insert()
	s.take(first, m)
}

// insert enters the SA into the table.
func (s *sa) insert() {
	twin := s.e.newest(s.local.Addr(), s.remote.Addr(), 0, func(*sa) bool { return true })
	s.ptr = s.e.pointer()
	s.e.add(s)
	s.e.emit(SAInserted{Ptr: s.ptr, Duplicate: twin != nil})
}

// start begins main mode as the initiator; false when there is no way to
// authenticate.
func (s *sa) start() bool {
	e := s.e
	e.emit(NoAggressive{SA: s.ref()})
	transforms := e.offers(s.credentials())
	if len(transforms) == 0 {
		e.emit(CannotStart{SA: s.ref()})
		return false
	}
	list := []wire.Payload{{Type: wire.SAPayload, Body: wire.AppendSA(nil, wire.SA{
		Situation: wire.IdentityOnly,
		Proposals: []wire.Proposal{{Number: 1, Protocol: ProtoISAKMP, Transforms: transforms}},
	})}}
	s.saBody = list[0].Body
	for _, kind := range e.nattOffers() {
		e.emit(VendorSent{SA: s.ref(), Kind: kind})
		list = append(list, s.vendorPayload(kind))
	}
	s.transition(FromIPsec, s.driver.request, StateIMM1)
	e.emit(MainModeBegun{SA: s.ref()})
	s.send(s.clear(list), true)
	return true
}

// offers is each policy that we could go through with, in order of priority.
func (e *Engine) offers(have credentials) []wire.Transform {
	var list []wire.Transform
	for _, p := range e.policies() {
		_, known := keymat.LookupGroup(p.Group)
		if !have.has(p.Auth) || !known || len(list) == wire.MaxTransforms {
			continue
		}
		list = append(list, wire.Transform{
			Number: uint8(len(list) + 1), ID: wire.TransformIKE, Attributes: p.attributes(),
		})
	}
	return list
}

func (s *sa) processMM1(m *message) error { return s.processOffer(m) }

func (s *sa) processMM2(m *message) error {
	s.cookieR = m.CookieR
	err := s.processOffer(m)
	if err != nil {
		s.cookieR = wire.Cookie{}
	}
	return err
}

// processOffer takes an SA payload and what stands beside it; both sides do it.
func (s *sa) processOffer(m *message) error {
	body, proposal, err := s.takeSA(m)
	if err != nil {
		return err
	}
	s.takeVendors(m)
	if err := s.choosePolicy(m, body, proposal); err != nil {
		return err
	}
	s.takeVendors(m)
	s.label = LabelSASetup
	return nil
}

// takeSA reads the SA payload of a message: its body, and the one proposal in it.
func (s *sa) takeSA(m *message) (body []byte, p wire.Proposal, err error) {
	s.e.spend(costOffer)
	s.e.emit(Processing{SA: s.ref(), Payload: wire.SAPayload})
	body = m.body(wire.SAPayload)
	offer, err := wire.ParseSA(body)
	if err != nil {
		return nil, p, err
	}
	if len(offer.Proposals) != 1 || offer.Proposals[0].Protocol != ProtoISAKMP || offer.Situation != wire.IdentityOnly {
		return nil, p, errMalformed
	}
	return body, offer.Proposals[0], nil
}

// choosePolicy compares a proposal with our policies. The responder prepares its
// answer; the initiator checks that it is one to its offer.
func (s *sa) choosePolicy(m *message, body []byte, proposal wire.Proposal) error {
	e := s.e
	have := s.credentials()
	if have.has(PreShared) {
		e.emit(LocalKeyFound{SA: s.ref()})
	}
	e.emit(ProfilesScanned{})
	if s.role == Initiator && len(proposal.Transforms) != 1 {
		return errMalformed
	}
	chosen, transform, ok := s.choose(proposal.Transforms, have)
	if !ok {
		if s.role == Responder {
			// Once more, as after an acceptance; the deletion comes first.
			s.refused(m)
		}
		return errNoProposal
	}
	if s.role == Initiator && !s.offeredThat(transform) {
		return errDiffering
	}
	s.adopt(chosen)
	if s.role == Responder {
		s.saBody = bytes.Clone(body)
		proposal.Transforms = []wire.Transform{transform}
		s.answer = wire.AppendSA(nil, wire.SA{Situation: wire.IdentityOnly, Proposals: []wire.Proposal{proposal}})
	}
	return nil
}

// offeredThat reports whether the responder's choice is one of our offers,
// lifetime aside.
func (s *sa) offeredThat(t wire.Transform) bool {
	mine, _ := wire.ParseSA(s.saBody) // which we have written ourselves
	for _, o := range mine.Proposals[0].Transforms {
		a, b := readPolicy(o.Attributes), readPolicy(t.Attributes)
		a.Lifetime, b.Lifetime = 0, 0
		if o.Number == t.Number && a == b {
			return true
		}
	}
	return false
}

// adopt gives the SA its policy, whose group is known, its authentication method, its
// connection id and its half of the DH.
func (s *sa) adopt(p Policy) {
	group, _ := keymat.LookupGroup(p.Group)
	s.policy, s.auth = p, authenticatorFor(p.Auth)
	s.e.spend(costDH(p.Group))
	s.pair = group.Generate(s.e.random(group.SecretLen()))
	if !s.e.release.ConnWithKeys {
		s.number()
	}
}

// number gives the SA a connection id, once.
func (s *sa) number() {
	if s.conn == 0 {
		s.conn = s.e.release.FirstConn + s.e.conns
		s.e.conns++
	}
}

func (s *sa) replyMM2() {
	list := []wire.Payload{{Type: wire.SAPayload, Body: s.answer}}
	if s.natt != VendorUnknown {
		s.e.emit(VendorSent{SA: s.ref(), Kind: s.natt})
		list = append(list, s.vendorPayload(s.natt))
	}
	s.send(s.clear(list), true)
}
