package labs

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// A trail watches a real packet, and what comes of it, on its way through the lab.
type trail struct {
	lab    *Lab
	report func(pathStep)
	src    netip.Addr // of the first packet
	// known has the packets that belong to it, by their numbers at each node.
	known map[*Node]map[uint64]bool
	// underWay has those that have left a node, as they were then.
	underWay map[string]bool
}

// maxTrail bounds the packets of a trail.
const maxTrail = 4096

// trace sends a packet and reports each step of it, and of what comes of it, for a
// while.
func (l *Lab) trace(first leg, d time.Duration, report func(pathStep), end func(ended bool)) {
	t := &trail{l, report, first.packet.Src(), map[*Node]map[uint64]bool{}, map[string]bool{string(first.packet): true}}
	var removes []func()
	for _, n := range l.nodes {
		if n.device == nil || n.device.stack() == nil {
			continue
		}
		t.known[n] = map[uint64]bool{}
		removes = append(removes, n.device.stack().AddWatch(func(s forwarding.Step) { t.see(n, s) }))
	}
	first.node.device.stack().Inject(first.in, first.packet)
	l.Loop.At(l.Loop.Now()+d, func() {
		for _, remove := range removes {
			remove()
		}
		end(true)
	})
}

func (t *trail) see(n *Node, s forwarding.Step) {
	known := t.known[n]
	if !known[s.Number] && !known[s.Parent] {
		if !s.Begins() || !t.underWay[string(s.Packet)] {
			return
		}
	}
	step := pathStep{node: n, Step: s}
	if len(known) < maxTrail {
		known[s.Number] = true
	}
	step.back = s.Stage == forwarding.StageDeliver && s.Outcome != forwarding.Passed && s.Packet.Dst() == t.src
	if s.Stage == forwarding.StageTransmit && s.Reason == forwarding.Sent {
		if len(t.underWay) < maxTrail {
			t.underWay[string(slices.Clone(s.Packet))] = true
		}
		step.toward, step.wire = t.lab.neighbours(n, s, nil)
	}
	t.report(step)
}
