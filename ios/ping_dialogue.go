package ios

import "github.com/ioslab/ioslab/cli"

// pingAsked is the extended ping, which asks for all that it is to do.
func pingAsked(r *Router, c *cli.Call) error {
	d := &dialogue{router: r, call: c}
	o := newPingOrder()
	if !c.Has("ip") {
		d.protocol("ping")
	}
	o.Dst = d.target()
	o.Count = d.number("Repeat count", pingCount, 1, 2147483647)
	o.Size = d.number("Datagram size", pingSize, minPingSize, maxPingSize)
	o.seconds = d.number("Timeout in seconds", pingSeconds, 0, 3600)
	if d.yes("Extended commands", "n") {
		o.Src = d.source("Source address or interface")
		o.TOS = uint8(d.number("Type of service", 0, 0, 255))
		o.DF = d.yes("Set DF bit in IP header?", "no")
		o.Validate = d.yes("Validate reply data?", "no")
		o.Pattern = d.pattern()
		o.verbose = d.options()
	}
	if d.yes("Sweep range of sizes", "n") {
		o.SweepMin = d.number("Sweep min size", minPingSize, minPingSize, maxPingSize)
		o.SweepMax = d.number("Sweep max size", maxPingSize, o.SweepMin, maxPingSize)
		o.SweepStep = d.number("Sweep interval", 1, 1, maxPingSize)
	}
	if d.over {
		return nil
	}
	return r.ping(c, o)
}
