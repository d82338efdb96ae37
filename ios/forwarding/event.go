package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// Event is something that a router logs of its interfaces, or that debug shows: one of
// the structs of the files event*.go. What it says of it is a table of package
// ios/debugtext.
type Event any

type (
	// ShutDown: an interface is configured to be down, and has been for a while.
	ShutDown struct{ Interface Name }
	// LinkChanged: an interface that is not has gone up or down, and has stayed there
	// for a while.
	LinkChanged struct {
		Interface Name
		Status    Status
	}
	// ProtocolChanged: so has its line protocol.
	ProtocolChanged struct {
		Interface Name
		Up        bool
	}
	// AddressTaken: another host has an address of an interface.
	AddressTaken struct {
		Interface Name
		Address   netip.Addr
		By        packet.MAC
	}

	// TransitPoliced: policy routing has decided about a packet that came from a link. It
	// is told where Stack.TellPolicy says so.
	TransitPoliced struct{ Policed }
	// OwnPoliced: so it has about one that this router has made.
	OwnPoliced struct{ Policed }
)

// Policed is what policy routing has decided about a packet.
type Policed struct {
	In       Name // of TransitPoliced
	Packet   acl.Packet
	Length   int // of the IP packet, in bytes
	Map      string
	Sequence int // of the entry that is for it; without a meaning for PolicyNotMatched
	Why      Reason
	Out      Name       // of PolicyRouted and PolicyToNull
	Gateway  netip.Addr // likewise; the zero Addr where the entry names an interface
}
