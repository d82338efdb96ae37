package isakmp

import (
	"slices"
	"testing"
)

// TestPeersAreToldApart by both addresses and both ports.
func TestPeersAreToldApart(t *testing.T) {
	n := newScene()
	ends := [][2]string{
		{"1.1.1.1:500", "2.2.2.2:500"}, {"1.1.1.2:500", "2.2.2.2:500"}, {"1.1.1.1:500", "2.2.2.3:500"},
		{"1.1.1.1:4500", "2.2.2.2:500"}, {"1.1.1.1:500", "2.2.2.2:4500"},
	}
	var peers []*peer
	for i, e := range ends {
		p := n.lockPeer(at(e[0]), at(e[1]), UseInitiator)
		if slices.Contains(peers, p) || times[PeerNew](n) != i+1 || times[PeerFound](n) != 0 {
			t.Errorf("the peer between %v is another's", e)
		}
		peers = append(peers, p)
	}
	for i, e := range ends {
		if n.findPeer(at(e[0]), at(e[1])) != peers[i] || n.lockPeer(at(e[0]), at(e[1]), UseResponder) != peers[i] || peers[i].ike != 2 {
			t.Errorf("the peer between %v is not found", e)
		}
	}
	if n.findPeer(at("1.1.1.3:500"), at("2.2.2.2:500")) != nil {
		t.Error("a peer of nobody")
	}
}

// TestPairsAreReleased: the count of just that peer falls, which goes with its last SA.
func TestPairsAreReleased(t *testing.T) {
	n := newScene()
	one := n.lockPeer(at("1.1.1.1:500"), at("2.2.2.2:500"), UseInitiator)
	two := n.lockPeer(at("1.1.1.2:500"), at("2.2.2.2:500"), UseInitiator)
	three := n.lockPeer(at("1.1.1.1:500"), at("2.2.2.3:500"), UseInitiator)
	for _, p := range []*peer{one, two, three} {
		n.lockIPsec(p, UseKeys)
	}
	n.PairReleased(at("1.1.1.3:500"), one.remote)
	n.PairReleased(one.local, at("2.2.2.4:500"))
	if one.ipsec+two.ipsec+three.ipsec != 3 {
		t.Error("the pair of others was released")
	}
	n.PairReleased(two.local, two.remote)
	n.PairReleased(three.local, three.remote)
	if one.ipsec != 1 || two.ipsec != 0 || three.ipsec != 0 || len(n.peers) != 3 {
		t.Errorf("counts %d, %d, %d; %d peers", one.ipsec, two.ipsec, three.ipsec, len(n.peers))
	}
	n.unlockIKE(one, UseSADeleted)
	n.PairReleased(one.local, one.remote)
	if !slices.Equal(n.peers, []*peer{two, three}) || times[PeerReaped](n) != 1 {
		t.Errorf("%d peers are left", len(n.peers))
	}
}

// TestPeerOfAnSAThatMoves: its struct goes with it where nothing else refers to that;
// else the SA gets one of its own, or that which is there already.
func TestPeerOfAnSAThatMoves(t *testing.T) {
	local, remote := at("1.1.1.1:4500"), at("2.2.2.2:1024")
	for _, tt := range []struct {
		name             string
		stays            bool
		prepare          func(n *scene, old *peer)
		same             bool // the struct is the old one
		freed            bool
		ike, oldIKE, all int // references to the new one, to the old one; peers
	}{
		{"not at all", true, func(*scene, *peer) {}, true, false, 1, 1, 1},
		{"alone", false, func(*scene, *peer) {}, true, false, 1, 1, 1},
		{"from another SA", false, func(_ *scene, old *peer) { old.ike++ }, false, false, 1, 1, 2},
		{"from a pair", false, func(_ *scene, old *peer) { old.ipsec++ }, false, false, 1, 0, 2},
		{"to another SA", false, func(n *scene, _ *peer) { n.lockPeer(local, remote, UseInitiator) }, false, true, 2, 0, 1},
	} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		old := s.peer
		tt.prepare(n, old)
		if !tt.stays {
			s.local, s.remote = local, remote
		}
		var kept, freed uint32
		s.movePeer(func(k, f uint32) { kept, freed = k, f })
		if (s.peer == old) != tt.same || s.peer.local != s.local || s.peer.remote != s.remote || kept != s.peer.ptr {
			t.Errorf("%s: %+v, told of %x", tt.name, s.peer, kept)
		}
		if (freed == old.ptr) != tt.freed || !tt.freed && freed != 0 {
			t.Errorf("%s: freed %x", tt.name, freed)
		}
		if s.peer.ike != tt.ike || old.ike != tt.oldIKE || len(n.peers) != tt.all {
			t.Errorf("%s: %d and %d references, %d peers", tt.name, s.peer.ike, old.ike, len(n.peers))
		}
	}
}

// TestFollowedPort: a responder whose initiator has gone to another port, or has come to
// another of ours, follows. The initiator has seen a NAT: where it is not before us, it
// is before the initiator.
func TestFollowedPort(t *testing.T) {
	for _, tt := range []struct {
		name               string
		role               Role
		local, remote      string
		inside, peerInside bool
		floats, behind     bool
	}{
		{"it stays", Responder, "1.1.1.1:500", "2.2.2.2:500", false, false, false, false},
		{"both ports", Responder, "1.1.1.1:4500", "2.2.2.2:4500", false, false, true, true},
		{"our port", Responder, "1.1.1.1:4500", "2.2.2.2:500", false, false, true, true},
		{"its port", Responder, "1.1.1.1:500", "2.2.2.2:1024", false, false, true, true},
		{"we are behind the NAT", Responder, "1.1.1.1:4500", "2.2.2.2:4500", true, false, true, false},
		{"both are behind one", Responder, "1.1.1.1:4500", "2.2.2.2:4500", true, true, true, true},
		{"an initiator", Initiator, "1.1.1.1:4500", "2.2.2.2:4500", false, false, false, false},
	} {
		n := newScene()
		s := n.enter(tt.role, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		s.local, s.remote, s.inside, s.peerInside = at(tt.local), at(tt.remote), tt.inside, tt.peerInside
		s.followPort()
		if told := times[PortFloated](n); (told == 1) != tt.floats || times[PeerSought](n) != told || s.peerInside != tt.behind {
			t.Errorf("%s: told %d times, the peer is behind a NAT: %v", tt.name, told, s.peerInside)
		}
	}
}

// TestWhatAPeerIsBehind: which NAT is in between counts where the ends have gone to the
// port for it.
func TestWhatAPeerIsBehind(t *testing.T) {
	for _, tt := range []struct {
		port               uint16
		inside, peerInside bool // by NAT-D
		here, there        bool // as the peer has it
	}{
		{500, false, false, false, false}, {500, true, false, false, false}, {500, false, true, false, false},
		{4500, false, false, false, false}, {4500, true, false, true, false}, {4500, false, true, false, true},
		{4500, true, true, true, true},
	} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		if tt.port == 4500 {
			s.local, s.remote = at("1.1.1.1:4500"), at("2.2.2.2:4500")
		}
		s.inside, s.peerInside, s.peerID = tt.inside, tt.peerInside, "R2"
		s.insertPeer()
		if p := s.peer; p.inside != tt.here || p.mapped != tt.there || p.id != "R2" {
			t.Errorf("%+v: %+v", tt, p)
		}
		if udp := times[UDPEncapsulated](n) == 1; udp != (tt.here || tt.there) || s.inUDP() != udp || times[PeerInserted](n) != 1 {
			t.Errorf("%+v: in UDP %v", tt, udp)
		}
	}
}
