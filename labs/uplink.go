package labs

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
	"github.com/ioslab/ioslab/labs/wire"
)

// An uplink is the end of a link on the host: what comes off the link leaves by the
// wire, and the other way round.
//
//	node <=> End 0 == link == End 1 <=> uplink <=> wire.Wire <=> the host
//	          on the lab's loop            |         its own goroutines
type uplink struct {
	lab  *Lab
	file *topology.Link
	node *Node
	port *forwarding.Port // nil on a switch
	end  *link.End
	wire *wire.Wire // nil until it is opened
	// The framing of a link whose wire carries bare packets; nil where it carries
	// the link's own frames.
	framing framing
}

// layUplinks makes the ends of links that are on the host.
func (l *Lab) layUplinks() {
	for _, f := range l.File.Links {
		if f.Wire == nil {
			continue
		}
		u := &uplink{lab: l, file: f, port: l.ports[f.Ends[0]], end: l.ends[f.Ends[1]]}
		for _, n := range l.nodes {
			if n.Name == f.Ends[0].Node {
				u.node = n
			}
		}
		switch {
		case f.Wire.Kind != wire.TUN:
		case l.File.Serial(f):
			u.framing = serialFraming{}
		default:
			u.framing = newEthernetFraming(l.Loop, u.port, u.end)
		}
		u.end.Attach(u.leave, func(up bool) { u.wire.Signal(up) })
		l.uplinks = append(l.uplinks, u)
	}
}

// openWires opens all of them, or none. Where interfaces may come later those that
// are not there yet are waited for; until then they are as if they had gone.
func (l *Lab) openWires() error {
	for _, u := range l.uplinks {
		for _, w := range wire.Warnings(*u.file.Wire) {
			l.report(w)
		}
		w, err := wire.Attach(*u.file.Wire)
		if l.opts.InterfacesLater && errors.Is(err, wire.ErrNoInterface) {
			l.report(fmt.Errorf("wire %v: waits for an interface %s", u.file.Wire, u.file.Wire.Device))
			w, err = wire.Await(*u.file.Wire), nil
			u.setGone(true)
		}
		if err != nil {
			l.closeWires()
			if u.file.Line > 0 {
				return source.Errorf(l.File.Path, u.file.Line, "%v", err)
			}
			return err
		}
		u.wire = w
	}
	return nil
}

// closeWires closes them all at once: what one of them reads may wait to be written to
// another.
func (l *Lab) closeWires() {
	var all sync.WaitGroup
	for _, u := range l.uplinks {
		if u.wire != nil {
			all.Go(u.wire.Close)
		}
	}
	all.Wait()
}

// start lets frames pass.
func (u *uplink) start() {
	u.wire.Start(
		func() { u.lab.Loop.Do(u.arrive) },
		func(up bool) { u.lab.Loop.Do(func() { u.setGone(!up) }) })
}

// leave sends a frame off the link to the host.
func (u *uplink) leave(frame []byte) {
	if u.framing != nil {
		if frame = u.framing.strip(frame); frame == nil {
			return
		}
	}
	if !u.wire.Send(frame) && u.port != nil {
		u.port.Unsent(1)
	}
}

// arrive puts what came from the host on the link.
func (u *uplink) arrive() {
	frames, dropped := u.wire.Take()
	if dropped > 0 && u.port != nil {
		u.port.Overrun(dropped)
	}
	now := u.lab.Loop.Now()
	for _, frame := range frames {
		if u.framing != nil {
			frame = u.framing.frame(frame)
		}
		if frame != nil {
			u.end.Send(now, frame)
		}
	}
}

// setGone tells the node that the host's device is gone, or back.
func (u *uplink) setGone(gone bool) {
	if u.port == nil {
		u.end.SetOff(gone)
		return
	}
	u.node.Do(func() { u.port.SetGone(gone) })
}
