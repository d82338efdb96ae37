package forwarding

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

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
	return t.translate(s.NAT.Inbound(t.packet, s.wayBack(t.in), t.assumed.decisions()...))
}

// isForInside reports whether NAT takes a packet to this router's address to a host inside.
func (s *Stack) isForInside(t *transit) bool {
	return s.NAT != nil && t.in.NAT == Outside &&
		s.NAT.Inbound(t.packet, s.wayBack(t.in), t.assumed.decisions()...).Verdict == nat.Translated
}

// wayBack is the way of the answer to a packet that has come in on an interface.
func (s *Stack) wayBack(in *Interface) nat.Way {
	return nat.Way{Out: in.String(), Processed: !s.switches(in)}
}

// translateOut translates what leaves to the outside. Errors about the packet go back to
// its sender as if there were no NAT.
func (s *Stack) translateOut(t *transit) verdict {
	t.nat = nil
	if s.NAT == nil || !t.out.NAT.crosses(t.made(), t.side()) {
		return passed(NoReason)
	}
	before := t.packet
	way := nat.Way{Out: t.out.String(), NextHop: t.nextHop, Self: t.made(), Processed: !t.made() && !s.switches(t.in)}
	v := t.translate(s.NAT.Outbound(before, way, t.assumed.decisions()...))
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
		return t.goOnAs(Translated, d.Packets...)
	case nat.Refused:
		return dropped(refusals[d.Reason])
	case nat.Held:
		return taken(FragmentAwaitsFirst)
	}
	return t.goOnAs(NotTranslated, slices.Insert(d.Packets, 0, t.packet)...)
}

// goOnAs is the verdict that the packet goes on as the first of these, and the others,
// fragments that have waited for it, behind it.
func (t *transit) goOnAs(why Reason, packets ...packet.IPv4) verdict {
	if len(packets) > 1 {
		return replaced(why, packets...)
	}
	t.packet = packets[0]
	return passed(why)
}

// refusals are why a packet that NAT refuses is dropped.
var refusals = [...]Reason{
	nat.NoAddress:  NoTranslation,
	nat.TooMany:    TooManyTranslations,
	nat.Taken:      TranslationTaken,
	nat.NoRoom:     TooManyFragments,
	nat.NotCarried: NotTranslatable,
}

// applyTranslation applies what NAT has decided. A host inside is told that there is no
// translation for it.
func (s *Stack) applyTranslation(t *transit, v verdict) {
	if v.reason == NoReason {
		return
	}
	t.nat.Apply()
	if v.reason == NoTranslation && t.out != nil {
		s.sendUnreachable(t, packet.UnreachHost)
	}
}
