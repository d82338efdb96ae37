package nat

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// Env is what a NAT needs of its router.
type Env struct {
	// Now is the time on the loop's clock.
	Now func() time.Duration
	// After calls f once, d from now, unless it is stopped.
	After func(d time.Duration, f func()) (stop func())
	// Emit tells of an event: one of the structs of event.go.
	Emit func(Event)
	// List returns an access list, nil where it is not defined.
	List func(name string) *acl.List
	// RouteMap returns a route-map as it is now, nil where it is not defined.
	RouteMap func(name string) RouteMap
	// Address returns the address of an interface; the zero Addr where it has none.
	Address func(ifc string) netip.Addr
}

// A RouteMap chooses packets. A value never changes: an edited route-map is another
// value, an unedited one the same.
type RouteMap interface {
	// Permits reports whether the route-map permits p, of length bytes, that is to
	// leave that way, and which entry of an access list has decided, nil for none.
	Permits(p *acl.Packet, length int, way Way) (permit bool, hit *acl.Rule)
}

// A Way is how a packet is to leave: the full name of the interface, and the next hop.
type Way struct {
	Out     string
	NextHop netip.Addr
}

// A Verdict is what NAT does to a packet.
type Verdict uint8

// The verdicts.
const (
	Untouched  Verdict = iota // it goes on as it is
	Translated                // Decision.Packets go on in its place
	Refused                   // there is no address or port for it, and it is lost
	Held                      // a fragment that waits for the first one
)

// A Decision is what NAT decides about a packet. Nothing has changed by it yet.
type Decision struct {
	Verdict Verdict
	// Packets are what goes on where it is translated: the packet, rewritten, and
	// fragments that have waited for it.
	Packets []packet.IPv4
	// Entry is the translation that is used; Makes is set where Apply would make it.
	// Why nothing is translated is told by Entry being the zero Translation.
	Entry Translation
	Makes bool
	// Apply makes the entry, sets its time of last use, counts, and tells. It is nil
	// where there is nothing to apply.
	Apply func()
}

// Endpoint is an address with a port, an ICMP identifier or an SPI. ID counts only
// where the translation has a protocol.
type Endpoint struct {
	Addr netip.Addr
	ID   uint32
}

// A Translation is an entry of the table as it can be shown.
type Translation struct {
	Protocol                    uint8 // 0 for a simple entry
	InsideGlobal, InsideLocal   Endpoint
	OutsideLocal, OutsideGlobal Endpoint // no Addr: any
	Static                      bool
}
