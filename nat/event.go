package nat

import "net/netip"

// Event is what NAT tells of: one of the structs of this file. Its words are a table
// of package ios/debugtext.
type Event any

// Examined is a packet that is to be translated, as it came: `i: icmp (10.1.1.1, 7) ->
// (20.1.1.1, 7) [5]` of the detailed debug.
type Examined struct {
	Outbound bool // from inside
	Switched bool // NAT*: CEF passes it on, and not the processor
	Protocol uint8
	Src, Dst Endpoint
	IPID     uint16
}

// AddressTranslated is a packet whose source or destination was changed; where both are,
// there are two of them, the source first, and the second has the first's result.
type AddressTranslated struct {
	Outbound       bool
	Switched       bool
	Source         bool // the source is what was changed
	Src, Dst       netip.Addr
	NewSrc, NewDst netip.Addr // the same as before where not changed
	IPID           uint16
}

// IdentifierTranslated is an ICMP identifier that was changed.
type IdentifierTranslated struct {
	Switched bool
	From, To uint16
}

// PortAllocated is a port that PAT has chosen for a new conversation.
type PortAllocated struct {
	Local, Global netip.Addr
	Protocol      uint8
	Wanted, Got   uint16
}

// Expiring is an entry whose time is over.
type Expiring struct{ Translation Translation }

// Created is an entry that was made by traffic.
type Created struct{ Translation Translation }

// Deleted is an entry that was deleted: its time was over, or it was cleared.
type Deleted struct{ Translation Translation }

// AllocationFailed is a host that got no address or port.
type AllocationFailed struct {
	Host      netip.Addr
	List      string // or RouteMap
	RouteMap  string
	Pool      string // or Interface
	Interface string
}

// TranslationFailed is a packet that was dropped because it could not be translated.
type TranslationFailed struct {
	Reason   Reason
	Src, Dst netip.Addr
}
