package nat

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
)

// Env is what a NAT needs of its router.
type Env struct {
	// Now is the time on the loop's clock.
	Now func() time.Duration
	// After calls f once, d from now, unless it is stopped.
	After func(d time.Duration, f func()) (stop func())
	// Emit tells of an event: one of the structs of event.go.
	Emit func(Event)
	// Wants reports whether anyone reads what Emit tells; nil means that they do. Without
	// a reader no event is made.
	Wants func() bool
	// List returns an access list, nil where it is not defined.
	List func(name string) *acl.List
	// RouteMap returns a route-map as it is now, nil where it is not defined.
	RouteMap func(name string) RouteMap
	// Address returns the address of an interface; the zero Addr where it has none.
	Address func(ifc string) netip.Addr
	// Aliased is told of an address that the router answers ARP for from now on, and Routed
	// of a route that is wanted from now on, or no longer; nil does not want to know.
	Aliased func(a netip.Addr)
	Routed  func(r Route, wanted bool)
	// HashKey is a random number that keeps hosts from choosing conversations that slow the
	// table down. Nothing that can be seen depends on it.
	HashKey uint64
}

// A RouteMap chooses packets. A value never changes: an edited route-map is another
// value, an unedited one the same. Values are comparable.
type RouteMap interface {
	// Permits reports whether an entry of the route-map matches p, of length bytes, that
	// is to leave that way, whether it permits it, and which entry of an access list has
	// been asked last, nil for none.
	Permits(p *acl.Packet, length int, way Way) (matches, permit bool, hit *acl.Rule)
}

// NAT is the translator of a router. It belongs to the router's loop; what runs beside
// the loop reads a View of it.
type NAT struct {
	env Env

	pools      map[string]*pool
	interfaces map[string]*pool // the addresses of interfaces that rules name
	rules      []*mapping
	statics    []*mapping
	nets       []*mapping // those of statics that translate networks

	table *table
	spare *Entry // of a conversation that did not come about
	wheel wheel
	alarm alarm

	timeouts Timeouts
	services Services
	limits   limits

	held   map[uint32]*holding // inside global and outside local addresses
	routes map[Route]int       // how many entries want each
	spaces map[spaceKey]*space
	places map[place]binding
	poolID uint32 // of the pool that was made last

	mappingID int // of the mapping that was made last

	esp       map[espPeer]*espHosts
	ike       map[ikeKey]*Entry
	cookies   map[*Entry][]ikeKey
	fragments fragments

	counts Statistics
	clock  clock
	config int // counts the changes of what a View holds
	view   *View
	closed bool
}

// New returns a NAT without configuration.
func New(env Env) *NAT {
	if env.Wants == nil {
		env.Wants = func() bool { return true }
	}
	return &NAT{
		env: env, pools: make(map[string]*pool), interfaces: make(map[string]*pool), table: newTable(env.HashKey),
		timeouts: DefaultTimeouts(), services: DefaultServices(), held: make(map[uint32]*holding),
		routes: make(map[Route]int),
		spaces: make(map[spaceKey]*space), places: make(map[place]binding), esp: make(map[espPeer]*espHosts),
		ike: make(map[ikeKey]*Entry), cookies: make(map[*Entry][]ikeKey),
	}
}

// Close stops the timers of the NAT, which must not be used any more.
func (n *NAT) Close() {
	n.closed = true
	n.disarm()
	if n.fragments.stop != nil {
		n.fragments.stop()
	}
}

// emit makes and tells of an event where there is a reader.
func (n *NAT) emit(e func() Event) {
	if n.env.Wants() {
		n.env.Emit(e())
	}
}

// now is the time, which the workers beside the loop are told, too.
func (n *NAT) now() time.Duration {
	t := n.env.Now()
	n.clock.set(t)
	return t
}
