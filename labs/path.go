package labs

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/topology"
)

const (
	// maxVisits is how often a packet comes to an interface before it is said to go in a
	// circle: it may pass one twice on its way through a tunnel and back.
	maxVisits = 3
	// maxLegs bounds how often the packets of a path go from node to node: links and
	// switches may make many of one.
	maxLegs = 4000
)

// A pathStep is a step of the way of a packet through the lab.
type pathStep struct {
	node *Node
	forwarding.Step
	// toward are the nodes that the packet goes on to, at the stage "transmit".
	toward []topology.Endpoint
	wire   bool // it leaves the lab there
	back   bool // the answer has come to where the first packet is from
}

// An inquiry asks the routers and hosts of a lab, one after another, what they would do
// with a packet and with its answer. Nothing in the lab changes by it.
type inquiry struct {
	lab     *Lab
	report  func(pathStep)
	src     netip.Addr // of the first packet
	legs    []leg
	assumed map[*forwarding.Stack]*forwarding.Assumed
	sealed  forwarding.Sealed
	visits  map[visit]int
}

// A visit is a packet at an interface.
type visit struct {
	in       *forwarding.Interface
	src, dst netip.Addr
	id       uint16
	offset   int
	protocol uint8
	length   int
}

// A leg is a packet that comes to a node.
type leg struct {
	node   *Node
	in     *forwarding.Interface // nil: the node makes it
	packet packet.IPv4
	answer bool // it is because of the first packet
}

// follow reports each step of a packet, and of what comes of it. It returns false where
// there is no end to them.
func (l *Lab) follow(first leg, report func(pathStep)) bool {
	q := &inquiry{
		lab: l, report: report, src: first.packet.Src(), legs: []leg{first},
		assumed: map[*forwarding.Stack]*forwarding.Assumed{}, sealed: forwarding.Sealed{}, visits: map[visit]int{},
	}
	for n := 0; len(q.legs) > 0; n++ {
		next := q.legs[0]
		q.legs = q.legs[1:]
		if n == maxLegs || q.circles(next) {
			return false
		}
		q.ask(next)
	}
	return true
}

// circles reports whether a packet has come to an interface too often.
func (q *inquiry) circles(at leg) bool {
	if at.in == nil {
		return false
	}
	p := at.packet
	v := visit{at.in, p.Src(), p.Dst(), p.ID(), p.FragmentOffset(), p.Protocol(), len(p)}
	q.visits[v]++
	return q.visits[v] > maxVisits
}

func (q *inquiry) ask(at leg) {
	stack := at.node.device.stack()
	if q.assumed[stack] == nil {
		q.assumed[stack] = &forwarding.Assumed{Sealed: q.sealed}
	}
	stack.Ask(q.assumed[stack], at.in, at.packet, func(s forwarding.Step) {
		s.Packet = slices.Clone(s.Packet)
		step := pathStep{node: at.node, Step: s}
		if s.Stage == forwarding.StageTransmit && leaves(s.Reason) {
			step.toward, step.wire = q.lab.neighbours(at.node, s, q.assumed)
			for _, end := range step.toward {
				q.legs = append(q.legs, leg{q.lab.node(end.Node), q.lab.ports[end].Interface(), s.Packet, at.answer})
			}
		}
		step.back = at.answer && s.Stage == forwarding.StageDeliver && s.Outcome != forwarding.Passed && s.Packet.Dst() == q.src
		if at.answer {
			step.Answer = nil // the path ends with the answer
		}
		q.report(step)
		if step.Answer != nil {
			q.legs = append(q.legs, leg{node: at.node, packet: s.Answer, answer: true})
		}
	})
}

// leaves reports whether a packet leaves, or would as soon as its neighbour has told
// its hardware address.
func leaves(why forwarding.Reason) bool {
	switch why {
	case forwarding.Sent, forwarding.WaitsForNeighbour, forwarding.NeighbourUnknown:
		return true
	}
	return false
}

// neighbours are the ends of links at which a packet that leaves a node comes in: those
// that have the address it is sent to, or answer for it, as they would after what is
// assumed of them. Wire is set where its link leads out of the lab.
func (l *Lab) neighbours(n *Node, s forwarding.Step, assumed map[*forwarding.Stack]*forwarding.Assumed) (ends []topology.Endpoint, wire bool) {
	from, ok := l.endOf(n, s.Out)
	if !ok {
		return nil, false
	}
	far, wire := l.reach(from, map[topology.Endpoint]bool{})
	for _, end := range far {
		port := l.ports[end]
		if port == nil || port.Interface() == nil {
			continue
		}
		if ifc := port.Interface(); ifc.ProtocolUp() && ifc.Takes(assumed[ifc.Stack()], s.Packet.Src(), s.NextHop) {
			ends = append(ends, end)
		}
	}
	return ends, wire && len(ends) == 0
}

// endOf is where an interface of a node meets its link.
func (l *Lab) endOf(n *Node, ifc *forwarding.Interface) (topology.Endpoint, bool) {
	for end, port := range l.ports {
		if end.Node == n.Name && port.Interface() == ifc {
			return end, true
		}
	}
	return topology.Endpoint{}, false
}

// reach lists the ends that frames from one end come to, through switches.
func (l *Lab) reach(from topology.Endpoint, seen map[topology.Endpoint]bool) (far []topology.Endpoint, wire bool) {
	seen[from] = true
	for _, k := range l.File.Links {
		at := slices.Index(k.Ends[:], from)
		if at < 0 || seen[k.Ends[1-at]] {
			continue
		}
		to := k.Ends[1-at]
		seen[to] = true
		if n := l.node(to.Node); n == nil || n.Kind != topology.Bridge {
			far = append(far, to)
			continue
		}
		for _, k := range l.File.Links {
			for _, port := range k.Ends {
				if port.Node == to.Node && !seen[port] {
					more, out := l.reach(port, seen)
					far, wire = append(far, more...), wire || out
				}
			}
		}
	}
	for _, u := range l.uplinks {
		wire = wire || u.file.Ends[0] == from
	}
	return far, wire
}

// node is the node of that name, a switch too; nil for the host.
func (l *Lab) node(name string) *Node {
	at := slices.IndexFunc(l.nodes, func(n *Node) bool { return n.Name == name })
	if at < 0 {
		return nil
	}
	return l.nodes[at]
}

// entrance is where a packet from src comes to a node: nil where src is the node itself.
func (n *Node) entrance(src netip.Addr) (in *forwarding.Interface, ok bool) {
	table := n.device.stack().Table()
	if table.Local(src) != nil {
		return nil, true
	}
	r := table.Lookup(src)
	if r == nil {
		return nil, false
	}
	return r.Paths[0].Out, true
}
