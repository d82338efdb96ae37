package isakmp

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// still is a clock that stands.
type still struct{ now time.Duration }

func (c *still) Now() time.Duration                        { return c.now }
func (c *still) After(time.Duration, func()) (stop func()) { return func() {} }
func at(s string) netip.AddrPort                           { return netip.MustParseAddrPort(s) }
func addr(s string) netip.Addr                             { return netip.MustParseAddr(s) }
func key(k, a string) PresharedKey                         { return PresharedKey{Key: k, Addr: addr(a), Mask: hostMask} }
func bare(c Clock, config *Config) *Engine {
	return New(Env{Clock: c, Config: config, Rand: bytes.NewReader(make([]byte, 1<<16))})
}

// enter lists an SA with these cookies.
func (e *Engine) enter(role Role, local, remote string, cookieI, cookieR byte) *sa {
	s := e.newSA(e.drivers[wire.ExchangeMain], role, at(local), at(remote))
	s.cookieI, s.cookieR = wire.Cookie{cookieI}, wire.Cookie{cookieR}
	s.peer = e.lockPeer(s.local, s.remote, UseInitiator)
	e.add(s)
	return s
}

// TestLookup: which SA a message is for.
func TestLookup(t *testing.T) {
	e := bare(&still{}, &Config{})
	i := e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	r := e.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 3, 4)
	fresh := e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 5, 0)
	echo := e.enter(Responder, "1.1.1.1:500", "3.3.3.3:500", 1, 6) // under our own cookie
	const main, quick = wire.ExchangeMain, wire.ExchangeQuick
	for _, tt := range []struct {
		name             string
		local, remote    string
		cookieI, cookieR byte
		exchange         uint8
		want             *sa
	}{
		{"an initiator's", "1.1.1.1:500", "2.2.2.2:500", 1, 2, main, i},
		{"of an exchange under it", "1.1.1.1:500", "2.2.2.2:500", 1, 2, quick, i},
		{"another answer", "1.1.1.1:500", "2.2.2.2:500", 1, 9, main, nil},
		{"from elsewhere", "1.1.1.1:500", "2.2.2.3:500", 1, 2, main, nil},
		{"to elsewhere", "1.1.1.2:500", "2.2.2.2:500", 1, 2, main, nil},
		{"from another port", "1.1.1.1:500", "2.2.2.2:501", 1, 2, main, nil},
		{"the first answer", "1.1.1.1:500", "2.2.2.2:500", 5, 9, main, fresh},
		{"a responder's", "1.1.1.1:500", "2.2.2.2:500", 3, 4, main, r},
		{"another initiator's", "1.1.1.1:500", "2.2.2.2:500", 9, 4, main, nil},
		{"to another responder", "1.1.1.1:500", "2.2.2.2:500", 3, 9, main, nil},
		{"a responder's from elsewhere", "1.1.1.1:500", "2.2.2.3:500", 3, 4, main, nil},
		{"a first message again", "1.1.1.1:500", "2.2.2.2:500", 3, 0, main, r},
		{"to another port of ours", "1.1.1.1:4500", "2.2.2.2:500", 3, 0, main, r},
		{"to another address of ours", "1.1.1.2:500", "2.2.2.2:500", 3, 0, main, nil},
		{"of another exchange", "1.1.1.1:500", "2.2.2.2:500", 3, 0, quick, nil},
		{"from another peer", "1.1.1.1:500", "2.2.2.3:500", 3, 0, main, nil},
		{"our own come back", "1.1.1.1:500", "2.2.2.2:500", 1, 0, main, nil},
		{"the cookies swapped", "1.1.1.1:500", "2.2.2.2:500", 2, 1, main, nil},
		{"a responder's cookie twice", "1.1.1.1:500", "2.2.2.2:500", 4, 4, main, nil},
		{"an initiator's cookie twice", "1.1.1.1:500", "2.2.2.2:500", 1, 1, main, nil},
		{"of one that has taken a cookie of ours", "1.1.1.1:500", "3.3.3.3:500", 1, 6, main, nil},
	} {
		h := wire.Header{CookieI: wire.Cookie{tt.cookieI}, CookieR: wire.Cookie{tt.cookieR}, Exchange: tt.exchange}
		if got := e.lookup(at(tt.local), at(tt.remote), h); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	e.remove(r)
	e.remove(echo)
	if len(e.sas) != 2 || len(e.byName) != 2 || len(e.own) != 2 {
		t.Errorf("%d SAs, %d names, %d cookies", len(e.sas), len(e.byName), len(e.own))
	}
}

