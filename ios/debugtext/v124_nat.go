package debugtext

import (
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/nat"
)

// nat124 is `debug ip nat` and what is logged of translations.
var nat124 = []Change{
	Row(Seen, func(w *Words, e nat.Examined) []string {
		side := "o"
		if e.Outbound {
			side = "i"
		}
		return bare("%s: %s: %s (%s) -> (%s) [%d]", natPath(e.Switched), side, nat.ProtocolName(e.Protocol), natEnd(e.Src), natEnd(e.Dst), e.IPID)
	}),
	Row(Seen, func(w *Words, e nat.AddressTranslated) []string {
		return bare("%s: s=%s, d=%s [%d]", natPath(e.Switched), natChange(e.Src, e.NewSrc), natChange(e.Dst, e.NewDst), e.IPID)
	}),
	Row(Transposed, func(w *Words, e nat.IdentifierTranslated) []string {
		return bare("%s: ICMP id=%d->%d", natPath(e.Switched), e.From, e.To)
	}),
	Row(Seen, func(w *Words, e nat.PortAllocated) []string {
		return []string{
			" mapping pointer available mapping:0",
			fmt.Sprintf("NAT: [0] Allocated Port for %s -> %s: wanted %d got %d", e.Local, e.Global, e.Wanted, e.Got),
		}
	}),
	Row(Seen, func(w *Words, e nat.Expiring) []string {
		t := e.Translation
		text := fmt.Sprintf("NAT: expiring %s (%s)", t.InsideGlobal.Addr, t.InsideLocal.Addr)
		if !t.InsideGlobal.Addr.IsValid() {
			text = fmt.Sprintf("NAT: expiring %s (%s)", t.OutsideLocal.Addr, t.OutsideGlobal.Addr)
		}
		if t.Protocol != 0 {
			text += fmt.Sprintf(" %s %d (%d)", nat.ProtocolName(t.Protocol), t.InsideGlobal.ID, t.InsideLocal.ID)
		}
		return []string{text}
	}),
	Row(Seen, func(w *Words, e nat.AllocationFailed) []string {
		return bare("NAT: failed to allocate address for %s, list/map %s", e.Host, e.List+e.RouteMap)
	}),
	Row(Seen, func(w *Words, e nat.TranslationFailed) []string {
		return bare("NAT: translation failed (%s), dropping packet s=%s d=%s", w.NATFailure[e.Reason], e.Src, e.Dst)
	}),
	Log(Seen, Message{Facility: "IPNAT", Severity: 6, Mnemonic: "NAT_CREATED"}, func(w *Words, e nat.Created) string {
		return "Created " + natEntry(e.Translation)
	}),
	Log(Seen, Message{Facility: "IPNAT", Severity: 6, Mnemonic: "NAT_DELETED"}, func(w *Words, e nat.Deleted) string {
		return "Deleted " + natEntry(e.Translation)
	}),
}

// natPath is how lines begin: with a star where the packet was switched by CEF.
func natPath(switched bool) string {
	if switched {
		return "NAT*"
	}
	return "NAT"
}

func natEnd(e nat.Endpoint) string { return fmt.Sprintf("%s, %d", e.Addr, e.ID) }

func natChange(from, to netip.Addr) string {
	if from == to {
		return from.String()
	}
	return from.String() + "->" + to.String()
}

// natEntry is an entry as the log has it: inside local and global, outside local and
// global.
func natEntry(t nat.Translation) string {
	text := nat.ProtocolName(t.Protocol)
	for _, e := range []nat.Endpoint{t.InsideLocal, t.InsideGlobal, t.OutsideLocal, t.OutsideGlobal} {
		text += " " + t.End(e)
	}
	return text
}
