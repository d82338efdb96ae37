package ios

import (
	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/ios/packet"
)

// A stepTeller makes of a step what the three debugs show of it: events, of which the
// words are shown.
type stepTeller struct {
	*Router
	step   forwarding.Step
	serial uint64
}

// show shows what an event reads like.
func (t *stepTeller) show(e forwarding.Event) {
	for _, text := range t.words.Debug(e) {
		t.log.Show(logging.Record{Text: text, Event: t.serial})
	}
}

// tell shows what there is to be shown of the step. Of what the router sends UDP and ICMP
// come before IP, and of what it receives after.
func (t *stepTeller) tell() {
	s := &t.step
	if s.Stage == forwarding.StageHeader || !s.Packet.Valid() {
		return
	}
	if begins := s.In == nil && (s.Stage == forwarding.StagePolicy || s.Stage == forwarding.StageReassemble); begins {
		t.tellMade()
	}
	if t.packetDebug.packets && s.Processed && t.wanted() {
		t.tellHandled()
	}
	if s.Stage == forwarding.StageDeliver && s.Reason != forwarding.NotForThisRouter {
		t.tellDelivered()
	}
}

// wanted reports whether the access list of `debug ip packet` permits the packet as it is
// at this step.
func (t *stepTeller) wanted() bool {
	list := t.lists.Get(t.packetDebug.list)
	if list == nil {
		return true
	}
	seen := acl.Examine(t.step.Packet)
	return list.Lookup(&seen).Passes()
}

// handled is the packet of the step, with the names of these interfaces.
func (t *stepTeller) handled(in, out *forwarding.Interface) forwarding.Handled {
	return forwarding.Handled{
		Packet: t.step.Packet, Made: in == nil, In: nameOf(in), Out: nameOf(out),
		NextHop: t.step.NextHop, Detail: t.packetDebug.detail,
	}
}

func nameOf(i *forwarding.Interface) string {
	if i == nil {
		return ""
	}
	return i.String()
}

// leaving is the packet on its way out. What carries another to the end of a tunnel is
// the router's own.
func (t *stepTeller) leaving() forwarding.Handled {
	if t.step.Sealed {
		return t.handled(nil, t.step.Out)
	}
	return t.handled(t.step.In, t.step.Out)
}

// tellHandled shows what the processor has done with the packet at the step.
func (t *stepTeller) tellHandled() {
	s := &t.step
	switch s.Stage {
	case forwarding.StageReassemble:
		if s.In == nil { // from the router to itself
			t.tellToItself()
		}
		t.tellPiece()
	case forwarding.StageReassembleInner:
		t.tellPiece()
	case forwarding.StageDecrypt:
		if s.Reason != forwarding.NoReason {
			t.tellTaken()
		}
	case forwarding.StageDeliver:
		if s.Reason != forwarding.NotForThisRouter {
			t.tellTaken()
		}
	case forwarding.StageForward:
		if s.Reason == forwarding.NotForwardable && s.Packet.Dst().IsMulticast() {
			t.show(forwarding.TakenIn{Handled: t.handled(s.In, nil), As: forwarding.ForeignGroup})
		}
	case forwarding.StageRoute, forwarding.StageRouteOuter:
		t.tellRouted()
	case forwarding.StageTimeToLive:
		if s.Reason == forwarding.TTLExceeded {
			t.show(forwarding.HopsOver{Handled: t.leaving()})
		}
	case forwarding.StageCryptoMap:
		if s.Reason == forwarding.Selected || s.Reason == forwarding.NoTunnel {
			t.tellLeaving()
		}
	case forwarding.StageFragmentBefore:
		if s.Reason == forwarding.TooBigForTunnel {
			t.show(forwarding.NotFragmented{Handled: t.leaving()})
		}
	case forwarding.StageFragment:
		t.tellFitted()
	case forwarding.StageTransmit:
		if s.Parent != 0 && s.Parent == t.packetDebug.cut {
			t.show(forwarding.PieceSent{Handled: t.leaving()})
		}
		if s.Outcome == forwarding.Dropped && s.Reason != forwarding.NoHost {
			t.show(forwarding.NotEncapsulated{Handled: t.leaving()})
		}
	}
	if s.Reason == forwarding.Denied {
		t.show(forwarding.AccessDenied{Handled: t.leaving()})
	}
}

