package isakmp

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// informational is one message of the peer's in an exchange of its own (RFC 2409
// §5.7).
type informational struct{ exchange }

// refuseInformational takes a message that no keys protect.
func (s *sa) refuseInformational(d *driver, h wire.Header, raw []byte) {
	if !h.Encrypted() {
		s.unsigned(d, h, raw)
		return
	}
	s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: d.message, State: string(s.state)})
}

// informational takes a message of an informational exchange.
func (s *sa) informational(d *driver, h wire.Header, raw []byte) {
	if s.find(h.MessageID) != nil || s.idRetired(h.MessageID) {
		s.e.emit(Duplicate{SA: s.ref(), Phase: 2})
		return
	}
	x := &informational{s.begin(d.number, h.MessageID, Responder)}
	x.iv = s.keys.ExchangeIV(s.iv, x.id)
	m, err := s.open(h, raw, x.iv)
	if err == nil && (!m.signed() || len(m.payloads) < 2) {
		err = errMalformed
	}
	if err != nil {
		s.malformed(err)
		return
	}
	if !s.roomFor(Responder, maxNodes) {
		return
	}
	s.e.emit(NodeSet{Node: h.MessageID})
	s.e.emit(Processing{SA: s.ref(), Payload: wire.HashPayload, Message: h.MessageID})
	s.e.spend(costHash)
	if !keymat.Equal(m.body(wire.HashPayload), x.authenticate(m.afterHash())) {
		s.e.emit(HashMismatch{SA: s.ref(), Phase: 2})
		return
	}
	s.authentic()
	x.enter()
	x.accept(m)
	s.errors = 0
	for _, p := range m.payloads[1:] {
		if s.deleted {
			return
		}
		switch p.Type {
		case wire.Notification:
			x.readNotify(p.Body)
		case wire.DeletePay:
			x.readDelete(p.Body)
		}
	}
	x.done()
}

// unsigned: anyone can have sent it, so nothing follows.
func (s *sa) unsigned(d *driver, h wire.Header, raw []byte) {
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
		s.e.emit(UnknownInput{SA: s.ref(), Class: FromPeer, Input: d.message, State: string(s.state)})
	}
	s.transition(FromPeer, d.message, s.state)
	s.e.emit(ModeFailed{Mode: d.mode, Remote: s.remote.Addr()})
}

// done ends the exchange, once.
func (x *informational) done() {
	if !x.deleted {
		x.finish(false, NodeInformed)
	}
}

// inform sends a payload in an informational exchange of our own. say speaks
// between the new message ID and the packet.
func (s *sa) inform(kind uint8, body []byte, say func(id uint32)) {
	x := s.begin(wire.ExchangeInformational, s.newMessageID(), Initiator)
	s.e.emit(NodeSet{Node: x.id})
	if say != nil {
		say(x.id)
	}
	x.iv = s.keys.ExchangeIV(s.iv, x.id)
	b := x.sealHashed(x.authenticate, []wire.Payload{{Type: kind, Body: body}})
	s.retireID(x.id)
	x.put(b, false)
	s.e.emit(NodePurged{SA: s.ref(), Node: x.id})
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
func (x *informational) readNotify(body []byte) {
	s, e := x.s, x.s.e
	notify, err := wire.ParseNotify(body)
	if err != nil {
		s.malformed(err)
		return
	}
	e.emit(NotifyRead{
		SA: s.ref(), Type: notify.Type, Protocol: notify.Protocol, SPI: notifySPI(notify), Message: x.id,
	})
	if notify.Type != wire.NotifyAreYouThere && notify.Type != wire.NotifyAreYouThereAck {
		s.heardFromPeer()
	}
	var failed []uint32
	var lost uint32
	switch {
	case notify.Type == wire.NotifyAreYouThere && len(notify.Data) == 4:
		x.done()
		s.transition(FromPeer, x.driver.message, s.state)
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
	x.done()
	s.transition(FromPeer, x.driver.message, s.state)
	s.report(failed)
	if lost != 0 {
		e.env.IPsec.PeerDeleted(s.remote, protocolOf(notify), []uint32{lost})
	}
}

// protocolOf is the IPsec protocol of a notification's SPI. Where a peer names
// another one, it means ESP.
func protocolOf(n wire.Notify) uint8 {
	if n.Protocol == ProtoAH {
		return ProtoAH
	}
	return ProtoESP
}

// larval: the peer refused a quick mode. The SPI is that of the SA which was to
// be, in our request or in our answer to its own. Many peers leave it out, or
// name the SA of phase 1: then it is the request that has waited the longest.
func (s *sa) larval(notify wire.Notify) []uint32 {
	spi := notifySPI(notify)
	for q := range s.quicks {
		named := q.spi == spi && (q.state == NodeIQM1 || q.state == NodeRQM2)
		if named || spi == 0 && q.state == NodeIQM1 {
			s.e.emit(LarvalDeleted{SA: s.ref(), SPI: q.spi, Node: q.id})
			q.finish(true, NodeRefused)
			return []uint32{q.spi}
		}
	}
	return nil
}

// readDelete acts on a delete payload.
func (x *informational) readDelete(body []byte) {
	s, e := x.s, x.s.e
	d, err := wire.ParseDelete(body)
	if err != nil {
		s.malformed(err)
		return
	}
	e.emit(Processing{SA: s.ref(), Payload: wire.DeletePay, Message: x.id})
	s.heardFromPeer()
	switch {
	case d.Protocol == ProtoISAKMP:
		for _, spi := range d.SPIs {
			x.deletePhase1(spi)
		}
	case len(d.SPIs[0]) == 4:
		e.emit(NoParanoidKeepalives{SA: s.ref()})
		x.done()
		var spis []uint32
		for _, b := range d.SPIs {
			spis = append(spis, binary.BigEndian.Uint32(b))
		}
		e.env.IPsec.PeerDeleted(s.remote, d.Protocol, spis)
	}
}

// deletePhase1 ends the SA with those cookies, which may be another one between
// the same two.
func (x *informational) deletePhase1(spi []byte) {
	for _, s := range append([]*sa(nil), x.s.e.sas...) {
		if x.s.sameAndComplete(s) && string(s.spi()) == string(spi) {
			failed := s.end(ending{
				reason: SADeletedByPeer, notify: true, class: Internal, input: InputPhase1Del,
				decided: x.done,
			})
			s.transition(FromPeer, s.driver.message, StateDestroyed)
			s.report(failed)
		}
	}
}
