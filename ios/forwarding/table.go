package forwarding

import (
	"net/netip"
	"slices"
	"time"

	"github.com/gaissmai/bart"
)

// Source says where a route comes from.
type Source uint8

// The sources of routes.
const (
	Connected Source = iota
	Static
)

// Code is the letter of `show ip route`.
func (s Source) Code() byte { return "CS"[s] }

// A Hop is one of the ways of a route, as it is configured.
type Hop struct {
	NextHop   netip.Addr // not valid: directly connected
	Interface *Interface // nil: found through NextHop
}

// A Path is where packets really go.
type Path struct {
	Out     *Interface
	NextHop netip.Addr // not valid: the destination itself
}

// A Route is one entry of the routing table. It is never changed once it is in
// a table.
type Route struct {
	Prefix   netip.Prefix
	Source   Source
	Distance int
	Metric   int
	Since    time.Duration
	Hops     []Hop  // as `show ip route` lists them
	Paths    []Path // after recursion, one or more
}

// Default reports whether this is a candidate default route, marked with an asterisk.
func (r *Route) Default() bool { return r.Prefix.Bits() == 0 }

// A Table is a routing table. The stack changes it until it is handed to the workers
// beside the loop; from then on it never changes, and the stack replaces it by another.
type Table struct {
	tree  *bart.Table[*Route]       // holds routes without a path too, which lead nowhere
	local map[netip.Addr]*Interface // the router's own addresses
	// handedOut: this table, or one that shares parts of its tree, is read beside the loop.
	handedOut bool
}

// Table returns the routing table, to be read within the present event.
func (s *Stack) Table() *Table { return s.table }

// handOut returns the routing table of this moment for good.
func (s *Stack) handOut() *Table {
	s.table.handedOut = true
	return s.table
}

// Routes lists the table by address, then by length.
func (t *Table) Routes() []*Route {
	var list []*Route
	for _, r := range t.tree.AllSorted4() {
		if r.leads() {
			list = append(list, r)
		}
	}
	return list
}

// Lookup finds the longest prefix that holds dst, or nil.
func (t *Table) Lookup(dst netip.Addr) *Route {
	r, found := t.tree.Lookup(dst)
	if !found || r.leads() {
		return r
	}
	for _, r := range t.tree.Supernets(netip.PrefixFrom(dst, dst.BitLen())) { // longest first
		if r.leads() {
			return r
		}
	}
	return nil
}

// Get finds the route of exactly that prefix, or nil.
func (t *Table) Get(p netip.Prefix) *Route {
	if r, found := t.tree.Get(p); found && r.leads() {
		return r
	}
	return nil
}

// Local returns the interface that has the address a and is up, or nil.
func (t *Table) Local(a netip.Addr) *Interface { return t.local[a] }

// GatewayOfLastResort is the next hop of the default route: 0.0.0.0 where that
// is an interface.
func (t *Table) GatewayOfLastResort() (gateway netip.Addr, ok bool) {
	r := t.Get(netip.PrefixFrom(netip.IPv4Unspecified(), 0))
	if r == nil {
		return netip.Addr{}, false
	}
	if !r.Hops[0].NextHop.IsValid() {
		return netip.IPv4Unspecified(), true
	}
	return r.Hops[0].NextHop, true
}

// path picks one of a route's ways: always the same for the same two addresses.
func (r *Route) path(src, dst netip.Addr) Path {
	if len(r.Paths) == 1 {
		return r.Paths[0]
	}
	a, b := src.As4(), dst.As4()
	h := uint32(0)
	for i := range a {
		h = h*31 + uint32(a[i]^b[i])
	}
	return r.Paths[h%uint32(len(r.Paths))]
}

// toward is where the packets from src to dst go out, and the neighbour there.
func (r *Route) toward(src, dst netip.Addr) (*Interface, netip.Addr) {
	path := r.path(src, dst)
	if !path.NextHop.IsValid() {
		return path.Out, dst
	}
	return path.Out, path.NextHop
}

// leads reports whether packets can follow the route.
func (r *Route) leads() bool { return len(r.Paths) > 0 }

// update has the table follow a change of what the routes to these prefixes come from.
// All others stay as they are. Connect, if not nil, changes the connected ones.
func (s *Stack) update(prefixes []netip.Prefix, connect func(t *Table)) {
	t := s.table
	if t.handedOut {
		next := *t
		t = &next
	}
	was := make([]*Route, len(prefixes))
	for i, p := range prefixes {
		r, found := t.tree.Get(p)
		if found && r.leads() {
			was[i] = r
		}
		if found && r.Source == Static {
			t.remove(p)
		}
	}
	if connect != nil {
		connect(t)
	}
	s.addStatics(t, prefixes)
	for i, p := range prefixes {
		if r, found := t.tree.Get(p); found && r != was[i] {
			s.date(r, was[i])
		}
	}
	s.table = t
}

func newTable() *Table {
	return &Table{tree: new(bart.Table[*Route]), local: map[netip.Addr]*Interface{}}
}

func (t *Table) insert(r *Route) {
	if t.handedOut {
		t.tree = t.tree.InsertPersist(r.Prefix, r)
	} else {
		t.tree.Insert(r.Prefix, r)
	}
}

func (t *Table) remove(p netip.Prefix) {
	if t.handedOut {
		t.tree = t.tree.DeletePersist(p)
	} else {
		t.tree.Delete(p)
	}
}

// date sets since when a route is there: from now on, unless it was there before.
func (s *Stack) date(r, was *Route) {
	r.Since = s.env.Clock.Now()
	if was != nil && was.Source == r.Source && slices.Equal(was.Hops, r.Hops) {
		r.Since = was.Since
	}
}
