package keyengine

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// fastSelect asks the published view about a packet from one address to another.
func fastSelect(d *end, src, dst string) (forwarding.FastTunnel, forwarding.CryptoVerdict, *forwarding.Flight) {
	f := &forwarding.Flight{}
	p := acl.Examine(ipPacket(src, dst))
	tunnel, verdict := d.Publish().Policy(outside).Select(f, &p)
	return tunnel, verdict, f
}

// TestPublished: a view is a new one only where something has changed.
func TestPublished(t *testing.T) {
	w := newWorld(t)
	second := netip.MustParseAddr("34.34.34.4")
	last := w.a.Publish()
	for _, change := range []struct {
		name string
		do   func()
		same bool
	}{
		{"nothing", func() {}, true},
		{"a request", func() { w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1")) }, true},
		{"a pair", func() { w.up(t) }, false},
		{"a packet", func() { w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1")) }, true},
		{"a pair that may not send", func() { w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 5)) }, false},
		{"one that may", func() { w.a.EnableOutbound(ike(right), 5) }, false},
		{"a list", func() { w.a.relist(t, toRight, "permit ip host 1.1.1.1 host 2.2.2.2") }, false},
		{"an entry that is not complete", func() { w.a.AddEntry("CMAP", 20) }, true},
		{"an entry", func() {
			e, _ := w.a.AddEntry("CMAP", 20)
			e.Peers, e.ACL = []netip.Addr{second}, "101"
		}, false},
		{"an interface", func() { w.a.Apply(elsewhere, "CMAP", fixed(second, true)) }, false},
		{"an interface less", func() { w.a.Remove(elsewhere) }, false},
		{"no pairs", func() { w.a.ClearAll() }, false},
	} {
		change.do()
		now := w.a.Publish()
		if (now == last) != change.same {
			t.Errorf("after %s: the same view: %v", change.name, now == last)
		}
		last = now
	}
}

// TestFastPolicy decides as Select does on the loop, where the loop is not needed.
func TestFastPolicy(t *testing.T) {
	w := newWorld(t)
	w.a.relist(t, "deny ip host 10.1.1.5 host 20.1.1.5", toRight)
	if w.a.Publish().Policy(elsewhere) != nil {
		t.Error("a policy where there is no map")
	}
	if tunnel, verdict, _ := fastSelect(w.a, "10.1.1.1", "20.1.1.1"); verdict != forwarding.Drop || tunnel != nil {
		t.Errorf("without SAs: %v", verdict)
	}
	w.up(t)
	for _, tt := range []struct {
		src, dst string
		want     forwarding.CryptoVerdict
	}{
		{"10.1.1.1", "20.1.1.1", forwarding.Protect},
		{"10.1.1.5", "20.1.1.5", forwarding.Pass},
		{"10.1.1.5", "20.1.1.6", forwarding.Protect},
		{"10.1.2.1", "20.1.1.1", forwarding.Pass},
	} {
		tunnel, verdict, _ := fastSelect(w.a, tt.src, tt.dst)
		if verdict != tt.want || (tunnel != nil) != (verdict == forwarding.Protect) {
			t.Errorf("from %s to %s: %v", tt.src, tt.dst, verdict)
		}
	}
	policy := w.a.Publish().Policy(outside)
	for _, tt := range []struct {
		src, dst string
		want     bool
	}{
		{"20.1.1.1", "10.1.1.1", true}, {"20.1.1.5", "10.1.1.5", false}, {"10.1.1.1", "20.1.1.1", false}, {"20.1.2.1", "10.1.1.1", false},
	} {
		p := acl.Examine(ipPacket(tt.src, tt.dst))
		if got := policy.Refuses(&p); got != tt.want {
			t.Errorf("in clear from %s to %s: refused %v", tt.src, tt.dst, got)
		}
	}
}

// TestFastPolicyOfTwoEntries: a deny sends a packet to the next entry; SAs that a
// peer asked for within a rule are used.
func TestFastPolicyOfTwoEntries(t *testing.T) {
	w := newWorld(t)
	host := isakmp.Proxy{Addr: netip.MustParseAddr("20.1.1.9"), Mask: netip.MustParseAddr("255.255.255.255")}
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host, 5))
	w.a.EnableOutbound(ike(right), 5)
	if _, verdict, _ := fastSelect(w.a, "10.1.1.1", "20.1.1.9"); verdict != forwarding.Protect {
		t.Errorf("by the narrower SAs: %v", verdict)
	}
	if _, verdict, _ := fastSelect(w.a, "10.1.1.1", "20.1.1.8"); verdict != forwarding.Drop {
		t.Errorf("beside them: %v", verdict)
	}
	// Their entry can no longer be used; another one selects the same.
	w.a.Map("CMAP").Entry(10).ACL = ""
	second, _ := w.a.AddEntry("CMAP", 20)
	second.Peers, second.TransformSets, second.ACL = []netip.Addr{right}, []string{"TS"}, "101"
	if _, verdict, _ := fastSelect(w.a, "10.1.1.1", "20.1.1.9"); verdict != forwarding.Drop {
		t.Errorf("by SAs of another entry: %v", verdict)
	}
}

