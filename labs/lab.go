package labs

import (
	"fmt"
	"io"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/capture"
	"github.com/ioslab/ioslab/labs/link"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// Options make a lab of a topology.
type Options struct {
	Entropy *loop.Entropy
	Version string // of IOS, where the file does not say; "" is the default
	// State keeps NVRAM and what lasts of flash:. Nil keeps NVRAM in memory.
	State storage.Storage
	// Files has the files that orders name which are typed at the lab's own terminal; nil
	// is memory. Orders from other terminals name none.
	Files storage.Storage

	// Terminal is what a node's console is shown on. Its Comment is the lab's.
	Terminal func(n *Node) cli.Options
	// InterfacesLater has eth wires wait for interfaces that are not there yet, as
	// in a container, which is given its interfaces when it runs.
	InterfacesLater bool
	// TellLoose has it reported where a router's configuration has an interface at work
	// to which nothing is attached.
	TellLoose bool
	// Show is told which console the user wants to see, and at which console that was
	// typed (nil where it was at none); its error is shown there. Nil where there is no
	// choice.
	Show func(at, wanted *Node) error
	// Stdout takes what is captured to standard output; nil where that shows a console.
	Stdout io.WriteCloser
	// Report is told what a node passed over in its startup-config or commands.
	Report func(err error)
}

// A Lab is a topology at work.
type Lab struct {
	Loop *loop.Loop
	File *topology.File

	// Failures are the checks that failed, such as an `until` that missed, and the
	// orders that could not be carried out when their time came.
	Failures []error

	opts     Options
	state    storage.Storage // that of the options, or memory
	nodes    []*Node
	ends     map[topology.Endpoint]*link.End
	ports    map[topology.Endpoint]*forwarding.Port
	uplinks  []*uplink
	captures []*captureFile // those that are open

	ordered   string // the last order
	orderedAt time.Duration
	keyFiles  *capture.KeyFiles
}

// New builds a lab. Its nodes are switched off; Boot starts them.
func New(file *topology.File, o Options) (*Lab, error) {
	l := &Lab{Loop: loop.New(), File: file, opts: o, state: o.State, ends: map[topology.Endpoint]*link.End{}, ports: map[topology.Endpoint]*forwarding.Port{}}
	if l.state == nil {
		l.state = storage.NewMemory()
	}
	if l.opts.Files == nil {
		l.opts.Files = storage.NewMemory()
	}
	l.cable()
	for _, f := range file.Nodes {
		n, err := l.newNode(f)
		if err != nil {
			return nil, err
		}
		l.nodes = append(l.nodes, n)
	}
	l.layUplinks()
	return l, nil
}

// cable lays the links; the nodes are attached as they are made.
func (l *Lab) cable() {
	for _, f := range l.File.Links {
		a, b := f.Ends[0], f.Ends[1]
		name := fmt.Sprintf("link %s:%s %s:%s", a.Node, a.Interface, b.Node, b.Interface)
		k := link.New(l.Loop, l.opts.Entropy.Source(name, "chance"), f.Settings)
		l.ends[a], l.ends[b] = k.End(0), k.End(1)
	}
}

// Boot opens the wires to the host, switches all nodes on and lets virtual time
// pass until they are at work.
func (l *Lab) Boot() error {
	if err := l.openWires(); err != nil {
		return err
	}
	for _, n := range l.nodes {
		if err := n.boot(); err != nil {
			l.closeWires()
			return err
		}
	}
	l.Loop.RunUntil(l.Loop.Now() + ios.BootTime)
	return nil
}

// Bind ties the lab to the wall clock; from now on frames pass the wires.
func (l *Lab) Bind() {
	l.Loop.Bind()
	l.layFastPaths()
	for _, u := range l.uplinks {
		u.start()
	}
}

// Close ends all wires, consoles and captures; commands that wait are broken off.
func (l *Lab) Close() {
	l.closeWires()
	defer l.closeCaptures()
	defer l.closeKeys()
	for _, n := range l.Nodes() {
		if c := n.Console(); c != nil {
			c.Close()
		}
	}
}

// Nodes lists the nodes that have a console, in the order of the file.
func (l *Lab) Nodes() []*Node {
	var list []*Node
	for _, n := range l.nodes {
		if n.device != nil {
			list = append(list, n)
		}
	}
	return list
}

// Node returns the node of that name with a console, nil where there is none.
func (l *Lab) Node(name string) *Node {
	for _, n := range l.Nodes() {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// Tap shows see every frame at an interface until remove is called; see must not
// keep or change it.
func (l *Lab) Tap(e topology.Endpoint, see func(at time.Duration, sent bool, frame []byte)) (remove func(), err error) {
	end := l.ends[e]
	if end == nil {
		return nil, fmt.Errorf("there is no link at %s:%s", e.Node, e.Interface)
	}
	return end.Tap(see), nil
}

func (l *Lab) report(err error) {
	if l.opts.Report != nil {
		l.opts.Report(err)
	}
}

// fail records an error for which no caller waits. In virtual time the caller that runs
// the lab prints the failures at its end.
func (l *Lab) fail(err error) {
	l.Failures = append(l.Failures, err)
	if !l.Loop.Virtual() {
		l.report(err)
	}
}