// tellRouted shows what the routing table has said.
func (t *stepTeller) tellRouted() {
	switch s := &t.step; s.Reason {
	case forwarding.NoRoute:
		t.show(forwarding.Unroutable{Handled: t.leaving()})
	case forwarding.Routed:
		if !s.ToAll {
			t.show(forwarding.LookedUp{Handled: t.leaving(), CEF: t.stack.CEF && t.stack.Routing})
		}
	case forwarding.RoutedToNull:
		t.show(forwarding.LookedUp{Handled: t.leaving(), CEF: t.stack.CEF && t.stack.Routing})
		t.tellLeaving()
	}
}

// tellLeaving shows that the packet is sent, or sent on.
func (t *stepTeller) tellLeaving() {
	h := t.leaving()
	if h.Made {
		t.show(forwarding.SentOut{Handled: h, ToAll: t.step.ToAll})
		return
	}
	t.show(forwarding.PassedOn{Handled: h})
}

// tellFitted shows what becomes of a packet by its length.
func (t *stepTeller) tellFitted() {
	switch t.step.Reason {
	case forwarding.Fits:
		t.tellLeaving()
	case forwarding.Fragmented:
		t.tellLeaving()
		t.packetDebug.cut = t.step.Number
	case forwarding.TooBig:
		t.show(forwarding.NotFragmented{Handled: t.leaving()})
	}
}

// tellPiece shows that a fragment has come, and is not refused.
func (t *stepTeller) tellPiece() {
	if why := t.step.Reason; why == forwarding.FragmentHeld || why == forwarding.Reassembled {
		t.show(forwarding.PieceTaken{Handled: t.handled(t.step.In, nil)})
	}
}

// tellToItself shows that the router sends to an address of its own.
func (t *stepTeller) tellToItself() {
	h := t.handled(nil, t.stack.Owner(t.step.Packet.Dst()))
	t.show(forwarding.LookedUp{Handled: h})
	t.show(forwarding.SentOut{Handled: h})
}

// tellTaken shows what a packet that has come for the router is to it.
func (t *stepTeller) tellTaken() {
	in, own := t.step.In, t.stack.Owner(t.step.Packet.Dst())
	if in == nil {
		in = own
	}
	h, as := t.handled(in, nil), forwarding.ToOtherAddress
	switch {
	case !t.stack.Routing:
		as = forwarding.WithoutRouting
	case own == nil:
		as = forwarding.ToEveryone
	default:
		known := t.handled(in, own)
		t.show(forwarding.LookedUp{Handled: known})
		if own == in {
			h, as = known, forwarding.ToThisAddress
		}
	}
	t.show(forwarding.TakenIn{Handled: h, As: as})
}

// tellMade shows what the router says by ICMP and UDP.
func (t *stepTeller) tellMade() {
	p := t.step.Packet
	switch {
	case p.Protocol() == packet.ProtoICMP && t.packetDebug.icmp:
		if e := icmpSent(p); e != nil {
			t.show(e)
		}
	case p.Protocol() == packet.ProtoUDP && t.packetDebug.udp:
		if src, dst, length, ok := udpEnds(p); ok {
			t.show(forwarding.UDPSent{Src: src, Dst: dst, Length: length})
		}
	}
}

// tellDelivered shows what it hears.
func (t *stepTeller) tellDelivered() {
	p := t.step.Packet
	switch {
	case p.Protocol() == packet.ProtoICMP && t.packetDebug.icmp && t.step.Reason != forwarding.BadICMP:
		if e := icmpHeard(p, t.stack.Table()); e != nil {
			t.show(e)
		}
	case p.Protocol() == packet.ProtoUDP && t.packetDebug.udp && t.step.Reason != forwarding.BadUDP:
		if src, dst, length, ok := udpEnds(p); ok {
			t.show(forwarding.UDPHeard{Src: src, Dst: dst, Length: length})
		}
	}
}
