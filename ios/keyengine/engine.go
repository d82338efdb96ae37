package keyengine

import (
	"io"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/isakmp"
)

// Clock is the router's clock.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}

// ISAKMP is what the key engine asks of the ISAKMP process.
type ISAKMP interface {
	RequestSA(isakmp.SARequest)
	DeleteNotify(isakmp.DeleteRequest)
	PairReleased(local, remote netip.AddrPort)
	PeerMoved(local, from, to netip.AddrPort)
}

// Env is what an Engine needs of its router.
type Env struct {
	Clock Clock
	Rand  io.Reader // SPIs and IVs
	Spend func(time.Duration)
	// List finds an access list; nil where there is none of that name.
	List func(name string) *acl.List
	// Filter applies an access list to what comes in on an interface, or leaves by it.
	Filter func(list string, ifc *forwarding.Interface, in bool) forwarding.Filter
	// Emit is told of everything that IOS would speak of.
	Emit func(Event)
	// Keyed is told of each SA that has got its keys; nil does not want to know.
	Keyed func(Keying)
}

// Engine is the key engine of one router.
type Engine struct {
	Config
	env      Env
	isakmp   ISAKMP
	bindings []*Binding
	sas      esp.Database
	owners   map[*esp.Inbound]*pair
	asking   map[uint32]*flow // flows whose request is under way, by inbound SPI
	nextConn int
	strays   map[netip.Addr]time.Duration // when a peer was last told of its stray packets

	published *snapshot // for the fast path
}

// New returns an engine without policy.
func New(env Env) *Engine {
	return &Engine{
		Config: NewConfig(), env: env,
		owners: map[*esp.Inbound]*pair{}, asking: map[uint32]*flow{}, strays: map[netip.Addr]time.Duration{}, nextConn: FirstConn,
	}
}

// FirstConn is the connection id of the first IPsec SA; ISAKMP's SAs count
// from 1.
const FirstConn = 2001

// Connect tells the engine whom to ask for SAs.
func (e *Engine) Connect(i ISAKMP) { e.isakmp = i }

// Binding is a crypto map applied to an interface.
type Binding struct {
	Interface string
	Map       string
	Local     func() (netip.Addr, bool) // the interface's address
	engine    *Engine
	flows     []*flow
}

// Apply puts a crypto map on an interface; an earlier one is taken off.
func (e *Engine) Apply(ifc, mapName string, local func() (netip.Addr, bool)) *Binding {
	e.Remove(ifc)
	b := &Binding{Interface: ifc, Map: mapName, Local: local, engine: e}
	e.bindings = append(e.bindings, b)
	return b
}

// Remove takes the crypto map off an interface; its SAs go.
func (e *Engine) Remove(ifc string) {
	b := e.binding(ifc)
	if b == nil {
		return
	}
	for _, f := range slices.Clone(b.flows) { // a flow may go with its last pair
		e.abandon(f)
		e.delete(slices.Clone(f.pairs))
	}
	e.bindings = slices.DeleteFunc(e.bindings, func(x *Binding) bool { return x == b })
}

// Readdressed is told that interfaces may have other addresses, or none: the SAs
// of those that they had go.
func (e *Engine) Readdressed() {
	for _, b := range e.bindings {
		local, _ := b.Local()
		for _, f := range b.flows {
			if f.request != nil && f.request.sa.Local != local {
				e.abandon(f)
			}
		}
		e.delete(slices.DeleteFunc(e.all(), func(p *pair) bool { return p.flow.binding != b || p.agreed.Local.Addr() == local }))
	}
}

// Active reports whether any interface bears a crypto map: while none does,
// ISAKMP is off.
func (e *Engine) Active() bool { return len(e.bindings) > 0 }

// filter is an entry's own access list, nil where it has none of that name.
func (e *Engine) filter(list string, ifc *forwarding.Interface, in bool) forwarding.Filter {
	if list == "" {
		return nil
	}
	return e.env.Filter(list, ifc, in)
}

// binding finds the crypto map on an interface.
func (e *Engine) binding(ifc string) *Binding {
	for _, b := range e.bindings {
		if b.Interface == ifc {
			return b
		}
	}
	return nil
}

// Applied is the name of the crypto map on an interface, "" where there is none.
func (e *Engine) Applied(ifc string) string {
	if b := e.binding(ifc); b != nil {
		return b.Map
	}
	return ""
}

// bindingAt finds the binding whose interface has that address.
func (e *Engine) bindingAt(local netip.Addr) *Binding {
	for _, b := range e.bindings {
		if a, ok := b.Local(); ok && a == local {
			return b
		}
	}
	return nil
}

// Serves reports whether some crypto map's tunnels are from that address.
func (e *Engine) Serves(local netip.Addr) bool { return e.bindingAt(local) != nil }

// Complete reports whether an entry can be used: it has a peer, and its list exists,
// holds an entry and none that is Unread. Until then it is disabled, as IOS says when it is made: it
// neither selects packets nor answers a peer. So it is while it is withheld.
func (e *Engine) Complete(entry *Entry) bool {
	list := e.env.List(entry.ACL)
	return !entry.Withheld && len(entry.Peers) > 0 && entry.ACL != "" && !list.Empty() && !list.Incomplete()
}

// entries are the complete entries of the binding's map, by sequence number.
func (b *Binding) entries(yield func(*Entry) bool) {
	m := b.engine.Config.Map(b.Map)
	if m == nil {
		return
	}
	for _, entry := range m.Entries {
		if b.engine.Complete(entry) && !yield(entry) {
			return
		}
	}
}