// TestNewest: the youngest that fits.
func TestNewest(t *testing.T) {
	e := bare(&still{}, &Config{})
	first := e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	second := e.enter(Initiator, "1.1.1.1:4500", "2.2.2.2:1024", 3, 4)
	e.enter(Initiator, "1.1.1.1:500", "2.2.2.3:500", 5, 6)
	e.enter(Initiator, "1.1.1.2:500", "2.2.2.2:500", 7, 8)
	first.state, second.state = StateP1Complete, StateP1Complete
	any := func(*sa) bool { return true }
	for _, tt := range []struct {
		port uint16
		ok   func(*sa) bool
		want *sa
	}{
		{0, any, second}, {500, any, first}, {1024, any, second}, {4500, any, nil}, {501, any, nil},
		{0, func(s *sa) bool { return s != second }, first}, {0, func(*sa) bool { return false }, nil},
	} {
		if got := e.newest(addr("1.1.1.1"), addr("2.2.2.2"), tt.port, tt.ok); got != tt.want {
			t.Errorf("port %d: %v", tt.port, got)
		}
	}
	// An initiator that has not met a NAT yet may go to 4500.
	first.state = StateIMM1
	if e.newest(addr("1.1.1.1"), addr("2.2.2.2"), 4500, any) != first {
		t.Error("an SA on its way to 4500 is not found")
	}
	first.role = Responder
	if e.newest(addr("1.1.1.1"), addr("2.2.2.2"), 4500, any) != nil {
		t.Error("a responder goes nowhere")
	}
}

// TestSamePeer: behind one NAT peers differ in their ports.
func TestSamePeer(t *testing.T) {
	for _, tt := range []struct {
		remote     string
		one, other bool // is behind a NAT
		want       bool
	}{
		{"2.2.2.2:500", false, false, true}, {"2.2.2.2:500", true, true, true},
		{"2.2.2.2:501", false, false, true}, {"2.2.2.2:501", true, false, false}, {"2.2.2.2:501", false, true, false},
		{"2.2.2.3:500", false, false, false},
	} {
		s := &sa{local: at("1.1.1.1:500"), remote: at("2.2.2.2:500"), peerInside: tt.one}
		x := &sa{local: at("1.1.1.1:4500"), remote: at(tt.remote), peerInside: tt.other}
		if s.samePeer(x) != tt.want || x.samePeer(s) != tt.want {
			t.Errorf("%+v: %v", tt, !tt.want)
		}
	}
	s := &sa{local: at("1.1.1.1:500"), remote: at("2.2.2.2:500")}
	if s.samePeer(&sa{local: at("1.1.1.2:500"), remote: s.remote}) {
		t.Error("another address of ours")
	}
}

// TestEndpoints: a peer behind a NAT is reached at its mapped port, one whose stray
// packets came from a port there, all others at 500.
func TestEndpoints(t *testing.T) {
	e := bare(&still{}, &Config{})
	mapped := e.lockPeer(at("1.1.1.1:4500"), at("2.2.2.2:1024"), UseInitiator)
	later := e.lockPeer(at("1.1.1.1:4500"), at("2.2.2.2:1025"), UseInitiator)
	for _, tt := range []struct {
		mapped      bool
		port        uint16
		local, peer string
	}{
		{false, 0, "1.1.1.1:500", "2.2.2.2:500"}, {false, 4500, "1.1.1.1:500", "2.2.2.2:500"},
		{false, 1024, "1.1.1.1:4500", "2.2.2.2:1024"},
		{true, 0, "1.1.1.1:4500", "2.2.2.2:1025"}, {true, 1024, "1.1.1.1:4500", "2.2.2.2:1024"},
		{true, 1025, "1.1.1.1:4500", "2.2.2.2:1025"}, {true, 1026, "1.1.1.1:4500", "2.2.2.2:1026"},
	} {
		mapped.mapped, later.mapped = tt.mapped, tt.mapped
		from, to := e.endpoints(addr("1.1.1.1"), addr("2.2.2.2"), tt.port)
		if from != at(tt.local) || to != at(tt.peer) {
			t.Errorf("mapped %v, port %d: from %v to %v", tt.mapped, tt.port, from, to)
		}
	}
	for _, tt := range [][2]string{{"1.1.1.2", "2.2.2.2"}, {"1.1.1.1", "2.2.2.3"}} {
		if from, to := e.endpoints(addr(tt[0]), addr(tt[1]), 0); from.Port() != 500 || to.Port() != 500 {
			t.Errorf("from %v to %v", from, to)
		}
	}
}

