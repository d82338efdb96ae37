package event

import "time"

// Event is something that has happened in a router.
type Event struct {
	At     time.Duration // since the lab's start
	Router string        // the name of its node
	Serial uint64        // counts the router's events and causes, from 1
	Kind   Kind
	Cause  Cause
	// Body says what has happened: a struct of isakmp, nat, ios/keyengine,
	// ios/forwarding, ios/logging or this package. Bytes of packets and frames in it
	// are to be read before the reader returns.
	Body any
}

// Kind is a set of kinds of event.
type Kind uint16

// The kinds.
const (
	IKE      Kind = 1 << iota // events of package isakmp
	IPsec                     // events of package ios/keyengine
	System                    // what else there is to be logged of the router
	Log                       // logging.Record: what was logged or shown by debug
	Packets                   // forwarding.Step: what a stage decided about a packet
	Frames                    // forwarding.Frame: it has come in or leaves
	Input                     // what came to the router, but for frames: Typed, Carrier, PowerOn, Order
	Contents                  // with IKE: isakmp.Sending and isakmp.Received bear what their messages say
	NAT                       // events of package nat
	ARP                       // what happens by ARP: the structs of forwarding's event_arp.go
	Policy                    // forwarding.TransitPoliced and OwnPoliced
)

// Every is all of them. Packets and Frames keep packets off the fast path, and
// Policy keeps those off it that a route-map is asked about.
const Every = IKE | IPsec | System | Log | Packets | Frames | Input | Contents | NAT | ARP | Policy
