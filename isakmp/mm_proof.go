package isakmp

import (
	"net/netip"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Fifth and sixth message: ID, what proves it and, from an initiator without SAs with
// the peer, INITIAL_CONTACT.

func (s *sa) replyMM5() {
	s.e.spend(costProof)
	s.float()
	var more []wire.Payload
	if s.firstContact() {
		s.e.emit(InitialContactSent{SA: s.ref()})
		more = []wire.Payload{{Type: wire.Notification, Body: wire.AppendNotify(nil, wire.Notify{
			Protocol: ProtoISAKMP, Type: wire.NotifyInitialContact, SPI: s.spi(),
		})}}
	}
	s.send(s.proof(more), true)
}

func (s *sa) replyMM6() { s.send(s.proof(nil), false) }

// firstContact: no SA of either phase with that peer; this one is not up yet. With some left, the
// peer must not be told to drop its half of them.
func (s *sa) firstContact() bool {
	other := s.e.newest(s.local.Addr(), s.remote.Addr(), 0, s.sameAndComplete)
	there := s.e.findPeer(s.local, s.remote) // where a NAT has just sent us, pairs may be left
	return other == nil && s.peer.ipsec == 0 && (there == nil || there.ipsec == 0)
}

// spi is a phase 1 SA's name in notifications and deletes.
func (s *sa) spi() []byte { return append(s.cookieI[:len(s.cookieI):len(s.cookieI)], s.cookieR[:]...) }

// ownIdentity is the body of our ID payload (RFC 2407 §4.6.2).
func (s *sa) ownIdentity() wire.ID {
	id := wire.ID{Type: wire.IDIPv4Addr, Protocol: 17, Port: s.idPort(), Data: s.local.Addr().AsSlice()}
	if s.e.env.Config.HostIdentity && s.e.env.Hostname != nil {
		id.Type, id.Data = wire.IDFQDN, []byte(s.e.env.Hostname())
	}
	return id
}

// proof builds the message that proves who we are.
func (s *sa) proof(more []wire.Payload) packet {
	e := s.e
	id := s.ownIdentity()
	e.emit(Authenticating{SA: s.ref(), ID: id.Type})
	body := wire.AppendID(nil, id)
	e.emit(s.identity(id, s.auth.need()[0]))
	e.emit(IdentityLength{SA: s.ref(), Length: len(body) + 4})
	list := append([]wire.Payload{{Type: wire.Identify, Body: body}}, s.auth.prove(s, body)...)
	return s.seal(append(list, more...))
}

// idPort is the port of an ID payload. On port 4500 it is left out: a NAT changes
// it anyway (RFC 2407 §4.6.2 allows 0 and 500).
func (s *sa) idPort() uint16 {
	if s.local.Port() == nattPort {
		return 0
	}
	return ikePort
}

func (s *sa) identity(id wire.ID, next uint8) Identity {
	return Identity{
		SA: s.ref(), NextPayload: next, Type: id.Type, Data: id.Data,
		Protocol: id.Protocol, Port: id.Port, Length: len(id.Data) + 8,
	}
}

// processProof checks the peer's.
func (s *sa) processProof(m *message) error {
	e := s.e
	e.emit(Processing{SA: s.ref(), Payload: wire.Identify})
	payload, _ := m.first(wire.Identify)
	id, err := wire.ParseID(payload.Body)
	if err != nil {
		return err
	}
	e.emit(s.identity(id, payload.Next))
	e.emit(NoProfile{SA: s.ref()})
	if err := s.auth.check(s, m, payload.Body); err != nil {
		return err
	}
	s.proved = true
	s.peerID = identityText(id)
	s.readProofNotify(m)
	return nil
}

// readProofNotify ends the authentication; a notification beside the proof is
// INITIAL_CONTACT or of no interest.
func (s *sa) readProofNotify(m *message) {
	e := s.e
	contact := false
	for _, p := range m.payloads {
		if p.Type != wire.Notification {
			continue
		}
		if n, err := wire.ParseNotify(p.Body); err == nil {
			e.emit(NotifyRead{SA: s.ref(), Type: n.Type, Protocol: n.Protocol})
			contact = contact || n.Type == wire.NotifyInitialContact
		}
	}
	e.emit(AuthStatus{SA: s.ref()})
	s.authentic()
	e.emit(Authenticated{SA: s.ref()})
	s.followPort()
	if contact {
		e.emit(AuthStatus{SA: s.ref()})
		s.initialContact()
	}
	s.insertPeer()
}

// initialContact: the peer has forgotten everything else between us. What is
// still being negotiated is not forgotten: it began after that.
func (s *sa) initialContact() {
	e := s.e
	e.emit(InitialContactRead{SA: s.ref()})
	for _, old := range append([]*sa(nil), e.sas...) {
		if old != s && s.sameAndComplete(old) {
			old.closeSA(SAInitialContact, false)
		}
	}
	e.env.IPsec.InitialContact(s.local, s.remote)
}

// identityText is an identity as show commands name it.
func identityText(id wire.ID) string {
	if id.Type == wire.IDIPv4Addr {
		return netip.AddrFrom4([4]byte(id.Data)).String()
	}
	if id.Type == wire.IDFQDN || id.Type == wire.IDUserFQDN {
		return wire.Printable(id.Data)
	}
	return ""
}
