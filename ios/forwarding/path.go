package forwarding

import (
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// Names of stages that a Watch may look for.
const (
	StageHeader   = "header"   // a packet has come in
	StageDecrypt  = "decrypt"  // what is for this router is whole, and in clear
	StageTransmit = "transmit" // a packet goes out
)

// paths is the way of a packet: what is done to it, in this order. It is the
// order of 12.4, in which an interface's access list sees the encrypted packet
// only. What is to come later has its place here: a crypto map's own access
// list and NAT from outside to inside follow "decrypt"; policy routing precedes
// "route"; NAT from inside to outside precedes "encrypt".
func paths() (fromWire, fromSelf, toSelf []stage) {
	departure := []stage{
		{"encrypt", (*Stack).encrypt, (*View).encrypt},
		{"access list out", (*Stack).accessListOut, (*View).accessListOut},
		{"fragment", (*Stack).fragment, (*View).fragment},
		{StageTransmit, (*Stack).sendOut, (*View).transmit},
	}
	delivery := []stage{
		{"reassemble", (*Stack).reassemble, (*View).reassemble},
		{StageDecrypt, (*Stack).decrypt, (*View).decrypt},
		{"deliver", (*Stack).deliver, (*View).deliver},
	}
	arrival := []stage{
		{StageHeader, (*Stack).checkHeader, (*View).checkHeader},
		{"access list in", (*Stack).accessListIn, (*View).accessListIn},
		{"clear text", (*Stack).refuseClear, (*View).refuseClear},
	}
	forward := []stage{
		{"forward", (*Stack).forward, (*View).forward},
		{"route", (*Stack).route, (*View).route},
		{"time to live", (*Stack).timeToLive, (*View).timeToLive},
		{"redirect", (*Stack).redirect, (*View).redirect},
	}
	fromWire = join(arrival, delivery, forward, departure)
	fromSelf = join([]stage{{"route", (*Stack).route, (*View).route}}, departure)
	return fromWire, fromSelf, delivery
}

// A stage is one thing that is done to a packet: on the loop, and beside it, where
// all that is not settled is left to the loop. The note is a constant, so that
// telling costs nothing where nobody listens.
type stage struct {
	name string
	do   func(s *Stack, t *transit) (outcome Outcome, note string)
	fast func(v *View, f *Flight) fastStep
}

// after returns what follows the stage of that name.
func after(stages []stage, name string) []stage {
	at := slices.IndexFunc(stages, func(s stage) bool { return s.name == name })
	return stages[at+1:]
}

func join(lists ...[]stage) (all []stage) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// Outcome is what became of a packet at a stage.
type Outcome uint8

// The outcomes: it went on, it has arrived or goes on in another form, it is lost.
const (
	Passed Outcome = iota
	Taken
	Dropped
)

// String names the outcome.
func (o Outcome) String() string { return [...]string{"passed", "taken", "dropped"}[o] }

// transit is one packet on its way through the router.
type transit struct {
	packet  packet.IPv4
	in      *Interface // nil: made by this router
	out     *Interface // nil: not routed yet
	nextHop netip.Addr
	group   bool // came in a link level broadcast

	opened bool // came out of a tunnel
	sealed bool // goes into one

	rest []stage // what is still to be done
}

// made says whether the router itself made the packet.
func (t *transit) made() bool { return t.in == nil }

// A Step is what one stage did to one packet, for whoever watches. Its packet is
// to be read before Watch returns: it changes on its way.
type Step struct {
	Stage   string
	Outcome Outcome
	Note    string // why; empty where there is nothing to say
	Packet  packet.IPv4
	In, Out *Interface // nil: this router, or not known yet
	NextHop netip.Addr
}

// walk takes a packet through stages until one of them keeps or drops it.
func (s *Stack) walk(stages []stage, t *transit) {
	for at, stage := range stages {
		t.rest = stages[at+1:]
		outcome, note := stage.do(s, t)
		if s.Watch != nil {
			s.Watch(Step{stage.name, outcome, note, t.packet, t.in, t.out, t.nextHop})
		}
		if outcome != Passed {
			return
		}
	}
}
