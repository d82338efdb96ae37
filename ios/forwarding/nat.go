package forwarding

import (
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// A Translator is NAT as the way of a packet sees it, such as a *nat.NAT.
type Translator interface {
	// Outbound decides about a packet that is to cross from inside to outside.
	Outbound(p packet.IPv4, way nat.Way, assumed ...nat.Decision) nat.Decision
	// Inbound decides about a packet that has come in from outside; way is that of its
	// answer. Both go on as if the assumed decisions had been applied.
	Inbound(p packet.IPv4, way nat.Way, assumed ...nat.Decision) nat.Decision
}

// A translation is what a stage of NAT has decided about a packet.
type translation struct {
	nat.Decision
	before packet.IPv4
}

// translateIn translates what has come in from outside. It comes before delivery, as
// the global address may be one of this router's.
func (s *Stack) translateIn(t *transit) verdict {
	t.nat = nil
	if s.NAT == nil || t.made() || t.in.NAT != Outside {
		return passed(NoReason)
	}
	return t.translate(s.NAT.Inbound(t.packet, nat.Way{Out: t.in.String()}, t.assumed.decisions()...))
}

// translateOut translates what leaves to the outside. Errors about the packet go back to
// its sender as if there were no NAT.
func (s *Stack) translateOut(t *transit) verdict {
	t.nat = nil
	if s.NAT == nil || !t.out.NAT.crosses(t.made(), t.side()) {
		return passed(NoReason)
	}
	before := t.packet
	v := t.translate(s.NAT.Outbound(before, nat.Way{Out: t.out.String(), NextHop: t.nextHop, Self: t.made()}, t.assumed.decisions()...))
	if v.reason == Translated {
		t.sent = before
	}
	return v
}

// side is the side that the packet has come in on.
func (t *transit) side() NATSide {
	if t.made() {
		return None
	}
	return t.in.NAT
}

// translate turns a decision into a verdict.
func (t *transit) translate(d nat.Decision) verdict {
	t.nat = &translation{d, t.packet}
	t.assumed.translated(d)
	switch d.Verdict {
	case nat.Translated:
		if len(d.Packets) > 1 {
			return replaced(Translated, d.Packets...)
		}
		t.packet = d.Packets[0]
		return passed(Translated)
	case nat.Refused:
		return dropped(NoTranslation)
	case nat.Held:
		return taken(FragmentAwaitsFirst)
	}
	return passed(NotTranslated)
}

// applyTranslation applies what NAT has decided.
func (s *Stack) applyTranslation(t *transit, v verdict) {
	if v.reason == NoReason {
		return
	}
	if t.nat.Apply != nil {
		t.nat.Apply()
	}
	if v.reason == NoTranslation {
		s.sendUnreachable(t, packet.UnreachHost)
	}
}
