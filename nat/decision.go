package nat

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// A Way is how a packet is to leave: the full name of the interface, and the next hop.
// Of a packet that comes in it is the way that its answer would take: the interface that
// it has come in by, and no next hop.
type Way struct {
	Out     string
	NextHop netip.Addr
	// Self is set where the router has made the packet itself; it is not switched but sent.
	Self bool
	// Processed is set where the router's processor passes the packet on, where CEF would.
	Processed bool
}

// switched reports whether CEF passes the packet on.
func (w Way) switched() bool { return !w.Self && !w.Processed }

// A Verdict is what NAT does to a packet.
type Verdict uint8

// The verdicts.
const (
	Untouched  Verdict = iota // it goes on as it is
	Translated                // Decision.Packets go on in its place
	Refused                   // there is no address or port for it, and it is lost
	Held                      // a fragment that waits for the first one
)

// A Reason is why a packet is refused.
type Reason uint8

// The reasons.
const (
	NoReason   Reason = iota
	NoAddress         // no address or port is free in the pool or on the interface
	TooMany           // a limit of entries is reached
	Taken             // another conversation looks the same from outside
	NoRoom            // too many fragments wait
	NotCarried        // it cannot be translated: too short, or an SPI that waits
)

// A Decision is what NAT decides about a packet. Nothing has changed by it yet.
type Decision struct {
	Verdict Verdict
	Reason  Reason // where it is refused
	// Packets are what goes on where it is translated: a rewritten copy of the packet, and
	// fragments that have waited for it. Where others have waited for a packet that nothing
	// translates, Verdict is Translated all the same, and there is no Entry.
	Packets []packet.IPv4
	// Entry is the translation that is used, of the zero Protocol and without addresses
	// where there is none.
	Entry Translation
	// Makes are the translations that Apply would make, the one that is used last.
	Makes []Translation
	// Rule is the dynamic mapping that took the packet where there was no entry. It is for
	// reading at once.
	Rule *Rule
	// Asked are the lists and route-maps that have been asked, in this order.
	Asked []Asked

	// Apply makes the entries, sets the time of last use, counts, and tells; nil is nothing
	// to apply. It is to be called before anything else is decided or changed, and once. A
	// decision that is not applied leaves no trace; it can be assumed by other calls.
	Apply func()

	made  []*Entry
	leads *datagram // the datagram of which it is the first fragment
}

// Lasts reports whether the decision is about later packets, too: it would make entries, or
// it is about a first fragment, which the others follow.
func (d Decision) Lasts() bool { return len(d.made) > 0 || d.leads != nil }

// Asked is an access list or a route-map that was asked about a packet, and its answer.
type Asked struct {
	List     string    // "" for a route-map
	RouteMap string    // "" for a list
	Rule     *acl.Rule // the entry of a list that has decided; nil for none
	Permits  bool
	// Unmatched is that no entry of the route-map matches, and none has denied the packet.
	Unmatched bool
}

// asked are those that were asked. Their entries that have decided are to be counted.
type asked []Asked

func (a asked) count() {
	for _, one := range a {
		if one.Rule != nil {
			one.Rule.Hit(1)
		}
	}
}
