package nat

import "github.com/ioslab/ioslab/ios/packet"

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

// Clear deletes entries that traffic has made. To clear all or all of ESP always succeeds.
func (n *NAT) Clear(s Selector) ClearResult {
	result := NotFound
	found := n.chosen(func(e *Entry) bool {
		means := s.means(e)
		if means && e.static {
			result = NotDynamic
		}
		return means && !e.static
	})
	n.deleteAll(found)
	if len(found) > 0 || s.All || s.ESP {
		return Cleared
	}
	return result
}

// means reports whether the selector means the entry.
func (s Selector) means(e *Entry) bool {
	switch {
	case s.All:
		return true
	case s.ESP:
		return e.protocol == packet.ProtoESP && !e.static
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
