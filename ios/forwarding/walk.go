package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// Outcome is what became of a packet at a stage.
type Outcome uint8

// The outcomes: it went on; it has arrived, waits, or goes on as other packets; it
// is lost.
const (
	Passed Outcome = iota
	Taken
	Dropped
	numOutcomes
)

// transit is one packet on its way through the router.
type transit struct {
	Identity
	packet  packet.IPv4
	in      *Interface // nil: made by this router
	out     *Interface // nil: not routed yet
	nextHop netip.Addr
	group   bool // came in a link level broadcast

	opened bool        // came out of a tunnel
	sealed bool        // goes into one
	sent   packet.IPv4 // as its sender knows it, where NAT has changed it since

	failed Reason // why what was decided could not be applied

	// What a stage has found, for what applies it and for the stages after it.
	listed acl.Result
	accept func() Reason // see Decryption.Apply
	settle func()        // see Selection.Apply
	tunnel Tunnel        // that the crypto map has selected
	access Filter        // of the crypto map, for what is in a tunnel; nil where there is none
	nat    *translation  // what NAT has decided
	route  *Route        // that is taken
	mapped MapStep       // what the crypto map has found
	turn   *turn         // what policy routing has found; nil where it has not been asked

	assumed *Assumed // for a question; nil where there is none
}

// known is the packet as its sender knows it, which an ICMP error quotes.
func (t *transit) known() packet.IPv4 {
	if t.sent != nil {
		return t.sent
	}
	return t.packet
}

// made reports whether the router itself made the packet.
func (t *transit) made() bool { return t.in == nil }

// become turns the transit into that of a packet which goes on in its packet's place.
func (t *transit) become(p packet.IPv4) { t.Identity, t.packet = Identity{Parent: t.Number}, p }

// A verdict is what a stage decides about a packet.
type verdict struct {
	outcome Outcome
	reason  Reason
	next    []packet.IPv4 // what goes on in its place, where it is taken
	again   bool          // what goes on has come in by the interface that it went out of
}

func passed(why Reason) verdict  { return verdict{outcome: Passed, reason: why} }
func taken(why Reason) verdict   { return verdict{outcome: Taken, reason: why} }
func dropped(why Reason) verdict { return verdict{outcome: Dropped, reason: why} }

// replaced is the verdict that others go on in the packet's place.
func replaced(why Reason, next ...packet.IPv4) verdict {
	return verdict{outcome: Taken, reason: why, next: next}
}

// A Step is what one stage decided about one packet. Steps are told in the order in
// which things happen: those of the packets that come of one, such as its fragments,
// the packet that carries it, or an ICMP error about it, follow the step that made them.
type Step struct {
	Identity
	Stage   Stage
	Outcome Outcome
	Reason  Reason
	// Packet is to be read before the watcher returns: it changes on its way.
	Packet  packet.IPv4
	In, Out *Interface // nil: this router, or not known yet
	NextHop netip.Addr
	Details
}

// Begins reports whether this is the first step of a packet that has come in from a link
// or that the router itself has made, rather than of one made of another.
func (s Step) Begins() bool {
	if s.In != nil {
		return s.Stage == StageHeader
	}
	return s.Stage == ownStages[0].name || s.Stage == deliveryStages[0].name
}

// walk takes a packet through stages: it says what each has decided, applies that,
// and goes on with what follows. For a question nothing is applied.
func (s *Stack) walk(stages []stage, t *transit, q *question) {
	for at := range stages {
		if t.Number == 0 {
			t.Number = s.nextNumber(q)
		}
		stage := &stages[at]
		v := stage.decide(s, t)
		s.tell(q, stage.name, t, v)
		if q == nil {
			s.apply(stage, t, v)
		}
		if t.failed != NoReason {
			s.tell(q, stage.name, t, dropped(t.failed))
			return
		}
		if v.outcome == Passed {
			continue
		}
		if len(v.next) == 0 {
			return
		}
		last := len(v.next) - 1
		for _, p := range v.next[:last] {
			piece := *t
			piece.become(p)
			s.walk(stages[at+1:], &piece, q)
		}
		t.become(v.next[last])
		if v.again {
			s.walk(s.fromWire, &transit{Identity: t.Identity, packet: t.packet, in: t.out, assumed: t.assumed}, q)
			return
		}
	}
}

// apply applies a verdict. What the router sends meanwhile is because of the packet.
func (s *Stack) apply(stage *stage, t *transit, v verdict) {
	cause := s.cause
	s.cause = t.Number
	stage.apply(s, t, v)
	s.cause = cause
}

// conclude tells what has become of a packet that has waited at a stage, and applies it.
func (s *Stack) conclude(at Stage, t *transit, v verdict, apply func()) {
	s.tell(nil, at, t, v)
	cause := s.cause
	s.cause = t.Number
	apply()
	s.cause = cause
}

// nextNumber numbers the packets of the router, or of a question.
func (s *Stack) nextNumber(q *question) uint64 {
	last := &s.lastNumber
	if q != nil {
		last = &q.lastNumber
	}
	*last++
	return *last
}

// tell reports a step to the question, or else to the watchers.
func (s *Stack) tell(q *question, at Stage, t *transit, v verdict) {
	if q == nil && len(s.steps) == 0 {
		return
	}
	step := Step{t.Identity, at, v.outcome, v.reason, t.packet, t.in, t.out, t.nextHop, s.details(at, t, v)}
	if q != nil {
		step.Answer = s.answer(at, t, v)
		q.report(step)
		return
	}
	s.steps.tell(step)
}
