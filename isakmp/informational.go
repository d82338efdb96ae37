package isakmp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// informational takes a message of an informational exchange (RFC 2409 §5.7).
func (s *sa) informational(h wire.Header, raw []byte) {
	if !h.Encrypted() {
		s.unsigned(h, raw)
		return
	}
	if !s.complete() || h.MessageID == 0 {
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: InputInfoNotify, State: string(s.state)})
		return
	}
	if s.node(h.MessageID) != nil || s.idRetired(h.MessageID) {
		s.e.emit(Duplicate{SA: s.ref(), Phase: 2})
		return
	}
	m, err := s.open(h, raw, s.keys.ExchangeIV(s.iv, h.MessageID))
	if err == nil && (!m.signed() || len(m.payloads) < 2) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		return
	}
	if !s.roomForNode() {
		return
	}
	s.e.emit(NodeSet{Node: h.MessageID})
	s.e.emit(Processing{SA: s.ref(), Payload: wire.HashPayload, Message: h.MessageID})
	s.e.spend(costHash)
	if !keymat.Equal(m.body(wire.HashPayload), s.keys.Authenticate(h.MessageID, m.afterHash())) {
		s.e.emit(HashMismatch{SA: s.ref(), Phase: 2})
		return
	}
	s.authentic()
	n := s.newNode(h.MessageID, Responder)
	s.errors = 0
	for _, p := range m.payloads[1:] {
		if s.deleted {
			return
		}
		switch p.Type {
		case wire.Notification:
			n.readNotify(p.Body)
		case wire.DeletePay:
			n.readDelete(p.Body)
		}
	}
	if !n.done {
		n.informed()
	}
}

// unsigned: anyone can have sent it, so nothing follows.
func (s *sa) unsigned(h wire.Header, raw []byte) {
	m, err := s.open(h, raw, nil)
	if err != nil {
		s.malformed(err)
		return
	}
	if _, ok := m.first(wire.Notification); !ok {
		s.e.emit(NotEncrypted{Remote: s.remote.Addr()})
		return
	}
	s.e.emit(NotifyWithoutHash{SA: s.ref()})
	if s.state != StateP1Complete {
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: InputInfoNotify, State: string(s.state)})
	}
	s.transition(FromPeer, InputInfoNotify, s.state)
	s.e.emit(ModeFailed{Mode: ModeInformational, Remote: s.remote.Addr()})
}

// informed ends an informational exchange of the peer's.
func (n *node) informed() { n.finish(false, "Informational (in) state 1") }

// inform sends a payload in an informational exchange of our own. say speaks
// between the new message ID and the packet.
func (s *sa) inform(kind uint8, body []byte, say func(id uint32)) {
	id := s.newMessageID()
	s.e.emit(NodeSet{Node: id})
	if say != nil {
		say(id)
	}
	list := []wire.Payload{{Type: kind, Body: body}}
	s.e.spend(costHash)
	hash := s.keys.Authenticate(id, wire.AppendPayloads(nil, list))
	list = append([]wire.Payload{{Type: wire.HashPayload, Body: hash}}, list...)
	b, _ := s.seal(wire.ExchangeInformational, id, s.keys.ExchangeIV(s.iv, id), list)
	s.retireID(id)
	s.put(b)
	s.e.emit(NodePurged{SA: s.ref(), Node: id})
}

// notify sends a notification.
func (s *sa) notify(n wire.Notify, say func()) {
	s.inform(wire.Notification, wire.AppendNotify(nil, n), func(id uint32) {
		s.e.emit(NotifySent{SA: s.ref(), Type: n.Type, Protocol: n.Protocol, SPI: s.e.pointer(), Node: id})
		if say != nil {
			say()
		}
	})
}

// notifySPI is what IOS shows of a notification's SPI: phase 1's is 0.
func notifySPI(n wire.Notify) uint32 {
	if len(n.SPI) == 4 {
		return binary.BigEndian.Uint32(n.SPI)
	}
	return 0
}

