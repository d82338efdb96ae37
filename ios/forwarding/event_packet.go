package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// Handled is a packet that the router's processor has in hand.
type Handled struct {
	Packet  packet.IPv4 // is to be read before the reader returns
	Made    bool        // by this router
	In, Out string      // the interfaces; "" where there is none, or it is not known
	NextHop netip.Addr
	Detail  bool // of what it carries is to be told, too
}

// What the processor does with a packet.
type (
	// LookedUp: the way of a packet has been found, in the tables of CEF or else in
	// the routing table.
	LookedUp struct {
		Handled
		CEF bool
	}
	// PassedOn: the packet of another leaves.
	PassedOn struct{ Handled }
	// SentOut: a packet of the router itself leaves, to one station or to all.
	SentOut struct {
		Handled
		ToAll bool
	}
	// PieceSent: a fragment leaves that the router has made.
	PieceSent struct{ Handled }
	// TakenIn: a packet has come that may be for the router.
	TakenIn struct {
		Handled
		As Receipt
	}
	// PieceTaken: a fragment has come of a packet for the router.
	PieceTaken struct{ Handled }
	// Unroutable: there is no route.
	Unroutable struct{ Handled }
	// AccessDenied: an access list denies it.
	AccessDenied struct{ Handled }
	// NotEncapsulated: the link cannot carry it yet, as there is no ARP entry.
	NotEncapsulated struct{ Handled }
	// HopsOver: its time to live has ended here.
	HopsOver struct{ Handled }
	// NotFragmented: it is too big for the link, and not to be fragmented.
	NotFragmented struct{ Handled }
)

// Receipt is what a packet that has come is to the router.
type Receipt uint8

// The receipts, by the numbers that IOS gives them.
const (
	ForeignGroup   Receipt = iota // to a group that the router is not in
	WithoutRouting                // for the router, where IP routing is off
	ToEveryone                    // a broadcast
	ToThisAddress                 // to an address of the interface that it came in on
	ToOtherAddress                // to one of another interface
)

// What the router says and hears by ICMP.
type (
	// EchoReplySent: the answer to an echo leaves.
	EchoReplySent struct{ Src, Dst netip.Addr }
	// EchoReplyHeard: an echo of the router is answered.
	EchoReplyHeard struct{ Src, Dst netip.Addr }
	// UnreachableSent: a sender is told that its packet to About has not got there.
	UnreachableSent struct {
		About, To netip.Addr
		Code      uint8 // packet.Unreach…
	}
	// UnreachableHeard: the router is told so.
	UnreachableHeard struct {
		About, From netip.Addr
		Code        uint8
	}
	// TimeExceededSent: a sender is told that the time of its packet to About is over.
	TimeExceededSent struct {
		About, To  netip.Addr
		Reassembly bool // while it was put together
	}
	// TimeExceededHeard: the router is told so.
	TimeExceededHeard struct {
		From       netip.Addr
		Reassembly bool
	}
	// RedirectSent: a sender is told of a shorter way to About.
	RedirectSent struct{ About, To, Gateway netip.Addr }
	// RedirectHeard: the router is told so, which changes nothing.
	RedirectHeard struct{ About, From, Gateway netip.Addr }
	// RedirectBogus: the gateway of such a message is the router itself.
	RedirectBogus struct{ About, From, Gateway netip.Addr }
	// ICMPHeard: an ICMP message of another type has come.
	ICMPHeard struct {
		From       netip.Addr
		Type, Code uint8
	}
)

// UDP datagrams.
type (
	// UDPSent: one leaves.
	UDPSent struct {
		Src, Dst netip.AddrPort
		Length   int // of the header and what it carries, in bytes
	}
	// UDPHeard: one has come for the router.
	UDPHeard struct {
		Src, Dst netip.AddrPort
		Length   int
	}
)
