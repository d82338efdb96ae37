package nat

import (
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// Selector is which entries `clear ip nat translation` means.
type Selector struct {
	All bool // `*`: all but statics
	ESP bool // `esp`: all of ESP

	// The ends of one entry otherwise; those without Addr may be anything. Ports count
	// where there is a protocol. Without one, inside or outside ends that are those of a
	// simple entry mean it and the conversations of it.
	Protocol                    uint8
	InsideGlobal, InsideLocal   Endpoint
	OutsideLocal, OutsideGlobal Endpoint
}

// ClearResult is what became of a Clear.
type ClearResult uint8

// The results.
const (
	Cleared    ClearResult = iota // what was found is deleted
	NotFound                      // `%Translation not found`
	NotDynamic                    // `%Translation not dynamic`: it is a static
)

// Clear deletes entries that traffic has made, and none where the ends are those of a
// static. To clear all or all of ESP always succeeds.
func (n *NAT) Clear(s Selector) ClearResult {
	several := s.All || s.ESP
	found := n.chosen(s.means)
	if !several && slices.ContainsFunc(found, func(e *Entry) bool { return e.static }) {
		return NotDynamic
	}
	found = slices.DeleteFunc(found, func(e *Entry) bool { return e.static })
	n.deleteAll(found)
	if len(found) > 0 || several {
		return Cleared
	}
	return NotFound
}

// means reports whether the selector means the entry.
func (s Selector) means(e *Entry) bool {
	switch {
	case s.All:
		return true
	case s.ESP:
		return e.protocol == packet.ProtoESP
	case s.Protocol != 0 && s.Protocol != e.protocol:
		return false
	}
	ports := s.Protocol != 0
	return s.InsideGlobal.is(e.ig, e.igID, ports) && s.InsideLocal.is(e.il, e.ilID, ports) &&
		s.OutsideLocal.is(e.ol, e.olID, ports) && s.OutsideGlobal.is(e.og, e.ogID, ports)
}

func (p Endpoint) is(a, id uint32, ports bool) bool {
	return !p.Addr.IsValid() || number(p.Addr) == a && (!ports || p.ID == id)
}
