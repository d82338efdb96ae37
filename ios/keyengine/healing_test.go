package keyengine

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

func ike(a netip.Addr) netip.AddrPort { return netip.AddrPortFrom(a, 500) }

// count counts the events of a type that an end has told of.
func count[E any](d *end) int {
	n := 0
	for _, e := range d.events {
		if _, is := e.(E); is {
			n++
		}
	}
	return n
}

// TestStrayPackets: the peer is told at once, and again after a while, and
// nobody else is.
func TestStrayPackets(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	stray := func() packet.IPv4 {
		p := ipPacket("10.1.1.1", "20.1.1.1")
		tunnel, _ := w.a.Select(w.ifc, p)
		outer, _ := tunnel.Seal(p)
		return outer
	}
	w.b.remove(w.b.all()[0])
	w.b.Open(w.ifc, stray()) // was on its way
	if len(w.b.deleted) != 0 {
		t.Error("told of what it knows")
	}
	w.Pass(strayInterval)
	spi := w.a.all()[0].agreed.OutboundSPI
	for range 10 {
		if _, ok := w.b.Open(w.ifc, stray()); ok {
			t.Fatal("it passed")
		}
		w.Pass(time.Second)
	}
	if n := len(w.b.deleted); n != 2 {
		t.Fatalf("told %d times in ten seconds", n)
	}
	want := isakmp.DeleteRequest{Local: right, Remote: left, Protocol: isakmp.ProtoESP, SPIs: []uint32{spi}, Stray: true}
	if got := w.b.deleted[0]; got.Local != want.Local || got.Remote != want.Remote || !got.Stray || !slices.Equal(got.SPIs, want.SPIs) {
		t.Errorf("%+v", got)
	}
	if n := count[SPIUnknown](w.b); n != 11 {
		t.Errorf("%d events of 11 packets", n)
	}
	other := packet.BuildIPv4(packet.IPv4Fields{
		TTL: 255, Protocol: packet.ProtoESP, Src: netip.MustParseAddr("5.5.5.5"), Dst: right,
	}, make([]byte, 100))
	w.b.Open(w.ifc, other)
	if len(w.b.deleted) != 2 || len(w.b.strays) != 1 {
		t.Error("a stranger is remembered")
	}
}

// TestDeletesOfOthers: a delete for another protocol, or for our own SPI, is
// none of ours.
func TestDeletesOfOthers(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0].agreed
	w.a.PeerDeleted(ike(right), isakmp.ProtoAH, []uint32{p.OutboundSPI})
	w.a.PeerDeleted(ike(right), isakmp.ProtoESP, []uint32{p.InboundSPI, 7})
	w.a.PeerDeleted(ike(left), isakmp.ProtoESP, []uint32{p.OutboundSPI})
	if len(w.a.all()) != 1 {
		t.Fatal("the pair went")
	}
	w.a.PeerDeleted(ike(right), isakmp.ProtoESP, []uint32{7, p.OutboundSPI, p.OutboundSPI})
	if len(w.a.all()) != 0 || w.a.sas.Find(left, p.InboundSPI) != nil || len(w.a.deleted) != 0 {
		t.Error("the pair stays, or its inbound SA, or the peer is told what it said")
	}
}

func TestDeadPeer(t *testing.T) {
	w := newWorld(t)
	e := w.a.Map("CMAP").Entry(10)
	third := netip.MustParseAddr("34.34.34.4")
	e.Peers = append(e.Peers, third)
	w.up(t)
	w.a.PeerDead(ike(left), ike(third))
	if len(w.a.all()) != 1 || e.Peer() != right {
		t.Fatal("the wrong peer died")
	}
	w.a.PeerDead(ike(left), ike(right))
	if len(w.a.all()) != 0 || len(w.a.deleted) != 0 || e.Peer() != third {
		t.Errorf("%d pairs, %d deletes, peer %s", len(w.a.all()), len(w.a.deleted), e.Peer())
	}
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Second)
	if r := w.a.requests[len(w.a.requests)-1]; r.Remote != third {
		t.Errorf("asked %s", r.Remote)
	}
}

func TestDefaultPeer(t *testing.T) {
	a, b, c := netip.MustParseAddr("1.0.0.1"), netip.MustParseAddr("1.0.0.2"), netip.MustParseAddr("1.0.0.3")
	e := &Entry{Peers: []netip.Addr{a, b, c}, Default: a}
	e.failOver(b) // which is not in use
	e.failOver(a)
	if e.Peer() != b {
		t.Fatalf("after the default peer comes %s", e.Peer())
	}
	e.failOver(b)
	if e.Peer() != a {
		t.Errorf("after another comes %s, not the default", e.Peer())
	}
	e.Default = netip.Addr{}
	for _, want := range []netip.Addr{b, c, a} {
		if e.failOver(e.Peer()); e.Peer() != want {
			t.Errorf("%s, not %s", e.Peer(), want)
		}
	}
}

func TestTraffic(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	for range 3 {
		w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	}
	w.send(t, w.b, w.a, ipPacket("20.1.1.1", "10.1.1.1"))
	if s, r := w.a.Traffic(ike(left), ike(right)); s != 3 || r != 1 {
		t.Errorf("sent %d, received %d", s, r)
	}
	if s, r := w.a.Traffic(ike(right), ike(left)); s+r != 0 {
		t.Error("traffic with nobody")
	}
}

