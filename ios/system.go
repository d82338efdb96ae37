package ios

import (
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/ios/prefixlist"
	"github.com/ioslab/ioslab/ios/routemap"
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/nat"
)

// system is what a reload forgets: everything but the hardware, its links and
// the NVRAM.
type system struct {
	bootedAt  time.Duration
	halted    bool
	loading   bool   // the startup configuration is being read
	keptLines int    // how many lines were kept while loading
	fullLines int    // how many were not, because of a limit
	keptNote  string // what is to be said of the last of them
	wall      wallClock

	config  config
	log     *logging.Logger
	console *cli.Session
	debug   event.Kind // what `debug` has switched on

	captures packetCaptures

	unwatchSteps, unwatchFrames func() // nil while no one reads the packets

	stopTimeRanges func() // the timer of the next that begins or ends; nil where none does

	stack        *forwarding.Stack
	lists        *acl.Table
	prefixLists  *prefixlist.Table
	routeMaps    *routemap.Table
	accessLog    accessLog
	provoked     logLimits
	nat          *nat.NAT
	natDebug     natDebug
	policyDebug  policyDebug
	packetDebug  packetDebug
	stopNATLog   func() // nil without `ip nat log translations syslog`
	natStarted   bool   // something of NAT is configured, or has been
	isakmpConfig *isakmp.Config
	isakmp       *isakmp.Engine
	keys         *keyengine.Engine
}

// newSystem powers a router up, without a configuration yet.
func (r *Router) newSystem() {
	s := &system{
		bootedAt: r.Clock.Now(), wall: wallClock{zone: time.UTC}, config: newConfig(r.Name),
		lists: &acl.Table{}, prefixLists: &prefixlist.Table{}, isakmpConfig: &isakmp.Config{},
	}
	s.routeMaps = routemap.NewTable(routemap.Lists{Access: s.lists.Get, Prefix: s.prefixLists.Get})
	r.system = s
	r.setDebug(0)
	clock := r.bootClock()
	s.lists.Reflexive.Clock, s.lists.Reflexive.HashKey = clock, r.hashKey("acl")
	s.log = logging.New(logging.Env{Time: r.stampTime, Spend: r.Spend, Console: r.showOnConsole, Emit: r.emitRecord})
	s.stack = forwarding.New(r.Name, forwarding.Env{
		Clock: clock, Spend: r.Spend, Rand: r.stream("ip"),
		Emit: r.emitForwarding,
	})
	s.keys = keyengine.New(keyengine.Env{
		Clock: clock, Spend: r.Spend, Rand: r.stream("ipsec"), List: s.lists.Get, Filter: r.filter,
		Emit:  func(e keyengine.Event) { r.bus.Emit(event.IPsec, e) },
		Keyed: r.espKeyed,
	})
	s.isakmp = isakmp.New(isakmp.Env{
		Clock: clock, Spend: r.Spend, Rand: r.stream("isakmp"), Release: r.release.isakmp, IPsec: s.keys, Config: s.isakmpConfig, Hostname: r.fullName,
		Keyed: r.phase1Keyed, Watched: func() bool { return r.bus.Wants(event.Contents) },
		Send: func(local, remote netip.AddrPort, message []byte) { s.stack.SendUDP(local, remote, message) },
		Emit: func(e isakmp.Event) { r.bus.Emit(event.IKE, e) },
	})
	s.keys.Connect(s.isakmp)
	s.nat = nat.New(nat.Env{
		Now: clock.Now, After: clock.After, List: s.lists.Get, RouteMap: r.natRouteMap, Address: r.addressNamed,
		Emit:    func(e nat.Event) { r.bus.Emit(event.NAT, e) },
		Wants:   func() bool { return r.bus.Wants(event.NAT) },
		Aliased: s.stack.Aliased, Routed: s.stack.Routed,
		HashKey: r.hashKey("nat"),
	})
	s.stack.Crypto, s.stack.NAT = s.keys, s.nat
	r.watchPackets()
	r.plugIn()
}

