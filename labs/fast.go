package labs

import (
	"github.com/ioslab/ioslab/labs/fastpath"
	"github.com/ioslab/ioslab/labs/wire"
)

// layFastPaths has the bulk of what passes from wire to wire of one router pass beside
// the loop.
func (l *Lab) layFastPaths() {
	for _, n := range l.nodes {
		var at []*uplink
		for _, u := range l.uplinks {
			if u.node == n && n.IsRouter() {
				at = append(at, u)
			}
		}
		if len(at) < 2 {
			continue
		}
		wires := make([]fastpath.Wire, len(at))
		for i, u := range at {
			wires[i] = fastpath.Wire{Port: u.port, Out: u.wire, Bare: u.wire.Layer() == wire.Packets, Clear: u.end.Clear}
		}
		p := fastpath.New(l.Loop, wires)
		for i, u := range at {
			u.wire.ReadBy(p.Lane(i).Serve)
		}
		p.Start()
	}
}
