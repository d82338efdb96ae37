package isakmp

import (
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// RESPONDER-LIFETIME (RFC 2407 §4.6.3.1): a responder whose lifetime is shorter
// than the offer takes the offer and says when the end will be.

// shortened is what of the offered lifetime this end cuts, zero where it does
// not.
func (c choice) shortened() Lifetime {
	agreed := c.life.Min(c.own)
	var cut Lifetime
	if agreed.Seconds != c.life.Seconds {
		cut.Seconds = agreed.Seconds
	}
	if agreed.Kilobytes != c.life.Kilobytes {
		cut.Kilobytes = agreed.Kilobytes
	}
	return cut
}

func lifeAttributes(l Lifetime) []byte {
	var list []wire.Attribute
	if l.Seconds != 0 {
		list = append(list, wire.Basic(wire.AttrSALifeType, wire.LifeSeconds), wire.Number(wire.AttrSALife, l.Seconds))
	}
	if l.Kilobytes != 0 {
		list = append(list, wire.Basic(wire.AttrSALifeType, wire.LifeKilobytes), wire.Number(wire.AttrSALife, l.Kilobytes))
	}
	return wire.AppendAttributes(nil, list)
}

// readLife reads the attributes of such a notification: numbered as in phase 2
// for IPsec SAs, and as in phase 1 for the SA of phase 1.
func readLife(n wire.Notify) Lifetime {
	list, _ := wire.ParseAttributes(n.Data) // none where they cannot be read
	var l Lifetime
	var kind uint32
	for _, a := range list {
		switch {
		case a.Type == wire.AttrSALifeType || n.Protocol == ProtoISAKMP && a.Type == wire.AttrLifeType:
			kind = a.Uint()
		case a.Type != wire.AttrSALife && a.Type != wire.AttrLife:
		case kind == wire.LifeSeconds:
			l.Seconds = a.Uint()
		case kind == wire.LifeKilobytes:
			l.Kilobytes = a.Uint()
		}
	}
	return l
}

// readLifetime finds the notification beside the responder's answer.
func (q *quick) readLifetime(m *message) Lifetime {
	s, e := q.s, q.s.e
	var life Lifetime
	for _, p := range m.payloads {
		if p.Type != wire.Notification {
			continue
		}
		notify, err := wire.ParseNotify(p.Body)
		if err != nil {
			continue
		}
		e.emit(NotifyRead{
			SA: s.ref(), Type: notify.Type, Protocol: notify.Protocol, SPI: notifySPI(notify), Message: q.id,
		})
		if notify.Type == wire.NotifyResponderLifetime && notify.Protocol == ProtoESP {
			life = life.Min(readLife(notify))
			e.emit(ResponderLifetime{SA: s.ref(), Phase: 2, Seconds: life.Seconds, Kilobytes: life.Kilobytes})
		}
	}
	return life
}

// notifyLifetime tells the initiator when the SA of phase 1 will end.
func (s *sa) notifyLifetime() {
	data := wire.AppendAttributes(nil, []wire.Attribute{
		wire.Basic(wire.AttrLifeType, wire.LifeSeconds),
		wire.Number(wire.AttrLife, uint32(s.policy.Lifetime/time.Second)),
	})
	s.notify(wire.Notify{
		Protocol: ProtoISAKMP, Type: wire.NotifyResponderLifetime, SPI: s.spi(), Data: data,
	}, nil)
}

// adjustLifetime is the initiator's side of it. Only shorter is believed.
func (s *sa) adjustLifetime(n wire.Notify) {
	l := readLife(n)
	if l.Seconds == 0 {
		return
	}
	s.e.emit(ResponderLifetime{SA: s.ref(), Phase: 1, Seconds: l.Seconds})
	if d := time.Duration(l.Seconds) * time.Second; d < s.policy.Lifetime {
		s.setLifetime(d)
	}
}
