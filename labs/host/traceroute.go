package host

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

const defaultHops = 30

// The options of traceroute stand before or after the address.
const tracerouteOptions = `
	{ -n            "Addresses only (always so)"
	| -m            "How far: the largest TTL (30 if not given)"
	  <1-255>:hops  "Hops" }`

func (h *Host) traceroute(c *cli.Call) error {
	target, hops := c.Addr("target"), defaultHops
	if c.Has("hops") {
		hops = c.Int("hops")
	}
	c.Printf("traceroute to %v (%v), %d hops max\n", target, target, hops)
	t := h.stack.StartTraceroute(forwarding.TraceParams{Dst: target, MaxTTL: hops})
	defer t.Stop()
	ttl := 0
	var from string
	for {
		r, ok := t.Next()
		switch {
		case ok:
			if r.TTL != ttl {
				if ttl > 0 {
					c.Print("\n")
				}
				ttl, from = r.TTL, ""
				c.Printf("%2d ", ttl)
			}
			if r.From.IsValid() && r.From.String() != from {
				from = r.From.String()
				c.Printf(" %s", from)
			}
			if r.From.IsValid() {
				c.Printf("  %s ms", thousandths(r.RTT.Microseconds()))
			}
			if r.Mark != "" {
				c.Printf(" %s", linuxMark(r.Mark))
			}
		case t.Done():
			if ttl > 0 {
				c.Print("\n")
			}
			return nil
		default:
			if c.Await(t.Wait) != nil {
				c.Print("\n")
				return nil
			}
		}
	}
}

// linuxMark is the mark of Linux for one of IOS, which differ for what a filter refuses.
func linuxMark(mark string) string {
	if mark == "!A" {
		return "!X"
	}
	return mark
}