func TestSessionStatus(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	if count[SessionUp](w.a) != 1 || !slices.Contains(w.a.events, Event(SessionUp{Peer: ike(right)})) {
		t.Fatal("nobody is told that the session is up")
	}
	w.a.ask(w.a.bindings[0].flows[0])
	w.Pass(time.Second)
	negotiate(t, w.a, w.b)
	w.a.remove(w.a.all()[0])
	if count[SessionUp](w.a) != 1 || count[SessionDown](w.a) != 0 {
		t.Error("a renewal is no news")
	}
	w.a.ClearAll()
	if count[SessionUp](w.a) != 1 || count[SessionDown](w.a) != 1 {
		t.Errorf("%+v", w.a.events)
	}
}

// TestImpliedConfirmation: who sends on a pair has confirmed it, when it comes to
// the worst.
func TestImpliedConfirmation(t *testing.T) {
	back := ipPacket("20.1.1.1", "10.1.1.1")
	unconfirmed := func(t *testing.T, w *world) isakmp.SAPair {
		w.a.ask(w.a.bindings[0].flow(w.a.Map("CMAP").Entry(10), w.a.bindings[0].listed()[0].selector))
		w.Pass(time.Millisecond)
		w.a.InstallSAs(answer(t, w.a, w.b))
		w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
		return w.b.all()[len(w.b.all())-1].agreed
	}
	t.Run("given up", func(t *testing.T) {
		w := newWorld(t)
		p := unconfirmed(t, w)
		if w.send(t, w.b, w.a, back) {
			t.Fatal("sent before it may")
		}
		w.b.RequestFailed(right, left, p.InboundSPI)
		if len(w.b.deleted) != 0 || !w.send(t, w.b, w.a, back) {
			t.Error("given up all the same")
		}
	})
	t.Run("the old one is deleted", func(t *testing.T) {
		w := newWorld(t)
		w.up(t)
		old := w.b.all()[0].agreed
		unconfirmed(t, w)
		w.b.PeerDeleted(ike(left), isakmp.ProtoESP, []uint32{old.OutboundSPI})
		if !w.send(t, w.b, w.a, back) {
			t.Error("traffic stops")
		}
	})
}

func TestUnconfirmedPairIsDeleted(t *testing.T) {
	w := newWorld(t)
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	answer(t, w.a, w.b)
	p := w.b.all()[0].agreed
	w.b.RequestFailed(right, left, p.InboundSPI)
	if len(w.b.all()) != 0 || len(w.b.deleted) != 1 || w.b.deleted[0].SPIs[0] != p.InboundSPI {
		t.Errorf("%d pairs, %+v", len(w.b.all()), w.b.deleted)
	}
}

func TestIdleTime(t *testing.T) {
	w := newWorld(t)
	w.a.IdleTime = 2 * time.Minute
	w.up(t)
	for range 10 {
		w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
		w.Pass(time.Minute)
	}
	if len(w.a.all()) != 1 {
		t.Fatal("a pair that is used went")
	}
	w.Pass(85 * time.Second)
	if len(w.a.all()) != 0 || len(w.a.deleted) != 1 || len(w.b.all()) != 1 {
		t.Errorf("%d pairs left, %d deletes", len(w.a.all()), len(w.a.deleted))
	}
	e := w.a.Map("CMAP").Entry(10)
	e.IdleTime = time.Hour
	w.up(t)
	w.Pass(59 * time.Minute)
	if len(w.a.all()) != 1 {
		t.Error("the entry's own time does not hold")
	}
	w.Pass(2 * time.Minute)
	if !w.idle() || len(w.a.all()) != 0 {
		t.Errorf("%d pairs are left, or a timer", len(w.a.all()))
	}
}

func TestClearEntry(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0].agreed
	w.a.ClearEntry(left, p.OutboundSPI)
	w.a.ClearEntry(right, p.InboundSPI)
	if len(w.a.all()) != 1 {
		t.Fatal("the wrong SA went")
	}
	w.a.ClearEntry(right, p.OutboundSPI)
	if len(w.a.all()) != 0 {
		t.Error("it is still there")
	}
	w.up(t)
	w.a.ClearEntry(left, w.a.all()[0].agreed.InboundSPI)
	if len(w.a.all()) != 0 {
		t.Error("it is still there")
	}
}

// TestStraysForgotten: a peer that a NAT gives ever new addresses leaves nothing of
// the old ones behind.
func TestStraysForgotten(t *testing.T) {
	w := newWorld(t)
	for i := range 300 {
		w.b.noteTold(netip.AddrFrom4([4]byte{66, 6, byte(i >> 8), byte(i)}))
		w.Pass(time.Second)
	}
	if n := len(w.b.strays); n > 5 {
		t.Errorf("%d addresses remembered", n)
	}
}

// TestInitialContactElsewhere: a peer that has forgotten its SAs with one of our
// addresses has said nothing of those with another.
func TestInitialContactElsewhere(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.b.InitialContact(ike(netip.MustParseAddr("34.34.34.4")), ike(left))
	if len(w.b.all()) != 1 {
		t.Error("the pair went")
	}
	w.b.InitialContact(ike(right), ike(left))
	if len(w.b.all()) != 0 {
		t.Error("the pair stays")
	}
}

// TestSendErrorsOnce: a packet that cannot be sealed is one send error.
func TestSendErrorsOnce(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0]
	before := p.flow.counters.SendErrors.Load()
	p.sas.Out.Zero()
	if _, ok := (sealing{p}).Seal(ipPacket("10.1.1.1", "20.1.1.1")); ok {
		t.Fatal("sealed without keys")
	}
	if n := p.flow.counters.SendErrors.Load() - before; n != 1 {
		t.Errorf("%d send errors of one packet", n)
	}
}