// TestRoomForHalfOpen: how many SAs may be under way, and which goes for a new one.
func TestRoomForHalfOpen(t *testing.T) {
	clock := &still{now: time.Hour}
	stranger := func(i int) string {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{77, 7, byte(i >> 8), byte(i)}), 500).String()
	}
	fill := func(n int, remote func(int) string, change func(*sa)) *Engine {
		e := bare(clock, &Config{})
		for i := range n {
			s := e.enter(Responder, "1.1.1.1:500", remote(i), byte(i), byte(i>>8))
			s.cookieI[1], s.cookieR[7] = byte(i>>8), byte(i)
			s.state, s.began, s.stranger = StateRMM2, clock.now, true
			change(s)
		}
		return e
	}
	asking := func(e *Engine, remote string, strange bool) bool {
		s := e.newSA(e.drivers[wire.ExchangeMain], Responder, at("1.1.1.1:500"), at(remote))
		s.stranger = strange
		return e.admitHalfOpen(s)
	}
	same := func(int) string { return "2.2.2.2:500" }
	nothing := func(*sa) {}
	for _, tt := range []struct {
		name    string
		n       int
		remote  func(int) string
		change  func(*sa)
		strange bool
		want    bool
		left    int
	}{
		{"one peer, room", 31, same, nothing, true, true, 31},
		{"one peer, none", 32, same, nothing, true, false, 32},
		{"one peer, proved ones", 32, same, func(s *sa) { s.proved = true }, true, true, 32},
		{"one peer, our own", 32, same, func(s *sa) { s.role = Initiator }, true, true, 32},
		{"one peer, unanswered", 32, same, func(s *sa) { s.errors = 1 }, true, true, 31},
		{"one peer, further on", 32, same, func(s *sa) { s.errors, s.state = 1, StateRMM4 }, true, false, 32},
		{"one peer, given up", 32, same, func(s *sa) { s.deleted = true }, true, false, 32},
		{"one peer, given up long ago", 32, same, func(s *sa) { s.deleted, s.began = true, clock.now-2*time.Second }, true, true, 31},
		{"one peer, given up just now", 32, same, func(s *sa) { s.deleted, s.began = true, clock.now-2*time.Second+1 }, true, false, 32},
		{"strangers, room", 511, stranger, nothing, true, true, 511},
		{"strangers, none", 512, stranger, nothing, true, false, 512},
		{"strangers, for a peer with a key", 512, stranger, nothing, false, true, 512},
		{"peers with keys, for a stranger", 512, stranger, func(s *sa) { s.stranger = false }, true, true, 512},
		{"strangers, unanswered", 512, stranger, func(s *sa) { s.errors = 1 }, true, true, 511},
		{"all kinds, room", 4095, stranger, func(s *sa) { s.proved = true }, false, true, 4095},
		{"all kinds, none", 4096, stranger, func(s *sa) { s.proved = true }, false, false, 4096},
	} {
		e := fill(tt.n, tt.remote, tt.change)
		oldest := e.sas[0]
		if got := asking(e, "2.2.2.2:500", tt.strange); got != tt.want || len(e.sas) != tt.left {
			t.Errorf("%s: admitted %v, %d SAs are left", tt.name, got, len(e.sas))
		}
		if gone := e.sas[0] != oldest; gone != (tt.left < tt.n) {
			t.Errorf("%s: the oldest is gone: %v", tt.name, gone)
		}
	}
}

