package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// packetDebug is what `debug ip packet`, `debug ip icmp` and `debug ip udp` have
// switched on. They read the steps of packets, none of which takes the fast path
// meanwhile.
type packetDebug struct {
	packets, icmp, udp bool
	detail             bool   // of packets
	list               string // only packets that it permits; "" is all
	cut                uint64 // the packet that has been cut into fragments last
	stop               func() // the reader; nil where there is none
}

const debugListGrammar = ` ( <1-199>:list "Access list" | <1300-2699>:list "Access list (expanded range)" ) `

// debugIPPacket is the switch of `debug ip packet`.
var debugIPPacket = debugSwitch{
	words: `ip "IP information" packet "Packets that the processor handles" [ ` +
		debugListGrammar + ` [ detail "What they carry, too" ] | detail "What they carry, too" [ ` + debugListGrammar + ` ] ]`,
	group: "Generic IP",
	turn: func(r *Router, c *cli.Call, on bool) string {
		d := &r.packetDebug
		if !on && c != nil { // what was on goes
			message := d.message(false)
			d.packets, d.detail, d.list = false, false, ""
			r.readPackets()
			return message
		}
		d.packets, d.detail, d.list = on, false, ""
		if c != nil {
			d.detail, d.list = c.Has("detail"), c.Str("list")
		}
		r.readPackets()
		return d.message(on)
	},
	shown: func(r *Router) []string {
		if !r.packetDebug.packets {
			return nil
		}
		return []string{r.packetDebug.message(true)}
	},
}

func (d *packetDebug) message(on bool) string {
	message := debuggingIs("IP packet", on)
	if d.detail {
		message += " (detailed)"
	}
	return ofList(message, d.list)
}

// debugOfPackets is the switch of `debug ip icmp` or `debug ip udp`.
func debugOfPackets(words, name string, at func(*packetDebug) *bool) debugSwitch {
	return debugSwitch{
		words: words, group: "Generic IP",
		turn: func(r *Router, _ *cli.Call, on bool) string {
			*at(&r.packetDebug) = on
			r.readPackets()
			return debuggingIs(name, on)
		},
		shown: func(r *Router) []string {
			if !*at(&r.packetDebug) {
				return nil
			}
			return []string{debuggingIs(name, true)}
		},
	}
}

var (
	debugIPICMP = debugOfPackets(`ip "IP information" icmp "ICMP transactions"`, "ICMP packet",
		func(d *packetDebug) *bool { return &d.icmp })
	debugIPUDP = debugOfPackets(`ip "IP information" udp "UDP transactions"`, "UDP packet",
		func(d *packetDebug) *bool { return &d.udp })
)

// readPackets has the steps of packets read while any of the three is on.
func (r *Router) readPackets() {
	d := &r.packetDebug
	switch on := d.packets || d.icmp || d.udp; {
	case on && d.stop == nil:
		d.stop = r.bus.Subscribe(event.Packets, func(e event.Event) {
			t := stepTeller{Router: r, step: e.Body.(forwarding.Step), serial: e.Serial}
			t.tell()
		})
	case !on && d.stop != nil:
		d.stop()
		d.stop = nil
	}
}