// TestFastInbound finds an SA by its address and SPI alone.
func TestFastInbound(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	spi := w.a.all()[0].agreed.InboundSPI
	view := w.a.Publish()
	find := func(dst netip.Addr, spi uint32) forwarding.FastInbound {
		sa, _ := view.Inbound(dst, spi)
		return sa
	}
	if find(left, spi) == nil || find(right, spi) != nil || find(left, spi+1) != nil {
		t.Error("another SA, or none")
	}
	if in := find(left, spi); !in.Settled(ike(right)) || !in.Settled(netip.MustParseAddrPort("66.6.6.6:1")) {
		t.Error("what is not in UDP is always settled")
	}
}

// TestFastOuter: what lists see of the packet that carries another.
func TestFastOuter(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	inner := acl.Examine(ipPacket("10.1.1.1", "20.1.1.1"))
	inner.TOS = 0xb8
	for name, d := range map[string]*end{"alone": w.a, "in UDP": natted(t, desMD5, func(*isakmp.SAPair) {}).b} {
		p := d.all()[0]
		plain := ipPacket("10.1.1.1", "20.1.1.1")
		plain[1] = inner.TOS
		want := acl.Examine(p.Outline(plain))
		if got := (*sender)(p).Outer(inner); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	s := (*sender)(w.a.all()[0])
	total, before := s.Length(100)
	if outer := w.a.all()[0].Outline(ipPacket("10.1.1.1", "20.1.1.1")); total != len(outer) || before != 36 {
		t.Errorf("%d bytes, %d of them before; an outline has %d", total, before, len(outer))
	}
	if s.ClearMTU(1500) != 1446 {
		t.Errorf("clear MTU %d", s.ClearMTU(1500))
	}
}

// TestFastNumbers: numbers are taken while there is volume, and none of an SA that
// has used them up.
func TestFastNumbers(t *testing.T) {
	w := newWorld(t)
	w.a.Lifetime.Kilobytes = 2
	w.up(t)
	s := (*sender)(w.a.all()[0])
	for want := range uint32(3) {
		if seq, ok := s.Next(100); !ok || seq != want+1 {
			t.Errorf("%d, %v, want %d", seq, ok, want+1)
		}
	}
	if s.Carried(3) {
		t.Error("something is due after three packets")
	}
	if n := s.sas.Out.Packets(); n != 3 || s.flow.counters.Encaps.Load() != 3 {
		t.Errorf("%d packets on the SA, %d of the flow", n, s.flow.counters.Encaps.Load())
	}
	if _, ok := s.Next(2048 - 300); !ok || !s.Carried(1) {
		t.Error("nothing is due at the end of the volume")
	}
	if seq, ok := s.Next(1); ok {
		t.Errorf("number %d of an SA without volume", seq)
	}
	if s.Check(); len(w.a.all()) != 0 {
		t.Error("the pair is still there")
	}
}

func TestFastReceiver(t *testing.T) {
	w := newWorld(t)
	w.a.Lifetime.Kilobytes = 2
	w.up(t)
	r := (*receiver)(w.a.all()[0])
	inner := ipPacket("20.1.1.1", "10.1.1.1")
	good := forwarding.Opening{Inner: inner, Seq: 7, Verified: true}
	if got, err := r.Accept(good); err != nil || !slices.Equal(got, inner) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := r.Accept(good); err != esp.ErrReplay || r.flow.counters.Replays.Load() != 1 {
		t.Errorf("once more: %v, counted %d", err, r.flow.counters.Replays.Load())
	}
	r.Complain(7, esp.ErrReplay)
	if got := only[Replayed](w.a); len(got) != 1 || got[0] != (Replayed{r.inConn, 7}) {
		t.Errorf("told %+v", got)
	}
	if r.Carried(2) || r.sas.In.Packets() != 2 || r.flow.counters.Decaps.Load() != 2 {
		t.Errorf("%d packets on the SA, %d of the flow", r.sas.In.Packets(), r.flow.counters.Decaps.Load())
	}
	last := forwarding.Opening{Inner: make(packet.IPv4, 2048), Seq: 8, Verified: true}
	if _, err := r.Accept(last); err != nil || !r.Carried(1) {
		t.Error("nothing is due at the end of the volume")
	}
	if r.Check(); len(w.a.all()) != 0 {
		t.Error("the pair is still there")
	}
}

// TestFastPathOfAPairThatIsGone: what workers still hold of it fails and counts.
func TestFastPathOfAPairThatIsGone(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0]
	flow := p.flow
	w.a.ClearAll()
	flights := []*forwarding.Flight{{}, {}}
	before := flow.counters.SendErrors.Load()
	(*sender)(p).SealAll(flights)
	if n := flow.counters.SendErrors.Load() - before; n != 2 {
		t.Errorf("%d send errors of two packets", n)
	}
	(*receiver)(p).OpenAll(flights)
	for _, f := range flights {
		if f.Opening.Err != esp.ErrGone {
			t.Errorf("opened: %+v", f.Opening)
		}
	}
}