// hashKey is a random number for the tables of a purpose.
func (r *Router) hashKey(purpose string) uint64 {
	var key [8]byte
	r.stream(purpose).Read(key[:]) // a stream that ends leaves zeros, which do as well
	return binary.BigEndian.Uint64(key[:])
}

// bootClock is the clock of one life of a router: what it was to do is
// forgotten when the router is reset.
type bootClock struct {
	Clock
	system *system
	bus    *event.Bus
}

// After runs f unless the router is reset before. What f does has the cause of what
// the router does now.
func (c bootClock) After(d time.Duration, f func()) (stop func()) {
	return c.Clock.After(d, c.bus.After(func() {
		if !c.system.halted {
			f()
		}
	}))
}

// halt ends the life of the present system.
func (r *Router) halt() {
	if r.system == nil {
		return
	}
	r.halted = true
	for _, d := range debugSwitches {
		d.turn(r, nil, false)
	}
	if r.captures.unwatch != nil {
		r.captures.unwatch()
	}
	r.stack.Close()
	r.nat.Close()
	r.logTranslations(false)
	r.debugNAT(false, false)
	r.packetDebug = packetDebug{stop: r.packetDebug.stop}
	r.readPackets()
	if r.console != nil {
		r.console.Close()
	}
	for _, p := range r.ports {
		p.Unplug()
	}
}

// applyCryptoMap puts a crypto map on an interface. The first one switches
// ISAKMP on.
func (r *Router) applyCryptoMap(ifc *forwarding.Interface, name string) {
	if r.keys.Applied(ifc.String()) == name {
		return
	}
	was := r.isakmpRuns()
	r.keys.Apply(ifc.String(), name, func() (netip.Addr, bool) {
		local := ifc.Address().Addr()
		if m := r.keys.Map(name); m != nil && m.LocalInterface != "" {
			local = r.addressNamed(m.LocalInterface)
		}
		return local, local.IsValid()
	})
	ifc.CryptoMap = true
	r.isakmpSwitched(was)
}

// addressNamed is the address of an interface by its name, if there is such.
func (r *Router) addressNamed(name string) netip.Addr {
	if i := r.stack.Interface(forwarding.MatchName([]string{name}).Name); i != nil {
		return i.Address().Addr()
	}
	return netip.Addr{}
}

// removeCryptoMapFrom takes the crypto map off an interface. The last one
// switches ISAKMP off.
func (r *Router) removeCryptoMapFrom(ifc *forwarding.Interface) {
	was := r.isakmpRuns()
	r.keys.Remove(ifc.String())
	ifc.CryptoMap = false
	r.isakmpSwitched(was)
}

// readdressed is told that an interface had another address: what was agreed from
// that goes.
func (r *Router) readdressed(ifc *forwarding.Interface, old netip.Prefix) {
	if ifc.Address().Addr() == old.Addr() {
		return
	}
	r.nat.AddressChanged(ifc.String())
	r.keys.Readdressed()
	for _, sa := range r.isakmp.SAs() {
		if !sa.Deleted && sa.Local.Addr() == old.Addr() {
			r.isakmp.Clear(sa.ConnID)
		}
	}
}

// portsISAKMP are those of ISAKMP and, beside ESP in UDP, of NAT traversal.
var portsISAKMP = [...]uint16{500, 4500}

// isakmpRuns reports whether ISAKMP is on: some interface bears a crypto map, and the
// configuration does not forbid it.
func (r *Router) isakmpRuns() bool { return r.keys.Active() && !r.config.isakmp.off }

func (r *Router) isakmpSwitched(was bool) {
	on := r.isakmpRuns()
	if on == was {
		return
	}
	if on {
		r.isakmp.Resume()
		for _, port := range portsISAKMP {
			r.stack.Listen(port, func(d forwarding.Datagram) { r.isakmp.Input(d.Local, d.Remote, d.Payload) })
		}
	} else {
		for _, port := range portsISAKMP {
			r.stack.Listen(port, nil)
		}
		r.isakmp.Shutdown()
	}
	r.bus.Emit(event.System, event.ISAKMPSwitched{On: on})
}