// readNotify acts on a notification.
func (n *node) readNotify(body []byte) {
	s, e := n.s, n.s.e
	notify, err := wire.ParseNotify(body)
	if err != nil {
		s.malformed(err)
		return
	}
	e.emit(NotifyRead{
		SA: s.ref(), Type: notify.Type, Protocol: notify.Protocol, SPI: notifySPI(notify), Message: n.id,
	})
	if notify.Type != wire.NotifyAreYouThere && notify.Type != wire.NotifyAreYouThereAck {
		s.heardFromPeer()
	}
	var failed []uint32
	var lost uint32
	switch {
	case notify.Type == wire.NotifyAreYouThere && len(notify.Data) == 4:
		if !n.done {
			n.informed()
		}
		s.transition(FromPeer, InputInfoNotify, s.state)
		s.answerDPD(binary.BigEndian.Uint32(notify.Data))
		return
	case notify.Type == wire.NotifyAreYouThereAck && len(notify.Data) == 4:
		s.dpdAnswered(binary.BigEndian.Uint32(notify.Data))
	case notify.Type == wire.NotifyInitialContact:
		s.initialContact()
	case notify.Type == wire.NotifyResponderLifetime && notify.Protocol == ProtoISAKMP:
		s.adjustLifetime(notify)
	case notify.Type == wire.NotifyInvalidSPI:
		lost = notifySPI(notify)
	case notify.Type <= wire.NotifyLastError:
		failed = s.larval(notify)
	}
	if !n.done {
		n.informed()
	}
	s.transition(FromPeer, InputInfoNotify, s.state)
	s.report(failed)
	if lost != 0 {
		e.env.IPsec.PeerDeleted(s.remote, ProtoESP, []uint32{lost})
	}
}

// larval: the peer refused a quick mode. The SPI is that of the SA which was to
// be, in our request or in our answer to its own. Many peers leave it out, or
// name the SA of phase 1: then it is the request that has waited the longest.
func (s *sa) larval(notify wire.Notify) []uint32 {
	spi := notifySPI(notify)
	for _, n := range s.nodes {
		named := n.spi == spi && (n.state == NodeIQM1 || n.state == NodeRQM2)
		if !n.done && (named || spi == 0 && n.state == NodeIQM1) {
			s.e.emit(LarvalDeleted{SA: s.ref(), SPI: n.spi, Node: n.id})
			n.finish(true, "Delete Larval")
			return []uint32{n.spi}
		}
	}
	return nil
}

// readDelete acts on a delete payload.
func (n *node) readDelete(body []byte) {
	s, e := n.s, n.s.e
	d, err := wire.ParseDelete(body)
	if err != nil {
		s.malformed(err)
		return
	}
	e.emit(Processing{SA: s.ref(), Payload: wire.DeletePay, Message: n.id})
	s.heardFromPeer()
	switch {
	case d.Protocol == ProtoISAKMP:
		for _, spi := range d.SPIs {
			n.deletePhase1(spi)
		}
	case len(d.SPIs[0]) == 4:
		e.emit(NoParanoidKeepalives{SA: s.ref()})
		if !n.done {
			n.informed()
		}
		var spis []uint32
		for _, b := range d.SPIs {
			spis = append(spis, binary.BigEndian.Uint32(b))
		}
		e.env.IPsec.PeerDeleted(s.remote, d.Protocol, spis)
	}
}

// deletePhase1 ends the SA with those cookies, which may be another one between
// the same two.
func (n *node) deletePhase1(spi []byte) {
	for _, s := range append([]*sa(nil), n.s.e.sas...) {
		if n.s.sameAndComplete(s) && string(s.spi()) == string(spi) {
			failed := s.end(ending{
				reason: "No reason", notify: true, class: Internal, input: InputPhase1Del,
				decided: func() {
					if !n.done {
						n.informed()
					}
				},
			})
			s.transition(FromPeer, InputMMExch, StateDestroyed)
			s.report(failed)
		}
	}
}