// somePhase1 are keys of phase 1.
func somePhase1(t *testing.T) *keymat.Phase1 {
	t.Helper()
	keys, err := keymat.Derive(keymat.Material{Hash: 2, Encryption: 1})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// TestWhereMessagesMayComeFrom: until an SA is up its messages may come from
// another port, if NAT traversal was agreed on and there are keys.
func TestWhereMessagesMayComeFrom(t *testing.T) {
	config := &Config{Keys: []PresharedKey{key("a", "2.2.2.2"), key("a", "2.2.2.3"), key("b", "2.2.2.4")}}
	e := bare(&still{}, config)
	for _, tt := range []struct {
		name          string
		local, remote string
		change        func(*sa)
		want          bool
	}{
		{"where it is", "1.1.1.1:500", "2.2.2.2:500", func(s *sa) { s.natt = VendorUnknown }, true},
		{"4500", "1.1.1.1:4500", "2.2.2.2:1024", func(*sa) {}, true},
		{"without NAT traversal", "1.1.1.1:4500", "2.2.2.2:1024", func(s *sa) { s.natt = VendorUnknown }, false},
		{"without keys", "1.1.1.1:4500", "2.2.2.2:1024", func(s *sa) { s.keys = nil }, false},
		{"another address of ours", "1.1.1.2:4500", "2.2.2.2:1024", func(*sa) {}, false},
		{"another port of ours", "1.1.1.1:501", "2.2.2.2:1024", func(*sa) {}, false},
		{"500 from another port", "1.1.1.1:500", "2.2.2.2:1024", func(*sa) {}, false},
		{"another address with the same key", "1.1.1.1:4500", "2.2.2.3:1024", func(*sa) {}, true},
		{"another key", "1.1.1.1:4500", "2.2.2.4:1024", func(*sa) {}, false},
		{"up, and still at 500", "1.1.1.1:4500", "2.2.2.2:1024", func(s *sa) { s.state = StateP1Complete }, false},
		{"up, at 4500", "1.1.1.1:4500", "2.2.2.2:1024", func(s *sa) { s.state, s.local = StateP1Complete, at("1.1.1.1:4500") }, true},
	} {
		s := e.newSA(e.drivers[wire.ExchangeMain], Responder, at("1.1.1.1:500"), at("2.2.2.2:500"))
		s.natt, s.keys, s.state = VendorNATT07, somePhase1(t), StateRMM4
		tt.change(s)
		if got := s.accepts(at(tt.local), at(tt.remote)); got != tt.want {
			t.Errorf("%s: accepted %v", tt.name, got)
		}
	}
	// Late messages to the port that the SA has left are still its own.
	s := e.newSA(e.drivers[wire.ExchangeMain], Responder, at("1.1.1.1:4500"), at("2.2.2.2:1024"))
	s.origin, s.state = at("2.2.2.2:500"), StateP1Complete
	for _, tt := range []struct {
		local, remote string
		want          bool
	}{
		{"1.1.1.1:500", "2.2.2.2:500", true}, {"1.1.1.1:500", "2.2.2.2:9", true}, {"1.1.1.1:500", "2.2.2.3:500", false},
		{"1.1.1.2:500", "2.2.2.2:500", false}, {"1.1.1.1:4500", "2.2.2.2:1024", true},
	} {
		if got := s.reachable(at(tt.local), at(tt.remote)); got != tt.want {
			t.Errorf("to %s from %s: reachable %v", tt.local, tt.remote, got)
		}
	}
}

// TestCookies: a cookie is not zero, and no SA has it.
func TestCookies(t *testing.T) {
	e := bare(&still{}, &Config{})
	e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 7, 0)
	e.env.Rand = bytes.NewReader([]byte{0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0})
	if c := e.cookie(); c != (wire.Cookie{8}) {
		t.Errorf("drew %x", c)
	}
}

// TestPointers: addresses as 12.4 has them, of four octets each.
func TestPointers(t *testing.T) {
	e := bare(&still{}, &Config{})
	e.env.Rand = bytes.NewReader([]byte{0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4})
	if a, b := e.pointer(), e.pointer(); a != 0x64fffffc || b != 0x64020304 {
		t.Errorf("%x and %x", a, b)
	}
}

