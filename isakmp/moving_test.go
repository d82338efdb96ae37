package isakmp

import (
	"net/netip"
	"slices"
	"testing"
)

// TestFloat: an initiator that has found a NAT goes to port 4500, once (RFC 3947 §4).
func TestFloat(t *testing.T) {
	for _, tt := range []struct {
		inside, peerInside bool
		local, remote      string
		to, at             string
	}{
		{false, false, "1.1.1.1:500", "2.2.2.2:500", "1.1.1.1:500", "2.2.2.2:500"},
		{true, false, "1.1.1.1:500", "2.2.2.2:500", "1.1.1.1:4500", "2.2.2.2:4500"},
		{false, true, "1.1.1.1:500", "2.2.2.2:500", "1.1.1.1:4500", "2.2.2.2:4500"},
		{true, false, "1.1.1.1:4500", "2.2.2.2:1024", "1.1.1.1:4500", "2.2.2.2:1024"},
	} {
		s := &sa{local: at(tt.local), remote: at(tt.remote), inside: tt.inside, peerInside: tt.peerInside}
		if s.float(); s.local != at(tt.to) || s.remote != at(tt.at) {
			t.Errorf("%+v: from %v to %v", tt, s.local, s.remote)
		}
	}
}

// TestReaches: which ports an SA is with its peer at, or may be.
func TestReaches(t *testing.T) {
	for _, tt := range []struct {
		remote string
		role   Role
		state  State
		port   uint16
		want   bool
	}{
		{"2.2.2.2:1024", Responder, StateP1Complete, 1024, true}, {"2.2.2.2:1024", Responder, StateP1Complete, 1025, false},
		{"2.2.2.2:500", Initiator, StateIMM3, 4500, true}, {"2.2.2.2:500", Initiator, StateIMM3, 1024, false},
		{"2.2.2.2:1024", Initiator, StateIMM3, 4500, false}, {"2.2.2.2:500", Initiator, StateP1Complete, 4500, false},
		{"2.2.2.2:500", Responder, StateRMM4, 4500, false},
	} {
		s := &sa{remote: at(tt.remote), state: tt.state}
		if s.role = tt.role; tt.role == Responder {
			s.keys = somePhase1(t)
		}
		if got := s.reaches(tt.port); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// TestBudding: phase 1 is under way with a peer that has answered.
func TestBudding(t *testing.T) {
	for _, tt := range []struct {
		role          Role
		keys, deleted bool
		state         State
		want          bool
	}{
		{Initiator, false, false, StateIMM1, true}, {Initiator, true, false, StateIMM5, true}, {Initiator, false, true, StateIMM1, false},
		{Responder, false, false, StateRMM2, false}, {Responder, true, false, StateRMM4, true}, {Responder, true, true, StateRMM4, false},
		{Initiator, true, false, StateP1Complete, false}, {Responder, true, false, StateP1Complete, false},
	} {
		s := &sa{state: tt.state}
		if s.role, s.deleted = tt.role, tt.deleted; tt.keys {
			s.keys = somePhase1(t)
		}
		if got := s.budding(); got != tt.want {
			t.Errorf("%c %s, keys %v, deleted %v: %v", tt.role, tt.state, tt.keys, tt.deleted, got)
		}
	}
}

// TestWhereAnAuthenticMessageLeads: to where it came from, until the SA is up; then
// everything with the peer follows it, unless a NAT is before us (RFC 3947 §4).
func TestWhereAnAuthenticMessageLeads(t *testing.T) {
	for _, tt := range []struct {
		name         string
		up, inside   bool
		at, from     string
		local, where string // of the SA then
		moved        bool   // pairs are taken along
	}{
		{"where it is", false, false, "1.1.1.1:500", "2.2.2.2:500", "1.1.1.1:500", "2.2.2.2:500", false},
		{"both ports", false, false, "1.1.1.1:4500", "2.2.2.2:1024", "1.1.1.1:4500", "2.2.2.2:1024", false},
		{"our port", false, true, "1.1.1.1:4500", "2.2.2.2:500", "1.1.1.1:4500", "2.2.2.2:500", false},
		{"its port", false, false, "1.1.1.1:500", "2.2.2.2:1024", "1.1.1.1:500", "2.2.2.2:1024", false},
		{"up, where it is", true, false, "1.1.1.1:500", "2.2.2.2:500", "1.1.1.1:500", "2.2.2.2:500", false},
		{"up, its port", true, false, "1.1.1.1:500", "2.2.2.2:1024", "1.1.1.1:500", "2.2.2.2:1024", true},
		{"up, behind a NAT", true, true, "1.1.1.1:500", "2.2.2.2:1024", "1.1.1.1:500", "2.2.2.2:500", false},
	} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		if s.inside = tt.inside; tt.up {
			s.state = StateP1Complete
		}
		s.at, s.from = at(tt.at), at(tt.from)
		s.authentic()
		if s.local != at(tt.local) || s.remote != at(tt.where) || (len(n.ipsec.moved) == 1) != tt.moved {
			t.Errorf("%s: from %v to %v, moved to %v", tt.name, s.local, s.remote, n.ipsec.moved)
		}
	}
}

// TestAllThatMovesWithAPeer: every SA of phase 1 and the struct between the same two, told
// of once; others stay.
func TestAllThatMovesWithAPeer(t *testing.T) {
	n := newScene()
	budding := n.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1024", 1, 2)
	first := n.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1024", 3, 4)
	second := n.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1024", 5, 6)
	elsewhere := n.enter(Responder, "1.1.1.2:4500", "2.2.2.2:1024", 7, 8)
	another := n.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1025", 9, 10)
	for _, s := range []*sa{first, second, elsewhere, another} {
		s.state = StateP1Complete
	}
	n.events = nil
	to := at("2.2.2.2:1026")
	n.PeerMoved(first.local, first.remote, to)
	for _, s := range []*sa{budding, first, second} {
		if s.remote != to || s.peer.remote != to {
			t.Errorf("an SA stays with %v, its peer at %v", s.remote, s.peer.remote)
		}
	}
	for _, s := range []*sa{elsewhere, another} {
		if s.remote == to || s.peer.remote == to {
			t.Errorf("the SA from %v, and its peer, went with another", s.local)
		}
	}
	if len(n.events) != 1 || n.events[0] != (PortFloated{SA: first.ref()}) || !slices.Equal(n.ipsec.moved, []netip.AddrPort{to}) {
		t.Errorf("told %+v, pairs moved to %v", n.events, n.ipsec.moved)
	}
}
