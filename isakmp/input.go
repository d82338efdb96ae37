package isakmp

import (
	"bytes"
	"net/netip"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Input takes a datagram that came to UDP 500 or 4500.
func (e *Engine) Input(local, remote netip.AddrPort, b []byte) {
	if local.Port() == nattPort {
		var ok bool
		if b, ok = unmark(b); !ok {
			return
		}
	}
	h, err := wire.ParseHeader(b)
	if err != nil || h.CookieI.IsZero() {
		e.received(local, remote, nil)
		e.emit(BadMessage{Remote: remote.Addr()})
		return
	}
	s := e.lookup(local, remote, h)
	if s == nil {
		e.admit(local, remote, h, b)
		return
	}
	ref := s.ref()
	ref.Local, ref.Remote = local, remote
	e.emit(Received{SA: ref, Message: e.describe(s, h, b)})
	if s.deleted || s.left(local) || bytes.Equal(b, s.sent.raw) {
		return // of the dead, too late (RFC 3947 §4), or our own words come back
	}
	s.at, s.from = local, remote
	e.spend(costReceive)
	s.input(h, b)
}

// lookup finds the SA of a message. The responder's cookie is missing from the
// initiator's first message, and unknown to the initiator until the answer to
// it. Ports change when the ends find a NAT between them, and with the NAT's mood:
// a message that bears both cookies is found by our own.
func (e *Engine) lookup(local, remote netip.AddrPort, h wire.Header) *sa {
	if h.CookieR.IsZero() {
		s := e.byName[saName{remote, h.CookieI}]
		if s != nil && s.role == Responder && h.Exchange == s.driver.number && s.local.Addr() == local.Addr() {
			return s
		}
		return nil
	}
	if s := e.own[h.CookieI]; s != nil && s.role == Initiator {
		if (h.CookieR == s.cookieR || s.cookieR.IsZero()) && s.reachable(local, remote) {
			return s
		}
		return nil
	}
	if s := e.own[h.CookieR]; s != nil && h.CookieI == s.cookieI && s.reachable(local, remote) {
		return s
	}
	return nil
}

// admit decides about a message of no SA that is known: only the first message
// of a phase 1 can make one.
func (e *Engine) admit(local, remote netip.AddrPort, h wire.Header, b []byte) {
	e.received(local, remote, e.describe(nil, h, b))
	d := e.drivers[h.Exchange]
	switch {
	case !h.CookieR.IsZero(), e.byName[saName{remote, h.CookieI}] != nil, d != nil && !d.begins():
		e.emit(NoSA{Remote: remote.Addr()})
		return
	case d == nil:
		e.otherExchange(remote, h)
		return
	}
	s := e.newSA(d, Responder, local, remote)
	first := d.stepFor(Responder, StateReady)
	m, err := s.open(wire.Header{Next: h.Next, CookieI: h.CookieI}, b, nil)
	if err != nil || h.Flags != 0 || h.MessageID != 0 || !m.holds(first.need) {
		e.emit(BadMessage{Remote: remote.Addr()})
		return
	}
	s.began, s.stranger = e.env.Clock.Now(), !e.hasOwnKey(remote.Addr())
	if !e.admitHalfOpen(s) {
		return
	}
	e.spend(costReceive)
	s.cookieI, s.cookieR = h.CookieI, e.cookie()
	s.admitted(first, m)
}

func (e *Engine) otherExchange(remote netip.AddrPort, h wire.Header) {
	if h.Exchange == wire.ExchangeAggressive && e.env.Config.NoAggressive {
		e.emit(AggressiveDisabled{})
		return
	}
	if h.Exchange == wire.ExchangeAggressive {
		e.emit(ModeFailed{Mode: ModeAggressive, Remote: remote.Addr()})
		return
	}
	e.emit(UnknownExchange{Remote: remote.Addr(), Exchange: h.Exchange})
}

// received tells of a message of no SA.
func (e *Engine) received(local, remote netip.AddrPort, m *Message) {
	e.emit(Received{Message: m, SA: SARef{Role: NoRole, Label: LabelNewSA, Local: local, Remote: remote}})
}