// TestVendorOfAnSA: IOS's own vendor ID is another one for each SA, by both cookies.
func TestVendorOfAnSA(t *testing.T) {
	e := bare(&still{}, &Config{})
	seen := map[string]bool{}
	for _, c := range [][2]byte{{1, 2}, {1, 3}, {2, 2}} {
		s := e.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", c[0], c[1])
		seen[string(s.iosVendor())] = true
		if s.identifyVendor(s.iosVendor()) != VendorIOS || s.identifyVendor(make([]byte, 16)) != VendorUnknown {
			t.Errorf("SA %v does not know its own", c)
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d vendor IDs of three SAs", len(seen))
	}
	// It has both cookies in it, and so nothing has it that knows but one.
	begun := e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 9, 0)
	if kind := begun.identifyVendor(begun.iosVendor()); kind != VendorUnknown {
		t.Errorf("an SA without the peer's cookie knows it as %d", kind)
	}
	if kind := (*sa)(nil).identifyVendor(make([]byte, 16)); kind != VendorUnknown {
		t.Errorf("without an SA it is known as %d", kind)
	}
}

// TestMessageIDs: an ID is not zero, and no exchange of the SA has it or had it.
func TestMessageIDs(t *testing.T) {
	e := bare(&still{}, &Config{})
	s := e.enter(Initiator, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	q := s.newQuick(5, Initiator)
	q.exchange.enter()
	s.retireID(6)
	e.env.Rand = bytes.NewReader([]byte{0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7})
	if id := s.newMessageID(); id != 7 {
		t.Errorf("drew %d", id)
	}
}

// TestRenewalOfOneOfTwo: phase 1 is renewed with the peer whose it is, though another
// one stands behind the same NAT.
func TestRenewalOfOneOfTwo(t *testing.T) {
	e := bare(&still{}, &Config{Keys: []PresharedKey{key("cisco", "2.2.2.2")}})
	e.env.Rand = bytes.NewReader(bytes.Repeat([]byte{7}, 1<<10))
	e.env.Emit = func(Event) {}
	e.env.Send = func(netip.AddrPort, netip.AddrPort, []byte) {}
	policy := NewPolicy(10)
	policy.Auth = PreShared
	e.env.Config.SetPolicy(policy)
	first := e.lockPeer(at("1.1.1.1:4500"), at("2.2.2.2:1024"), UseInitiator)
	e.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1025", 1, 2).peer.mapped = true
	s := e.enter(Responder, "1.1.1.1:4500", "2.2.2.2:1024", 3, 4)
	first.mapped, first.ipsec = true, 1
	s.renew()
	if n := len(e.sas); n != 3 || e.sas[2].remote != at("2.2.2.2:1024") {
		t.Errorf("%d SAs, the last with %v", n, e.sas[n-1].remote)
	}
}

// TestEachEndsShare: exchanges that one end has begun take no room from those of the
// other.
func TestEachEndsShare(t *testing.T) {
	e := bare(&still{}, &Config{})
	s := e.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	for id := range uint32(3) {
		s.newQuick(id+1, Responder).enter()
	}
	if !s.roomFor(Initiator, 3) || !s.roomFor(Responder, 4) || s.roomFor(Responder, 3) {
		t.Error("not each end has its own share")
	}
	s.exchanges[0].deleted = true
	if !s.roomFor(Initiator, 3) || len(s.exchanges) != 3 {
		t.Errorf("%d exchanges are left", len(s.exchanges))
	}
	s.exchanges[1].deleted = true
	if !s.roomFor(Responder, 3) || len(s.exchanges) != 2 || s.exchanges[0].id != 2 {
		t.Errorf("%d exchanges are left", len(s.exchanges))
	}
}

// TestMajorVersion: IOS looks for it at one place of what is left of the message, also
// beyond the end of a vendor ID.
func TestMajorVersion(t *testing.T) {
	for octets, want := range map[int]byte{8: 0, 14: 0, 15: 15, 16: 15, 30: 15} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		rest := make([]byte, octets)
		for i := range rest {
			rest[i] = byte(i + 1)
		}
		n.events = nil
		s.takeVendors(&message{payloads: []wire.Payload{{Type: wire.Nonce, Rest: rest}, {Type: wire.VendorID, Body: rest[:8], Rest: rest}}})
		if len(n.events) != 2 || n.events[1] != (VendorRead{SA: s.ref(), Kind: VendorUnknown, Major: want}) {
			t.Errorf("%d octets: told %+v", octets, n.events)
		}
	}
}
