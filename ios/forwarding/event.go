package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// Event is something that a router logs of its interfaces: one of the structs of
// this file. What it says of it is a table of package ios/debugtext.
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
)
