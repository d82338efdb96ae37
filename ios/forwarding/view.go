package forwarding

import (
	"maps"
	"net/netip"
	"slices"
	"sync/atomic"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/ios/routemap"
	"github.com/ioslab/ioslab/nat"
)

// A View is what the fast path knows of a router at a moment. It never changes;
// the loop replaces it by another at the end of an event that changed something.
type View struct {
	table      *Table
	routing    bool
	natt       bool      // ESP comes in UDP, too
	nat        *nat.View // nil: no interface is outside
	tellPolicy bool      // policy routing is the loop's
	crypto     CryptoView
	ports      []portView // by Interface.index
	neighbours map[netip.Addr]neighbourView
}

// portView is an interface.
type portView struct {
	portState
	addresses subnets
}

type portState struct {
	ifc        *Interface
	protocolUp bool
	up         bool // and packets can leave beside the loop
	maxIn      int  // the largest payload that is taken
	ipMTU      int
	in, out    filterView
	cryptoMap  bool
	policy     Policy // of the crypto map
	policed    bool   // there is policy routing, by the next, nil where that is not defined
	routeMap   *routemap.View
	redirects  bool
	nat        NATSide
	beside     bool // frames may pass beside the loop
}

func (p portView) equal(o portView) bool {
	return p.portState == o.portState && slices.Equal(p.addresses, o.addresses)
}

// filterView is an access list as an interface applies it.
type filterView struct {
	list    *acl.Snapshot // nil where everything may pass
	unknown bool          // it is something that only the loop can ask
}

// A Listed filter applies an access list and nothing else.
type Listed interface {
	Filter
	// List is nil where there is none, and everything may pass.
	List() *acl.List
}

func viewFilter(f Filter) filterView {
	if f == nil {
		return filterView{}
	}
	if l, ok := f.(Listed); ok {
		return filterView{list: l.List().Snapshot()}
	}
	return filterView{unknown: true}
}

// neighbourView is a neighbour whose hardware address is known.
type neighbourView struct {
	ifc  *Interface
	mac  packet.MAC
	used *atomic.Bool
}

// fastPath is what the loop keeps for the workers beside it. Without them it costs
// nothing.
type fastPath struct {
	view       atomic.Pointer[View]
	translated atomic.Uint64                // packets that NAT has yet to count
	neighbours map[netip.Addr]neighbourView // nil: have changed
}

func (f *fastPath) neighboursChanged() { f.neighbours = nil }

// Publish brings the view of the stack up to date and returns it; nil where every
// packet is the loop's, as while each step is watched. It is to be called on
// the loop, after each event that may have changed something.
func (s *Stack) Publish() *View {
	if s.closed || s.watched() {
		return nil
	}
	v, old := s.snapshot(), s.fast.view.Load()
	if old != nil && v.equal(old) {
		return old
	}
	s.fast.view.Store(v)
	return v
}

// snapshot makes a view of what is.
func (s *Stack) snapshot() *View {
	v := &View{table: s.handOut(), routing: s.Routing, natt: s.udp[portNATT] != nil, tellPolicy: s.TellPolicy}
	if c, ok := s.Crypto.(FastCrypto); ok {
		v.crypto = c.Publish()
	}
	for _, i := range s.interfaces {
		if i.index >= len(v.ports) {
			v.ports = slices.Grow(v.ports, i.index+1-len(v.ports))[:i.index+1]
		}
		v.ports[i.index] = s.snapshotPort(i, v.crypto)
		if i.NAT == Outside && s.NAT != nil {
			v.nat = s.NAT.Publish()
		}
	}
	if s.fast.neighbours == nil {
		s.fast.neighbours = s.snapshotNeighbours()
	}
	v.neighbours = s.fast.neighbours
	return v
}

func (s *Stack) snapshotPort(i *Interface, crypto CryptoView) portView {
	p := portView{portState{
		ifc: i, protocolUp: i.ProtocolUp(), maxIn: i.link.largest(i), ipMTU: i.IPMTU(),
		in: viewFilter(i.AccessIn), out: viewFilter(i.AccessOut),
		cryptoMap: i.CryptoMap && s.Crypto != nil, redirects: i.Redirects, nat: i.NAT, beside: i.beside,
	}, i.addresses()}
	if p.policed = i.RouteMap != nil; p.policed {
		p.routeMap = i.RouteMap.View()
	}
	if p.cryptoMap && crypto != nil {
		p.policy = crypto.Policy(i.String())
	}
	// What only the loop can decide: a crypto map of an engine without a view.
	p.up = p.protocolUp && (!p.cryptoMap || crypto != nil)
	return p
}

// snapshotNeighbours lists the neighbours that packets can be sent to at once.
func (s *Stack) snapshotNeighbours() map[netip.Addr]neighbourView {
	known := make(map[netip.Addr]neighbourView, len(s.neighbours))
	for a, n := range s.neighbours {
		if n.complete && !n.idle {
			known[a] = neighbourView{n.iface, n.mac, &n.usedFast}
		}
	}
	return known
}

func (v *View) equal(o *View) bool {
	return v.table == o.table && v.routing == o.routing && v.natt == o.natt && v.nat == o.nat && v.tellPolicy == o.tellPolicy && v.crypto == o.crypto &&
		slices.EqualFunc(v.ports, o.ports, portView.equal) && maps.Equal(v.neighbours, o.neighbours)
}

// SetBeside sets whether nothing but the fast path need see the interface's frames:
// its link leads to the host's wire and does nothing to them.
func (i *Interface) SetBeside(on bool) { i.beside = on }

// Fold takes over what the fast path has counted. It is to be called on the loop
// now and then, so that times and averages are right.
func (s *Stack) Fold() {
	for _, i := range s.interfaces {
		i.fold()
	}
	if n := s.fast.translated.Swap(0); n > 0 && s.NAT != nil {
		s.NAT.CountSwitched(n)
	}
}
