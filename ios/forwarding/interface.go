package forwarding

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// A Filter is an access list as an interface applies it.
type Filter interface {
	// Lookup decides about p, and changes nothing.
	Lookup(p packet.IPv4) acl.Result
	// Apply counts what Lookup has decided about p, and reports it where the
	// deciding entry asks for that.
	Apply(p packet.IPv4, decided acl.Result)
}

// An Interface of a router. Its exported fields are configuration that may be
// set at any time; what has effects beyond the field is set by a method.
type Interface struct {
	Description string
	Bandwidth   int           // kbit/s, for show only
	Delay       int           // microseconds, for show only
	Keepalive   time.Duration // for show only; 0 is off
	ARPTimeout  time.Duration // 0: entries do not end

	Unreachables      bool // `ip unreachables`
	Redirects         bool // `ip redirects`
	ProxyARP          bool // `ip proxy-arp`
	DirectedBroadcast bool // `ip directed-broadcast`
	FastSwitching     bool // `ip route-cache`
	CEFSwitching      bool // `ip route-cache cef`

	AccessIn, AccessOut Filter   // nil, as where the list does not exist, permits all
	RouteMap            RouteMap // `ip policy route-map`; nil for none
	CryptoMap           bool     // the stack's Crypto is asked about this interface's packets
	NAT                 NATSide

	stack *Stack
	index int // among the interfaces of the stack; never changes
	name  Name
	full  string // of the name
	link  linkLayer
	mac   packet.MAC
	mtu   int
	ipMTU int // 0 = like mtu

	primary   netip.Prefix
	secondary []netip.Prefix
	held      subnets // the addresses as the stack's subnets have them
	connected subnets // and as the routing table has them

	shutdown, removed bool
	carrier           bool
	gone              bool // the hardware is
	report            report
	send              func(frame []byte)
	signal            func(on bool)

	sender       packet.MAC // of the Ethernet frame received last
	counters     Counters
	in, out      meter
	fast         fastCounters
	beside       bool          // see SetBeside
	duplicateLog time.Duration // when a duplicate address was last complained about
	defended     time.Duration // when the addresses were last announced against one
	defending    bool          // they will be again
}

func newInterface(s *Stack, n Name) *Interface {
	k := kinds[n.Kind]
	i := &Interface{
		Bandwidth: k.bandwidth, Delay: k.delay, ARPTimeout: DefaultARPTimeout,
		Unreachables: true, Redirects: true, ProxyARP: true, FastSwitching: true, CEFSwitching: true,
		stack: s, name: n, full: n.String(), link: k.link, mtu: k.mtu,
		shutdown: n.Kind.Physical(), duplicateLog: never, defended: never,
		counters: Counters{LastInput: never, LastOutput: never, LastClear: never},
	}
	if n.Kind.Physical() {
		i.Keepalive = 10 * time.Second
	}
	if i.link.addressed() {
		i.mac = s.hardwareAddress(n)
	}
	i.report.told, i.report.protocolTold = i.Status(), i.link.discards()
	return i
}

// Stack is the stack that the interface belongs to.
func (i *Interface) Stack() *Stack { return i.stack }

// Name is the interface's name.
func (i *Interface) Name() Name { return i.name }

// String is the interface's name in full.
func (i *Interface) String() string { return i.full }

// MAC is the hardware address; zero where the type has none.
func (i *Interface) MAC() packet.MAC { return i.mac }

// Sender is the station that has sent the frame being received, as a message about
// its packet names it.
func (i *Interface) Sender() string {
	if i.link.addressed() {
		return i.sender.String()
	}
	return "*" + i.Encapsulation() + "*"
}

// MTU is the largest payload of a frame in bytes.
func (i *Interface) MTU() int { return i.mtu }

// SetMTU sets the largest payload of a frame; 0 is the type's own.
func (i *Interface) SetMTU(bytes int) {
	if bytes == 0 {
		bytes = kinds[i.name.Kind].mtu
	}
	i.mtu = bytes
}

// IPMTU is the largest IP packet that is sent in one piece, in bytes.
func (i *Interface) IPMTU() int {
	if i.ipMTU != 0 {
		return min(i.ipMTU, i.mtu)
	}
	return i.mtu
}

// SetIPMTU sets the largest IP packet; 0 goes back to the MTU.
func (i *Interface) SetIPMTU(bytes int) { i.ipMTU = bytes }

// Attach connects the interface to a link: send takes each frame that leaves.
// The frame then belongs to the link. A nil send detaches.
func (i *Interface) Attach(send func(frame []byte)) { i.send = send }

// Encapsulation is how `show interfaces` names the framing.
func (i *Interface) Encapsulation() string { return i.link.encapsulation() }
