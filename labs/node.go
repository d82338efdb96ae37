package labs

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

// A Node is a router, a host or a switch of a lab.
type Node struct {
	Name string
	Kind topology.Kind

	lab     *Lab
	file    *topology.Node
	proc    *loop.Processor
	device  device // nil for a switch
	watches []*watch
}

// A device is what a node with a console is made of: a router or a host.
type device interface {
	// attach gives it an interface whose frames leave by send.
	attach(name string, send func(frame []byte)) (*forwarding.Port, error)
	// boot switches it on, or off and on.
	boot() error
	hostname() string
	// stack is its IP, which a reload makes anew.
	stack() *forwarding.Stack
	console() *cli.Session
	// caused does what an order to the lab is the cause of.
	caused(order string, do func())
}

func (l *Lab) newNode(f *topology.Node) (*Node, error) {
	n := &Node{Name: f.Name, Kind: f.Kind, lab: l, file: f, proc: loop.NewProcessor(l.Loop)}
	var err error
	switch f.Kind {
	case topology.Router:
		n.device, err = newRouter(n)
	case topology.Host:
		n.device = newHost(n)
	case topology.Bridge:
		l.newBridge(f.Name)
		if f.Unread > 0 {
			l.report(source.Errorf(l.File.Path, f.Unread, "the startup-config of %s is not read: a switch has no commands here and bridges all its ports", f.Name))
		}
		return n, nil
	}
	if err != nil {
		return nil, err
	}
	for _, k := range l.File.Links {
		for _, e := range k.Ends {
			if e.Node == n.Name {
				if err := n.connect(e, l.ends[e]); err != nil {
					return nil, err
				}
			}
		}
	}
	return n, nil
}

// connect attaches an interface to its end of a link. Frames leave when the
// processor has got to them, and come in when it is free.
func (n *Node) connect(e topology.Endpoint, end *link.End) error {
	p, err := n.device.attach(e.Interface, func(frame []byte) { end.Send(n.proc.Now(), frame) })
	if err != nil {
		return err
	}
	end.Attach(
		func(frame []byte) {
			if !n.proc.Deliver(func() { p.Receive(frame) }) {
				p.Overrun(1)
			}
		},
		func(up bool) {
			caused := n.causes()
			n.proc.Post(func() { caused(func() { p.SetCarrier(up) }) })
		})
	n.lab.ports[e] = p
	p.SetCarrier(end.Carrier())
	p.OnSignal(func(on bool) { end.SetOff(!on) })
	return nil
}

func (l *Lab) newBridge(name string) {
	b := link.NewBridge(l.Loop)
	for _, k := range l.File.Links {
		for _, e := range k.Ends {
			if e.Node == name {
				b.AddPort(l.ends[e])
			}
		}
	}
}

// causes returns what runs f as caused by the order that the lab has been given in
// this instant, if it has.
func (n *Node) causes() func(f func()) {
	l := n.lab
	if l.ordered == "" || l.orderedAt != l.Loop.Now() {
		return func(f func()) { f() }
	}
	order := l.ordered
	return func(f func()) { n.device.caused(order, f) }
}

func (n *Node) boot() error {
	if n.device == nil {
		return nil
	}
	n.proc.Reset()
	return n.device.boot()
}

// Hostname is the name that the node's prompt shows.
func (n *Node) Hostname() string { return n.device.hostname() }

// Console is the session on the node's console, nil before the node was first
// switched on. A reload makes a new one.
func (n *Node) Console() *cli.Session { return n.device.console() }

// Do runs f on the node's processor as soon as it is free: typed keys and lines
// arrive by it.
func (n *Node) Do(f func()) { n.proc.Post(f) }

// IsRouter tells a router from a host.
func (n *Node) IsRouter() bool { return n.Kind == topology.Router }
