package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
)

// Details are what a stage has found out about a packet, beside its verdict. What the
// stage has not looked at is nil.
type Details struct {
	Processed bool // the router's processor has the packet in hand, and not CEF
	ToAll     bool // it leaves to all stations of a link, or to a group
	Sealed    bool // it carries another to the end of a tunnel

	List   *ListStep   // at the stages of access lists
	Policy *PolicyStep // at the stage of policy routing
	Route  *Route      // at the stages that find a way out
	NAT    *NATStep    // at the stages of NAT
	Map    *MapStep    // at the stage of the crypto map
	// Answer is what the router would send because of the packet: the answer to it, or an
	// ICMP error about it. It is told to questions only.
	Answer packet.IPv4
}

// A ListStep is what an access list has decided.
type ListStep struct {
	Name string
	Rule *acl.Rule // nil: no entry matches, which denies
	Via  *acl.Rule // the entry with `evaluate` by whose reflexive list it was found, nil for none

	Makes *acl.Reflected // the entry of a reflexive list that the packet makes, nil for none
}

// Line is the line of the list that has decided, nil for none.
func (s *ListStep) Line() *acl.Rule {
	if s.Via != nil {
		return s.Via
	}
	return s.Rule
}

// Reflexive is the entry of a reflexive list by which the packet passes or which it
// makes, as `MIRROR: permit icmp …`; "" for none.
func (s *ListStep) Reflexive() (entry string, makes bool) {
	switch {
	case s.Via != nil:
		return s.Via.Text + ": " + s.Rule.ShowText(), false
	case s.Makes != nil:
		e := s.Makes.Entry()
		return s.Makes.List() + ": " + e.ShowText(), true
	}
	return "", false
}

// A PolicyStep is what a route-map has decided.
type PolicyStep struct {
	Map      string // "" where it is not defined
	Sequence int    // of the entry that is for the packet
	Matched  bool   // there is one
}

// A NATStep is what a stage of NAT has found.
type NATStep struct {
	Before packet.IPv4     // the packet as it came to the stage
	Entry  nat.Translation // that is used; the zero value for none
	Makes  bool            // there was no such entry before
	Asked  []nat.Asked     // lists and route-maps, in this order
}

// A MapStep is what a crypto map has found.
type MapStep struct {
	Name     string
	Sequence int        // of the entry that protects the packet; 0 for none
	List     string     // of the entry
	Rule     *acl.Rule  // of that list
	Peer     netip.Addr // the zero Addr where the entry has none
}

// details is what the stage has found.
func (s *Stack) details(at Stage, t *transit, v verdict) Details {
	d := Details{Processed: s.processed(at, t, v), ToAll: t.toAll(), Sealed: t.sealed}
	if v.reason == NoReason {
		return d
	}
	switch at {
	case StageAccessIn:
		d.List = t.listStep(t.in.AccessIn)
	case StageAccessOut:
		d.List = t.listStep(t.out.AccessOut)
	case StageCryptoAccessIn, StageCryptoAccessOut:
		d.List = t.listStep(t.access)
	case StageNATIn, StageNATOut:
		d.NAT = t.natStep()
	case StagePolicy:
		d.Policy = t.turn.step()
	case StageRoute, StageRouteOuter:
		d.Route = t.route
	case StageCryptoMap:
		if v.reason != IPsecItself {
			found := t.mapped
			d.Map = &found
		}
	}
	return d
}

// listStep is what an interface's list has decided, nil where there is none.
func (t *transit) listStep(f Filter) *ListStep {
	l, ok := f.(Listed)
	if !ok || t.listed.Outcome == acl.NoList {
		return nil
	}
	step := &ListStep{Name: l.List().Name(), Rule: t.listed.Rule, Via: t.listed.Via}
	seen := acl.Examine(t.packet)
	if made, ok := t.listed.Reflects(&seen); ok {
		step.Makes = &made
	}
	return step
}

// natStep is what NAT has found.
func (t *transit) natStep() *NATStep {
	return &NATStep{t.nat.before, t.nat.Entry, len(t.nat.Makes) > 0, t.nat.Asked}
}
