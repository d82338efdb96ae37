package forwarding

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"time"

	"github.com/gaissmai/bart"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// A Stack is the IP of one router. It is used on the lab's loop only.
type Stack struct {
	// Routing is `ip routing`: packets for others are passed on. A host has it off.
	Routing bool
	// CEF is `ip cef`: what is not the processor's work is switched without it.
	CEF bool
	// Crypto is IPsec, nil where there is none. See Interface.CryptoMap.
	Crypto Crypto
	// NAT translates packets, nil where there is none. See Interface.NAT.
	NAT *nat.NAT
	// LocalRouteMap is `ip local policy route-map`: of what the router itself makes, nil
	// for none.
	LocalRouteMap RouteMap
	// TellPolicy has policy routing tell of each packet, all of which are the loop's then.
	TellPolicy bool
	// TellARP has ARPHeard and what else happens by ARP emitted.
	TellARP bool
	// UnreachableInterval is the least time between two ICMP unreachables, and after a
	// burst between two time exceeded or redirects; 0 is no limit.
	UnreachableInterval time.Duration
	// HoldUnresolved is how many packets wait for the hardware address of a
	// neighbour that was asked for it. A router has it at 0: it drops them.
	HoldUnresolved int
	// TTL is the time to live of what the stack makes.
	TTL uint8
	// Tick is the grain of the clock that measures round trips.
	Tick time.Duration

	steps      watchers[Step]
	frames     watchers[Frame]
	lastNumber uint64 // of the packet that came or was made last
	cause      uint64 // number of the packet because of which something is done, 0 for none

	env        Env
	hardware   [4]byte
	closed     bool
	interfaces []*Interface // in the order of Name.Compare
	subnets    bart.Lite    // that they have addresses in, up or not
	table      *Table
	fast       fastPath
	statics    staticLines

	fromWire, fromSelf, toSelf []stage

	neighbours  map[netip.Addr]*neighbour
	reassembly  reassembly
	udp         map[uint16]func(Datagram)
	protocols   map[uint8]func(in *Interface, p packet.IPv4)
	errors      map[uint8]func(quote packet.IPv4, m packet.ICMP)
	takesTCP    func(src, dst netip.Addr, segment packet.TCP) bool // nil: there is no TCP
	pings       map[echoKey]*Ping
	traces      []*Traceroute
	unreachable [2]time.Duration // when the last was sent: others, fragmentation needed
	expired     burstLimit       // of ICMP time exceeded
	redirected  burstLimit       // of ICMP redirects
	swept       time.Duration    // when room was last looked for in the full ARP cache
	packetID    uint16
	probeID     uint16
}

// New returns the stack of the router of that name, which its hardware addresses
// derive from. It has no interfaces yet.
func New(router string, env Env) *Stack {
	s := &Stack{
		Routing:             true,
		CEF:                 true,
		UnreachableInterval: unreachableInterval,
		TTL:                 defaultTTL,
		Tick:                tick,
		env:                 env,
		hardware:            hardwareBase(router),
		neighbours:          map[netip.Addr]*neighbour{},
		udp:                 map[uint16]func(Datagram){},
		protocols:           map[uint8]func(*Interface, packet.IPv4){},
		errors:              map[uint8]func(packet.IPv4, packet.ICMP){},
		pings:               map[echoKey]*Ping{},
		unreachable:         [2]time.Duration{never, never},
		swept:               never,
		table:               newTable(),
	}
	var seed [4]byte
	env.Rand.Read(seed[:]) // a stream that ends leaves zeros, which do as well
	s.packetID, s.probeID = binary.BigEndian.Uint16(seed[:]), binary.BigEndian.Uint16(seed[2:])
	s.reassembly.held = map[reassemblyKey]*pieces{}
	s.fromWire, s.fromSelf, s.toSelf = paths()
	return s
}

// Close ends the stack, as when the router reloads: no timer of it does anything
// any more, and it neither sends nor logs.
func (s *Stack) Close() { s.closed = true }

// after is Clock.After for as long as the stack lives.
func (s *Stack) after(d time.Duration, f func()) (stop func()) {
	return s.env.Clock.After(d, func() {
		if !s.closed {
			f()
		}
	})
}

func (s *Stack) emit(e Event) {
	if !s.closed {
		s.env.Emit(e)
	}
}

// Interfaces lists the interfaces in IOS's order: hardware by slot and port, then
// Null and Loopback. The list is not to be changed.
func (s *Stack) Interfaces() []*Interface { return s.interfaces }

// Interface returns the interface of that name, or nil.
func (s *Stack) Interface(n Name) *Interface {
	at, found := slices.BinarySearchFunc(s.interfaces, n, compareInterface)
	if !found {
		return nil
	}
	return s.interfaces[at]
}

// AddInterface makes an interface: hardware is shut down, the others are up. If
// there is one of that name it is returned as it is.
func (s *Stack) AddInterface(n Name) *Interface {
	at, found := slices.BinarySearchFunc(s.interfaces, n, compareInterface)
	if found {
		return s.interfaces[at]
	}
	i := newInterface(s, n)
	i.index = s.freeIndex()
	s.interfaces = slices.Insert(slices.Clone(s.interfaces), at, i)
	i.stateChanged()
	return i
}

// RemoveInterface takes an interface away, as `no interface Loopback0` does.
func (s *Stack) RemoveInterface(n Name) {
	at, found := slices.BinarySearchFunc(s.interfaces, n, compareInterface)
	if !found {
		return
	}
	i := s.interfaces[at]
	i.shutdown, i.removed = true, true
	i.hold(nil)
	s.interfaces = slices.Delete(slices.Clone(s.interfaces), at, at+1)
	i.stateChanged()
}

// freeIndex is the least index that no interface has.
func (s *Stack) freeIndex() int {
	taken := make([]bool, len(s.interfaces)+1)
	for _, i := range s.interfaces {
		if i.index < len(taken) {
			taken[i.index] = true
		}
	}
	return slices.Index(taken, false)
}

func compareInterface(i *Interface, n Name) int { return i.name.Compare(n) }
