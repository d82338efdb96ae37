package isakmp

import (
	"slices"
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestWhichQuickModeIsRefused: the one whose SPI the peer names, where a message of it is
// under way; without an SPI the oldest of our requests.
func TestWhichQuickModeIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spi   []byte
		state [3]NodeState // of those with the SPIs 0x1000, 0x2000, 0x3000
		over  int          // as many are over
		want  uint32       // 0: none
	}{
		{"our request", []byte{0, 0, 0x20, 0}, [3]NodeState{NodeIQM1, NodeIQM1, NodeIQM1}, 0, 0x2000},
		{"our answer", []byte{0, 0, 0x20, 0}, [3]NodeState{NodeIQM1, NodeRQM2, NodeIQM1}, 0, 0x2000},
		{"one that has not begun", []byte{0, 0, 0x20, 0}, [3]NodeState{NodeIQM1, NodeReady, NodeIQM1}, 0, 0},
		{"one that is complete", []byte{0, 0, 0x20, 0}, [3]NodeState{NodeIQM1, NodeComplete, NodeIQM1}, 0, 0},
		{"one that is over", []byte{0, 0, 0x10, 0}, [3]NodeState{NodeIQM1, NodeIQM1, NodeIQM1}, 1, 0},
		{"another SPI", []byte{0, 0, 0x20, 1}, [3]NodeState{NodeIQM1, NodeIQM1, NodeRQM2}, 0, 0},
		{"no SPI", nil, [3]NodeState{NodeIQM1, NodeIQM1, NodeIQM1}, 0, 0x1000},
		{"no SPI, the first has not begun", nil, [3]NodeState{NodeReady, NodeIQM1, NodeIQM1}, 0, 0x2000},
		{"no SPI, the first is an answer", nil, [3]NodeState{NodeRQM2, NodeRQM2, NodeIQM1}, 0, 0x3000},
		{"no SPI, the first is over", nil, [3]NodeState{NodeIQM1, NodeIQM1, NodeIQM1}, 1, 0x2000},
	} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		for i, state := range tt.state {
			q := s.newQuick(uint32(i+1), Initiator)
			q.state, q.spi, q.deleted = state, uint32(i+1)<<12, i < tt.over
			q.enter()
		}
		got := s.larval(wire.Notify{Protocol: ProtoESP, SPI: tt.spi})
		if want := []uint32{tt.want}; tt.want != 0 && !slices.Equal(got, want) || tt.want == 0 && got != nil {
			t.Errorf("%s: %x", tt.name, got)
		}
		for q := range s.quicks {
			if q.spi == tt.want {
				t.Errorf("%s: it goes on", tt.name)
			}
		}
		if told := times[LarvalDeleted](n); (told == 1) != (tt.want != 0) {
			t.Errorf("%s: told %d times", tt.name, told)
		}
	}
}

// TestRequestsOfAnSPI: those of ours, that are not over, for just that inbound SPI.
func TestRequestsOfAnSPI(t *testing.T) {
	n := newScene()
	s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	for i, tt := range []struct {
		role Role
		spi  uint32
		over bool
	}{{Initiator, 7, false}, {Initiator, 8, false}, {Responder, 7, false}, {Initiator, 7, true}, {Initiator, 7, false}} {
		q := s.newQuick(uint32(i+1), tt.role)
		q.spi, q.deleted = tt.spi, tt.over
		q.enter()
	}
	var ids []uint32
	for _, q := range s.waiting(SARequest{SPI: 7}) {
		ids = append(ids, q.id)
	}
	if !slices.Equal(ids, []uint32{1, 5}) {
		t.Errorf("found %v", ids)
	}
	// Under way is what waits under an SA that is up.
	if n.asking(SARequest{SPI: 7}) {
		t.Error("a quick mode is under way before phase 1 is done")
	}
	s.state = StateP1Complete
	if n.asking(SARequest{SPI: 7}) {
		t.Error("a quick mode is under way before all stages are passed")
	}
	s.passed = true
	if !n.asking(SARequest{SPI: 7}) || n.asking(SARequest{SPI: 9}) {
		t.Error("not what waits is under way")
	}
}

