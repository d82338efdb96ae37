package ios

import (
	"slices"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/bufcap"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/ios/packet"
)

// packetCaptures are the buffers and points of `monitor capture`, in the order in
// which they were made.
type packetCaptures struct {
	buffers []*bufcap.Buffer
	points  []*bufcap.Point
	unwatch func() // the router is watched; nil: it is not
}

func (c *packetCaptures) buffer(name string) *bufcap.Buffer {
	for _, b := range c.buffers {
		if b.Name == name {
			return b
		}
	}
	return nil
}

func (c *packetCaptures) point(name string) *bufcap.Point {
	for _, p := range c.points {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// pointsOf are the points whose packets go into a buffer.
func (c *packetCaptures) pointsOf(b *bufcap.Buffer) []*bufcap.Point {
	return slices.DeleteFunc(slices.Clone(c.points), func(p *bufcap.Point) bool { return p.Buffer != b })
}

func (r *Router) capturePointMessage(p *bufcap.Point, mnemonic, what string) {
	r.log.Message("BUFCAP", logging.Informational, mnemonic, "Capture Point "+p.Name+" "+what+".")
}

// setActive starts or stops a point. The router is watched while one is active, and
// only then.
func (r *Router) setActive(p *bufcap.Point, active bool) {
	if p.Active == active {
		return
	}
	p.Active = active
	watched := slices.ContainsFunc(r.captures.points, func(p *bufcap.Point) bool { return p.Active })
	switch {
	case watched && r.captures.unwatch == nil:
		r.captures.unwatch = r.bus.Subscribe(event.Packets, r.captureStep)
	case !watched && r.captures.unwatch != nil:
		r.captures.unwatch()
		r.captures.unwatch = nil
	}
	if active {
		p.Starts++
		r.capturePointMessage(p, "ENABLE", "enabled")
		r.limitDuration(p)
	} else {
		r.capturePointMessage(p, "DISABLE", "disabled")
	}
}

// limitDuration stops a point when its buffer has had as much time as it is to have.
func (r *Router) limitDuration(p *bufcap.Point) {
	if p.Buffer.Limits.Duration == 0 {
		return
	}
	start := p.Starts
	r.bootClock().After(time.Duration(p.Buffer.Limits.Duration)*time.Second, func() {
		if p.Starts == start { // not of a later start
			r.setActive(p, false)
		}
	})
}

// captureStep shows the points a packet where it comes in, before all lists, where
// it is this router's own, in clear, and where it goes out, after all else.
func (r *Router) captureStep(e event.Event) {
	s, ok := e.Body.(forwarding.Step)
	if !ok {
		return
	}
	switch {
	case s.Stage == forwarding.StageHeader && s.Outcome == forwarding.Passed:
		r.capture(s.Packet, bufcap.Seen{Path: bufcap.CEF, Direction: bufcap.In, Interface: s.In.String()}, s.In, nil)
	case s.Stage == forwarding.StageReassembleInner && s.Outcome == forwarding.Passed && s.In != nil && r.isOurs(s.Packet):
		r.capture(s.Packet, bufcap.Seen{Path: bufcap.Process, Direction: bufcap.In, Interface: s.In.String()}, s.In, nil)
	case s.Stage == forwarding.StageTransmit && s.Outcome == forwarding.Taken:
		seen := bufcap.Seen{Path: bufcap.CEF, Direction: bufcap.Out, Interface: s.Out.String()}
		if s.In == nil {
			seen.Path, seen.Direction = bufcap.Process, bufcap.FromUs
		}
		r.capture(s.Packet, seen, s.In, s.Out)
	}
}

func (r *Router) isOurs(p packet.IPv4) bool { return r.stack.Table().Local(p.Dst()) != nil }

func (r *Router) capture(p packet.IPv4, seen bufcap.Seen, in, out *forwarding.Interface) {
	for _, point := range r.captures.points {
		b := point.Buffer
		if !point.Sees(seen) || !r.captureFilter(b, p) {
			continue
		}
		if b.Put(bufcap.Element{At: r.Now(), Path: seen.Path, In: shortName(in), Out: shortName(out)}, p) {
			for _, p := range r.captures.pointsOf(b) {
				r.setActive(p, false)
			}
		}
	}
}

// captureFilter asks the buffer's access list, without counting. One that is not
// defined lets everything pass.
func (r *Router) captureFilter(b *bufcap.Buffer, p packet.IPv4) bool {
	if b.Filter == "" {
		return true
	}
	seen := acl.Examine(p)
	return r.lists.Get(b.Filter).Lookup(&seen).Passes()
}

func shortName(i *forwarding.Interface) string {
	if i == nil {
		return ""
	}
	return i.Name().Short()
}
