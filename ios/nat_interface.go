package ios

import (
	"strconv"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var natInterfaceCommands = []cli.Command{
	standardless(interfaceRow(`ip
		nat         "NAT interface commands"
		( inside    "Inside interface for address translation"
		| outside   "Outside interface for address translation" )`,
		setNATSide, unsetNATSide, "ip nat inside", "ip nat outside")),
	interfaceRow(`ip
		virtual-reassembly           "Virtual Reassembly"
		[ in@15.1                    "Of what comes in" ]
		{ max-reassemblies           "Reassemblies at a time"
		  <1-1024>:max-reassemblies  "Number of reassemblies"
		| max-fragments              "Fragments of a datagram"
		  <1-100>:max-fragments      "Number of fragments"
		| timeout                    "How long a reassembly may take"
		  <1-60>:timeout             "Seconds"
		| drop-fragments             "Drop all fragments" }`,
		setReassembly, unsetReassembly, "ip virtual-reassembly", "ip virtual-reassembly max-fragments 20 timeout 5"),
}

// standardless leaves nothing of a row's `no` form optional.
func standardless(row cli.Command) cli.Command {
	row.No = ""
	return row
}

// reassembly is `ip virtual-reassembly`: what is configured, and shown, of the
// fragments that NAT waits for. 0 is what is so by itself.
type reassembly struct {
	on                               bool
	reassemblies, fragments, timeout int
	dropsAll                         bool
}

func setNATSide(r *Router, i *forwarding.Interface, c *cli.Call) error {
	side := forwarding.Inside
	if c.Has("outside") {
		side = forwarding.Outside
	}
	r.startNAT()
	if i.NAT == side {
		return nil
	}
	i.NAT = side
	r.settings(i).reassembly.on = true
	return nil
}

// unsetNATSide leaves an interface of the other side as it is.
func unsetNATSide(r *Router, i *forwarding.Interface, c *cli.Call) error {
	if c.Has(i.NAT.String()) {
		i.NAT = forwarding.None
		r.settings(i).reassembly = reassembly{}
	}
	return nil
}

func setReassembly(r *Router, i *forwarding.Interface, c *cli.Call) error {
	r.settings(i).reassembly = reassembly{
		on: true, reassemblies: c.Int("max-reassemblies"), fragments: c.Int("max-fragments"), timeout: c.Int("timeout"),
		dropsAll: c.Has("drop-fragments"),
	}
	return nil
}

func unsetReassembly(r *Router, i *forwarding.Interface, _ *cli.Call) error {
	r.settings(i).reassembly = reassembly{}
	return nil
}

// printNATSide prints the side, and what NAT has switched on with it.
func printNATSide(r *Router, i *forwarding.Interface, w *writer) {
	if i.NAT != forwarding.None {
		w.line(" ip nat %s", i.NAT)
	}
	a := r.settings(i).reassembly
	switch {
	case a.on:
		w.line(" ip virtual-reassembly%s", a.options())
	case i.NAT != forwarding.None:
		w.line(" no ip virtual-reassembly")
	}
}

// options are what follows `ip virtual-reassembly`.
func (a reassembly) options() (text string) {
	for _, o := range []struct {
		word  string
		value int
	}{{"max-reassemblies", a.reassemblies}, {"max-fragments", a.fragments}, {"timeout", a.timeout}} {
		if o.value != 0 {
			text += " " + o.word + " " + strconv.Itoa(o.value)
		}
	}
	if a.dropsAll {
		text += " drop-fragments"
	}
	return text
}

// interfaceOfNAT is the NAT virtual interface, which the first line about NAT makes.
const interfaceOfNAT = "NVI0"

// natInterfaceDelay is how long that takes until it is up.
const natInterfaceDelay = time.Second

// startNAT is told that something of NAT is configured.
func (r *Router) startNAT() {
	if r.natStarted {
		return
	}
	r.natStarted = true
	r.bootClock().After(natInterfaceDelay, func() { r.bus.Emit(event.System, event.NATStarted{Interface: interfaceOfNAT}) })
}