// TestWhatEndsWithAnSA: each request that goes on fails, once, whatever it waits for.
func TestWhatEndsWithAnSA(t *testing.T) {
	n := newScene()
	s := n.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	for i, tt := range []struct {
		spi  uint32
		over bool
	}{{7, false}, {8, true}, {7, false}, {9, false}} {
		q := s.newQuick(uint32(i+1), Initiator)
		q.spi, q.deleted = tt.spi, tt.over
		q.enter()
	}
	x := s.begin(wire.ExchangeInformational, 5, Responder)
	x.enter()
	s.closeSA(SACleared, false)
	if !slices.Equal(n.ipsec.failed, []uint32{7, 9}) {
		t.Errorf("failed %x", n.ipsec.failed)
	}
	told := 0
	for _, e := range n.events {
		if d, is := e.(NodeDeleting); is {
			if told++; d.Error || d.Reason != NodeSADeleted {
				t.Errorf("told %+v", d)
			}
		}
	}
	if told != 5 {
		t.Errorf("told of %d exchanges", told)
	}
}

// TestFirstContact: INITIAL_CONTACT is for a peer with which there is nothing else.
func TestFirstContact(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(n *scene, s *sa)
		want   bool
	}{
		{"nothing else", func(*scene, *sa) {}, true},
		{"another SA", func(n *scene, _ *sa) {
			n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 3, 4).state = StateP1Complete
		}, false},
		{"one that is not up", func(n *scene, _ *sa) { n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 3, 4) }, true},
		{"one with another peer", func(n *scene, _ *sa) {
			n.enter(Responder, "1.1.1.1:500", "2.2.2.3:500", 3, 4).state = StateP1Complete
		}, true},
		{"a pair", func(_ *scene, s *sa) { s.peer.ipsec = 1 }, false},
		{"a pair where a NAT has sent us", func(n *scene, s *sa) {
			s.local, s.remote = at("1.1.1.1:4500"), at("2.2.2.2:4500")
			n.lockIPsec(n.lockPeer(s.local, s.remote, UseInitiator), UseKeys)
		}, false},
		{"no pair there", func(n *scene, s *sa) {
			s.local, s.remote = at("1.1.1.1:4500"), at("2.2.2.2:4500")
			n.lockPeer(s.local, s.remote, UseInitiator)
		}, true},
	} {
		n := newScene()
		s := n.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		s.state = StateIMM5
		if tt.change(n, s); s.firstContact() != tt.want {
			t.Errorf("%s: %v", tt.name, !tt.want)
		}
	}
}

// TestOwnIdentity: the address, or the name where that is configured and there is one; the
// port is left out on the way through a NAT (RFC 2407 §4.6.2).
func TestOwnIdentity(t *testing.T) {
	name := func() string { return "R1.lab" }
	for _, tt := range []struct {
		byName   bool
		hostname func() string
		local    string
		kind     uint8
		data     string
		port     uint16
	}{
		{false, name, "1.2.3.4:500", wire.IDIPv4Addr, "\x01\x02\x03\x04", 500},
		{true, name, "1.2.3.4:500", wire.IDFQDN, "R1.lab", 500},
		{true, nil, "1.2.3.4:500", wire.IDIPv4Addr, "\x01\x02\x03\x04", 500},
		{false, nil, "1.2.3.4:4500", wire.IDIPv4Addr, "\x01\x02\x03\x04", 0},
	} {
		n := newScene()
		n.config.HostIdentity, n.env.Hostname = tt.byName, tt.hostname
		id := n.newSA(n.drivers[wire.ExchangeMain], Initiator, at(tt.local), at("2.2.2.2:500")).ownIdentity()
		if id.Type != tt.kind || string(id.Data) != tt.data || id.Port != tt.port || id.Protocol != 17 {
			t.Errorf("%+v: %+v", tt, id)
		}
	}
}
