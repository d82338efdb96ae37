package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/nat"
)

// natDebug is what `debug ip nat` has switched on.
type natDebug struct {
	plain    bool   // packets, and entries that go
	list     string // only of addresses that it permits; "" is all
	detailed bool
	stop     func() // the reader; nil where there is none
}

// debugNAT is the switch of `debug ip nat`. An access list counts for both forms.
var debugNAT = debugSwitch{
	words: `ip "IP information" nat "NAT events" [ ( <1-99>:list "Access list" | detailed "NAT detailed events" ) ]`,
	group: "Generic IP",
	turn: func(r *Router, c *cli.Call, on bool) string {
		d := &r.natDebug
		switch {
		case c == nil:
			d.list = ""
			r.debugNAT(on, on)
		case c.Has("detailed"):
			r.debugNAT(d.plain, on)
			return debuggingIs("IP NAT detailed", on)
		default:
			d.list = c.Str("list")
			r.debugNAT(on, d.detailed)
		}
		return d.message(on)
	},
	shown: func(r *Router) (messages []string) {
		if r.natDebug.plain {
			messages = append(messages, r.natDebug.message(true))
		}
		if r.natDebug.detailed {
			messages = append(messages, debuggingIs("IP NAT detailed", true))
		}
		return messages
	},
}

func (d *natDebug) message(on bool) string {
	if !on {
		return debuggingIs("IP NAT", on)
	}
	return ofList(debuggingIs("IP NAT", on), d.list)
}

// debugNAT has debug read the events of NAT while anything of it is on. It wants to see
// each packet, so none takes the fast path meanwhile.
func (r *Router) debugNAT(plain, detailed bool) {
	d := &r.natDebug
	d.plain, d.detailed = plain, detailed
	switch on := plain || detailed; {
	case on && d.stop == nil:
		d.stop = r.bus.Subscribe(event.NAT|event.Packets, r.showNATEvent)
	case !on && d.stop != nil:
		d.stop()
		d.stop = nil
	}
}

// showNATEvent is the reader.
func (r *Router) showNATEvent(e event.Event) {
	if e.Kind != event.NAT {
		return
	}
	of, detail := aboutNAT(e.Body)
	if d := &r.natDebug; detail && !d.detailed || !r.natDebugPermits(d.list, of) {
		return
	}
	r.showEvent(e)
}

// natDebugPermits reports whether the list of `debug ip nat` permits one of the
// addresses.
func (r *Router) natDebugPermits(name string, of []netip.Addr) bool {
	list := r.lists.Get(name)
	if list == nil {
		return true
	}
	for _, a := range of {
		if a.IsValid() && list.Lookup(&acl.Packet{Src: a, Dst: a}).Passes() {
			return true
		}
	}
	return false
}

// aboutNAT tells which addresses an event is about, and whether only the detailed
// debugging shows it.
func aboutNAT(body any) (of []netip.Addr, detail bool) {
	switch e := body.(type) {
	case nat.Examined:
		return []netip.Addr{e.Src.Addr, e.Dst.Addr}, true
	case nat.AddressTranslated:
		return []netip.Addr{e.Src, e.NewSrc, e.Dst, e.NewDst}, false
	case nat.PortAllocated:
		return []netip.Addr{e.Local, e.Global}, true
	case nat.Expiring:
		t := e.Translation
		return []netip.Addr{t.InsideLocal.Addr, t.InsideGlobal.Addr, t.OutsideLocal.Addr, t.OutsideGlobal.Addr}, false
	case nat.AllocationFailed:
		return []netip.Addr{e.Host}, true
	case nat.TranslationFailed:
		return []netip.Addr{e.Src, e.Dst}, false
	}
	return nil, false
}
