package ios

import (
	"slices"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var interfaceLinkCommands = []cli.Command{
	standard(interfaceRow(`mtu "Largest frame" <64-17940>:bytes "MTU size in bytes"`, setMTU, unsetMTU, "mtu 1400"), "mtu 1500"),
	standard(interfaceRow(`bandwidth "Bandwidth for information only" <1-10000000>:kilobits "Bandwidth in kilobits"`,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			r.settings(i) // holds the type's own
			i.Bandwidth = c.Int("kilobits")
			return nil
		},
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error {
			i.Bandwidth = r.settings(i).ownBandwidth
			return nil
		}, "bandwidth 512"), "bandwidth 100000"),
	standard(interfaceRow(`delay "Delay for information only" <1-16777215>:tens "Tens of microseconds"`,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			r.settings(i) // holds the type's own
			i.Delay = 10 * c.Int("tens")
			return nil
		},
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error {
			i.Delay = r.settings(i).ownDelay
			return nil
		}, "delay 1000"), "delay 10"),
	standard(interfaceRow(`keepalive "Keepalive of the link" [ <0-32767>:seconds "Seconds between keepalives" ]`,
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			if !i.Name().Kind.Physical() {
				return cli.InvalidAt("keepalive")
			}
			i.Keepalive = defaultKeepalive(i)
			if c.Has("seconds") {
				i.Keepalive = time.Duration(c.Int("seconds")) * time.Second
			}
			return nil
		},
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			i.Keepalive = 0
			if c.Default {
				i.Keepalive = defaultKeepalive(i)
			}
			return nil
		}, "keepalive 20", "no keepalive"), "keepalive", "keepalive 10"),
	standard(interfaceRow(`load-interval "Interval for load calculation" <30-600>:seconds "Seconds"`,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			if c.Int("seconds")%30 != 0 {
				return refusal("Interval must be in increments of 30 seconds")
			}
			r.settings(i).loadInterval = c.Int("seconds")
			return nil
		},
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error {
			r.settings(i).loadInterval = defaultLoadInterval
			return nil
		},
		"load-interval 30"), "load-interval 300"),
	etherRow(`
		duplex  "Half or full duplex"
		( auto  "As negotiated"
		| full  "Both directions at once"
		| half  "One direction at a time" )`,
		[]string{"full", "half"}, func(s *interfaceSettings) *string { return &s.duplex }),
	etherRow(`
		speed   "Speed of the cable"
		( 10    "10 Mbit/s"
		| 100   "100 Mbit/s"
		| 1000  "1000 Mbit/s"
		| auto  "As negotiated" )`,
		[]string{"10", "100", "1000"}, func(s *interfaceSettings) *string { return &s.speed }),
	interfaceRow(`
		clock               "Clock of a serial line"
		rate                "Speed of the clock"
		<300-8000000>:bits  "Speed in bits per second"`,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			if i.Name().Kind != forwarding.Serial {
				return cli.InvalidAt("clock")
			}
			r.settings(i).clockRate = c.Int("bits")
			return nil
		},
		func(r *Router, i *forwarding.Interface, _ *cli.Call) error { r.settings(i).clockRate = 0; return nil },
		"clock rate 64000"),
	standard(interfaceRow(`encapsulation "Encapsulation of the link" ( hdlc "Serial HDLC synchronous" )`,
		func(_ *Router, i *forwarding.Interface, _ *cli.Call) error {
			if i.Name().Kind != forwarding.Serial {
				return cli.InvalidAt("encapsulation")
			}
			return nil
		},
		func(*Router, *forwarding.Interface, *cli.Call) error { return nil },
		"encapsulation hdlc"), "encapsulation hdlc"),
}

// etherRow is a property of an Ethernet's cable, one of some words or auto.
func etherRow(grammar string, values []string, field func(*interfaceSettings) *string) cli.Command {
	var name string
	has := func(i *forwarding.Interface, value string) bool {
		k := i.Name().Kind
		return k.Physical() && k != forwarding.Serial && (value != "1000" || k >= forwarding.GigabitEthernet)
	}
	row := interfaceRow(grammar,
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			if !has(i, "") {
				return cli.InvalidAt(name)
			}
			value := c.Which(values...)
			if !has(i, value) {
				return cli.InvalidAt(value)
			}
			*field(r.settings(i)) = value
			return nil
		},
		func(r *Router, i *forwarding.Interface, c *cli.Call) error {
			if !has(i, "") {
				return cli.InvalidAt(name)
			}
			*field(r.settings(i)) = ""
			return nil
		})
	name = row.Words()
	row.Examples, row.Standard = []string{name + " " + values[0], name + " auto"}, []string{name + " auto"}
	return row
}

// defaultLoadInterval is `load-interval` unless configured, in seconds.
const defaultLoadInterval = 300

// defaultKeepalive is `keepalive` unless configured.
func defaultKeepalive(i *forwarding.Interface) time.Duration {
	if i.Name().Kind.Physical() {
		return 10 * time.Second
	}
	return 0
}

func setMTU(r *Router, i *forwarding.Interface, c *cli.Call) error {
	if !i.Name().Kind.Physical() {
		return refuse("%% Interface %s does not support user settable mtu.", i)
	}
	r.settings(i) // holds the type's own
	i.SetMTU(c.Int("bytes"))
	return nil
}

func unsetMTU(_ *Router, i *forwarding.Interface, _ *cli.Call) error {
	i.SetMTU(0)
	return nil
}

func printLinkFigures(r *Router, i *forwarding.Interface, w *writer) {
	s := r.settings(i)
	if i.MTU() != s.ownMTU {
		w.line(" mtu %d", i.MTU())
	}
	if i.Bandwidth != s.ownBandwidth {
		w.line(" bandwidth %d", i.Bandwidth)
	}
}

func printTimers(r *Router, i *forwarding.Interface, w *writer) {
	s := r.settings(i)
	if i.ARPTimeout != forwarding.DefaultARPTimeout {
		w.line(" arp timeout %d", i.ARPTimeout/time.Second)
	}
	if s.loadInterval != defaultLoadInterval {
		w.line(" load-interval %d", s.loadInterval)
	}
	if i.Delay != s.ownDelay {
		w.line(" delay %d", i.Delay/10)
	}
}

func printLinkSettings(r *Router, i *forwarding.Interface, w *writer) {
	s := r.settings(i)
	shown := slices.Contains([]forwarding.Kind{forwarding.FastEthernet, forwarding.GigabitEthernet}, i.Name().Kind)
	if shown || s.duplex != "" {
		w.line(" duplex %s", orAuto(s.duplex))
	}
	if shown || s.speed != "" {
		w.line(" speed %s", orAuto(s.speed))
	}
	switch {
	case i.Keepalive == defaultKeepalive(i):
	case i.Keepalive == 0:
		w.line(" no keepalive")
	default:
		w.line(" keepalive %d", i.Keepalive/time.Second)
	}
	if s.clockRate != 0 {
		w.line(" clock rate %d", s.clockRate)
	}
}

func orAuto(value string) string {
	if value == "" {
		return "auto"
	}
	return value
}
