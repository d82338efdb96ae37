package ios

import (
	"fmt"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var showInterfaceCommands = []cli.Command{{
	Modes: []string{modeExec},
	Grammar: `show
		interfaces               "State and counters of interfaces"
		[ ( description          "Only descriptions"
		  | INTERFACE:interface  "Interface"
		    [ description        "Only descriptions" ] ) ]`,
	Run: on(func(r *Router, c *cli.Call) error {
		list, err := r.chosenInterfaces(c, "interface")
		if err != nil {
			return err
		}
		if c.Has("description") {
			showDescriptions(c, list)
			return nil
		}
		for _, i := range list {
			c.Print(r.interfaceStatus(i))
		}
		return nil
	}),
}}

// chosenInterfaces is the interface that was typed, or all of them.
func (r *Router) chosenInterfaces(c *cli.Call, variable string) ([]*forwarding.Interface, error) {
	if !c.Has(variable) {
		return r.listedInterfaces(), nil
	}
	i := r.namedInterface(c, variable)
	if i == nil {
		return nil, cli.InvalidAt(variable)
	}
	return []*forwarding.Interface{i}, nil
}

// showDescriptions prints a line an interface. The states are shorter than
// elsewhere.
func showDescriptions(c *cli.Call, list []*forwarding.Interface) {
	c.Print("Interface                      Status         Protocol Description\n")
	for _, i := range list {
		status := i.Status().String()
		if i.Status() == forwarding.AdministrativelyDown {
			status = "admin down"
		}
		c.Printf("%-30s %-14s %-8s %s\n", i.Name().Short(), status, protocolState(i), i.Description)
	}
}

func protocolState(i *forwarding.Interface) string {
	if i.ProtocolUp() {
		return "up"
	}
	return "down"
}

// interfaceStatus is the text of `show interfaces` about one interface.
func (r *Router) interfaceStatus(i *forwarding.Interface) string {
	var w writer
	counters, rates, kind := i.Counters(), i.Rates(), i.Name().Kind
	w.line("%v is %v, line protocol is %s ", i, i.Status(), protocolState(i))
	r.writeHardware(&w, i)
	if i.Description != "" {
		w.line("  Description: %s", i.Description)
	}
	if a := i.Address(); a.IsValid() {
		w.line("  Internet address is %v", a)
	}
	w.line("  MTU %d bytes, BW %d Kbit, DLY %d usec, ", i.MTU(), i.Bandwidth, i.Delay)
	w.line("     reliability 255/255, txload %d/255, rxload %d/255", load(rates.OutBits, i), load(rates.InBits, i))
	w.line("  Encapsulation %s, loopback not set", i.Encapsulation())
	if kind.Physical() {
		w.line("  Keepalive %s", keepaliveText(i))
	}
	r.writeCable(&w, i)
	link := linkTexts[i.Encapsulation()]
	if link.addressed {
		w.line("  ARP type: ARPA, ARP Timeout %s", ageText(i.ARPTimeout))
	}
	w.line("  Last input %s, output %s, output hang never", r.ago(counters.LastInput), r.ago(counters.LastOutput))
	w.line("  Last clearing of \"show interface\" counters %s", r.ago(counters.LastClear))
	w.line("  Input queue: 0/75/%d/0 (size/max/drops/flushes); Total output drops: %d", counters.InDrops, counters.OutDrops)
	w.line("  Queueing strategy: fifo")
	w.line("  Output queue: 0/%d (size/max)", outputQueue(kind))
	w.line("  5 minute input rate %d bits/sec, %d packets/sec", thousands(rates.InBits), rates.InPackets)
	w.line("  5 minute output rate %d bits/sec, %d packets/sec", thousands(rates.OutBits), rates.OutPackets)
	writeCounters(&w, i, counters)
	return w.text.String()
}

// thousands is how IOS rounds a rate in bits.
func thousands(bits int) int { return bits / 1000 * 1000 }

// load is a rate as a part of the bandwidth, in 255ths.
func load(bits int, i *forwarding.Interface) int {
	return min(max(bits*255/(i.Bandwidth*1000), 1), 255)
}

func outputQueue(k forwarding.Kind) int {
	if k.Physical() {
		return 40
	}
	return 0
}

func (r *Router) writeHardware(w *writer, i *forwarding.Interface) {
	hardware := "Unknown"
	switch i.Name().Kind {
	case forwarding.Ethernet:
		hardware = "AmdP2"
	case forwarding.FastEthernet:
		hardware = "Gt96k FE"
	case forwarding.GigabitEthernet:
		hardware = "MV96340 Ethernet"
	case forwarding.TenGigabitEthernet:
		hardware = "Ten Gigabit Ethernet"
	case forwarding.Serial:
		hardware = "GT96K Serial"
	case forwarding.Loopback:
		hardware = "Loopback"
	}
	if linkTexts[i.Encapsulation()].addressed {
		hardware += fmt.Sprintf(", address is %v (bia %v)", i.MAC(), i.MAC())
	}
	w.line("  Hardware is %s", hardware)
}

func keepaliveText(i *forwarding.Interface) string {
	if i.Keepalive == 0 {
		return "not set"
	}
	return fmt.Sprintf("set (%d sec)", i.Keepalive/time.Second)
}

// writeCable is the line about duplex and speed. With nobody at the other end
// there is nothing to negotiate.
func (r *Router) writeCable(w *writer, i *forwarding.Interface) {
	s, kind := r.settings(i), i.Name().Kind
	duplex, speed := "Full-duplex", "100Mb/s"
	if kind == forwarding.GigabitEthernet {
		speed = "1000Mb/s"
	}
	if !i.ProtocolUp() {
		duplex, speed = "Auto-duplex", "Auto Speed"
	}
	switch s.duplex {
	case "full":
		duplex = "Full-duplex"
	case "half":
		duplex = "Half-duplex"
	}
	if s.speed != "" {
		speed = s.speed + "Mb/s"
	}
	switch kind {
	case forwarding.FastEthernet:
		w.line("  %s, %s, 100BaseTX/FX", duplex, speed)
	case forwarding.GigabitEthernet:
		w.line("  %s, %s, media type is T", duplex, speed)
		w.line("  output flow-control is XON, input flow-control is XON")
	case forwarding.TenGigabitEthernet:
		w.line("  Full-duplex, 10Gb/s")
	}
}

func writeCounters(w *writer, i *forwarding.Interface, c forwarding.Counters) {
	link := linkTexts[i.Encapsulation()]
	other := c.InErrors - c.Runts - c.Giants
	w.line("     %d packets input, %d bytes, 0 no buffer", c.InPackets, c.InBytes)
	w.line("     Received %d broadcasts (0 IP multicasts)", c.InBroadcasts)
	w.line("     %d runts, %d giants, 0 throttles", c.Runts, c.Giants)
	w.line("     %d input errors, 0 CRC, %d frame, 0 overrun, 0 ignored%s", c.InErrors, other, link.ignored)
	w.text.WriteString(link.input)
	w.line("     %d packets output, %d bytes, 0 underruns", c.OutPackets, c.OutBytes)
	w.line("     %d output errors, 0 collisions, %d interface resets", c.OutErrors, c.Resets)
	if c.UnknownProtocols > 0 {
		w.line("     %d unknown protocol drops", c.UnknownProtocols)
	}
	if link.collisions {
		w.line("     0 babbles, 0 late collision, 0 deferred")
		w.line("     %d lost carrier, 0 no carrier", c.LostCarrier)
	}
	w.line("     0 output buffer failures, 0 output buffers swapped out")
	if link.pins {
		pin := protocolState(i)
		w.line("     %d carrier transitions", c.LostCarrier)
		w.line("     DCD=%s  DSR=%s  DTR=%s  RTS=%s  CTS=%s", pin, pin, pin, pin, pin)
		w.line("")
	}
}

// linkTexts has what `show interfaces` says of one link layer and not of others, by its
// encapsulation.
var linkTexts = map[string]struct {
	addressed  bool   // there are hardware addresses, and ARP finds them
	ignored    string // the end of the line about input errors
	input      string // the lines after it
	collisions bool   // Ethernet's counters of output
	pins       bool   // the signals of a serial line
}{
	"ARPA": {addressed: true, collisions: true,
		input: "     0 watchdog\n     0 input packets with dribble condition detected\n"},
	"HDLC":     {ignored: ", 0 abort", pins: true},
	"LOOPBACK": {ignored: ", 0 abort"},
}
