package keyengine

import (
	"bytes"
	"net/netip"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// agreed is a pair as a responder, the left end, gets it from quick mode.
func (w *world) agreed(remote netip.Addr, local, far isakmp.Proxy, out uint32) isakmp.SAPair {
	return isakmp.SAPair{
		Local: ike(left), Remote: ike(remote), LocalProxy: local, RemoteProxy: far, Proposal: proposal(desMD5),
		InboundSPI: w.a.AllocateSPI(left, remote, isakmp.ProtoESP), OutboundSPI: out, Seconds: 3600, Kilobytes: 4608000,
		Inbound:  isakmp.SAKeys{Encryption: bytes.Repeat([]byte{1}, 8), Authentication: bytes.Repeat([]byte{2}, 16)},
		Outbound: isakmp.SAKeys{Encryption: bytes.Repeat([]byte{3}, 8), Authentication: bytes.Repeat([]byte{4}, 16)},
	}
}

// TestWhatIsToldOfAPair: the events of a pair's life at both ends, in their order.
func TestWhatIsToldOfAPair(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	of := func(d *end, peer netip.Addr, inConn int) (flow FlowRef, in, out SARef) {
		p := d.all()[0].agreed
		flow = FlowRef{d.addr, peer, p.LocalProxy, p.RemoteProxy}
		in = SARef{d.addr, 50, p.InboundSPI, proposal(desMD5), inConn}
		return flow, in, SARef{peer, 50, p.OutboundSPI, proposal(desMD5), inConn + 1}
	}
	flow, in, out := of(w.a, right, 2001)
	life := isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}
	want := []Event{
		SARequested{flow, proposal(desMD5), life, 0, in.SPI},
		ProposalOffered{flow, 1, proposal(desMD5), 0}, ProxyMatched{flow},
		ProxyMatched{flow}, FlowFound{flow}, IdentityAdded{flow}, SACreated{in}, SACreated{out},
		SessionUp{Peer: ike(right)},
	}
	if !reflect.DeepEqual(w.a.events, want) {
		t.Errorf("the initiator told\n\t%+v\nwant\n\t%+v", w.a.events, want)
	}
	flow, in, out = of(w.b, left, 2001)
	want = []Event{
		ProxyMatched{flow}, MessagesQueued{1}, SPIReserved{right, left, isakmp.ProtoESP, in.SPI}, MessagesQueued{1},
		PairAgreed{flow, proposal(desMD5), life, 0, in.SPI, out.SPI, 2001, 2002},
		ProxyMatched{flow}, FlowFound{flow}, IdentityAdded{flow}, SACreated{in}, SACreated{out},
		MessagesQueued{1}, EnableReceived{}, SAEnabled{out}, SessionUp{Peer: ike(left)},
	}
	offered := slices.DeleteFunc(slices.Clone(w.b.events), func(e Event) bool { _, is := e.(ProposalOffered); return is })
	if !reflect.DeepEqual(offered, want) {
		t.Errorf("the responder told\n\t%+v\nwant\n\t%+v", offered, want)
	}
	w.b.events = nil
	w.b.PeerDeleted(ike(left), isakmp.ProtoESP, []uint32{7, out.SPI})
	want = []Event{
		MessagesQueued{1}, DeleteReceived{}, DeleteNamed{left, 50, 7}, DeleteNamed{left, 50, out.SPI},
		SADeleted{in, flow}, SADeleted{out, flow}, SessionDown{Peer: ike(left)},
	}
	if !reflect.DeepEqual(w.b.events, want) {
		t.Errorf("at its end the responder told\n\t%+v\nwant\n\t%+v", w.b.events, want)
	}
	w.a.events = nil
	w.a.PeerDead(ike(left), ike(right))
	if len(w.a.events) != 5 || w.a.events[0] != (MessagesQueued{1}) || w.a.events[1] != (PeerForgotten{right}) {
		t.Errorf("at its end the initiator told %+v", w.a.events)
	}
}

// TestDeletionOfAnotherProtocol: it is told of, and no more.
func TestDeletionOfAnotherProtocol(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.a.events = nil
	w.a.PeerDeleted(ike(right), isakmp.ProtoAH, []uint32{w.a.all()[0].agreed.OutboundSPI})
	if want := []Event{MessagesQueued{1}, DeleteReceived{}}; !reflect.DeepEqual(w.a.events, want) {
		t.Errorf("told %+v", w.a.events)
	}
}

// TestConnections: each pair has two connection ids of its own, which count on.
func TestConnections(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), uint32(1000+i)))
	}
	pairs := w.a.View()[0].Flows[0].Pairs
	if len(pairs) != 3 {
		t.Fatalf("%d pairs", len(pairs))
	}
	for i, p := range pairs {
		if p.InConn != 2001+2*i || p.OutConn != 2002+2*i {
			t.Errorf("pair %d has the connections %d and %d", i, p.InConn, p.OutConn)
		}
	}
}

// TestWhatIsMadeOfAPair: the SAs have what quick mode agreed on.
func TestWhatIsMadeOfAPair(t *testing.T) {
	w := newWorld(t)
	var keyed []Keying
	w.a.env.Keyed = func(k Keying) { keyed = append(keyed, k) }
	w.Pass(17 * time.Second)
	p := w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 0xabcdef)
	p.Seconds, p.Kilobytes = 1000, 4000
	w.a.InstallSAs(p)
	flow := w.a.View()[0].Flows[0]
	in, out := flow.Pairs[0].In, flow.Pairs[0].Out
	if in.SPI() != p.InboundSPI || out.SPI() != 0xabcdef || in.Local() != left || out.To().Addr() != right || in.Encap().On() {
		t.Errorf("in %x at %v, out %x to %v", in.SPI(), in.Local(), out.SPI(), out.To())
	}
	if in.Transform() != desMD5 || out.Transform() != desMD5 {
		t.Errorf("transforms %v, %v", in.Transform(), out.Transform())
	}
	for _, sa := range []*esp.SA{&in.SA, &out.SA} {
		if end, ok := sa.Ends(); !ok || end != 1017*time.Second {
			t.Errorf("it ends at %v", end)
		}
		if kb := sa.KilobytesShown(); kb < 3800 || kb > 4000 || kb != in.KilobytesShown() {
			t.Errorf("%d kB are shown, %d of the other one", kb, in.KilobytesShown())
		}
	}
	want := []Keying{
		{right, left, p.InboundSPI, desMD5, esp.Keys{Cipher: p.Inbound.Encryption, Auth: p.Inbound.Authentication}, false},
		{left, right, 0xabcdef, desMD5, esp.Keys{Cipher: p.Outbound.Encryption, Auth: p.Outbound.Authentication}, false},
	}
	if !reflect.DeepEqual(keyed, want) || !reflect.DeepEqual(w.a.Keyings(), want) {
		t.Errorf("keys told\n\t%+v\nall\n\t%+v\nwant\n\t%+v", keyed, w.a.Keyings(), want)
	}
}

// TestPairThatCannotBeMade: its SPI is free again, its keys are cleared, ISAKMP is
// told, and no connection is used up.
func TestPairThatCannotBeMade(t *testing.T) {
	for name, change := range map[string]func(*world, *isakmp.SAPair){
		"no such address":      func(_ *world, p *isakmp.SAPair) { p.Local = ike(right) },
		"other proxies":        func(_ *world, p *isakmp.SAPair) { p.RemoteProxy = lan("20.1.2.0") },
		"protocols that vary":  func(_ *world, p *isakmp.SAPair) { p.RemoteProxy.Protocol = 17 },
		"another peer":         func(_ *world, p *isakmp.SAPair) { p.Remote = ike(left) },
		"no such cipher":       func(_ *world, p *isakmp.SAPair) { p.Proposal.Transform = 7 },
		"a key that is short":  func(_ *world, p *isakmp.SAPair) { p.Inbound.Encryption = p.Inbound.Encryption[1:] },
		"another that is":      func(_ *world, p *isakmp.SAPair) { p.Outbound.Authentication = nil },
		"an SPI that is taken": func(w *world, p *isakmp.SAPair) { p.InboundSPI = w.a.all()[0].agreed.InboundSPI },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1))
			p := w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 2)
			reserved := p.InboundSPI
			change(w, &p)
			w.a.events = nil
			w.a.InstallSAs(p)
			if len(w.a.all()) != 1 || w.a.released != 1 || len(w.a.events) != 0 || len(w.a.owners) != 1 {
				t.Fatalf("%d pairs, %d released, told %+v", len(w.a.all()), w.a.released, w.a.events)
			}
			if p.InboundSPI == reserved && w.a.sas.Find(left, reserved) != nil {
				t.Error("the inbound SA is there")
			}
			for _, key := range [][]byte{p.Inbound.Encryption, p.Inbound.Authentication, p.Outbound.Encryption, p.Outbound.Authentication} {
				if len(bytes.Trim(key, "\x00")) > 0 {
					t.Error("a key is left")
				}
			}
			w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 3))
			if got := w.a.all()[1].inConn; got != 2003 {
				t.Errorf("the next connection is %d", got)
			}
		})
	}
}

// TestResponderWaits: the outbound SA is used when the peer has confirmed just
// that pair, once.
func TestResponderWaits(t *testing.T) {
	w := newWorld(t)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000))
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1001))
	first, second := w.a.all()[0], w.a.all()[1]
	w.a.events = nil
	w.a.EnableOutbound(ike(right), 999)
	w.a.EnableOutbound(ike(left), 1000)
	if first.enabled || second.enabled || len(w.a.events) != 0 || first.flow.sending() != nil {
		t.Fatalf("enabled by another's message; told %+v", w.a.events)
	}
	w.a.EnableOutbound(ike(right), 1000)
	if !first.enabled || second.enabled || first.flow.sending() != first {
		t.Fatal("the pair is not enabled, or both are")
	}
	w.a.events = nil
	w.a.EnableOutbound(ike(right), 1000)
	if len(w.a.events) != 0 {
		t.Errorf("enabled twice: %+v", w.a.events)
	}
	w.a.EnableOutbound(ike(right), 1001)
	if first.flow.sending() != second || first.replaced {
		t.Error("the newest pair that may send is in use, and the other one stays")
	}
}

// TestReplacedPair: a pair near its end that a new one replaces sends no more,
// receives for esp.Linger, and is deleted then; one that is not near its end stays.
func TestReplacedPair(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	old := w.a.all()[0]
	old.sas.Out.Next((4608000 - 200) << 10) // so that it is not time that ends it
	old.watch.Check()
	w.Pass(time.Millisecond)
	if !old.renewing || len(w.a.requests) != 2 {
		t.Fatal("the pair is not near its end")
	}
	negotiate(t, w.a, w.b)
	now := w.a.all()[1]
	if old.flow.sending() != now || !old.replaced || now.replaced || now.renewing {
		t.Errorf("old %+v, new %+v", old, now)
	}
	w.Pass(esp.Linger - time.Millisecond)
	if len(w.a.all()) != 2 {
		t.Error("the old pair went too early")
	}
	w.a.deleted = nil
	w.Pass(2 * time.Millisecond)
	if len(w.a.all()) != 1 || len(w.a.deleted) != 1 || w.a.deleted[0].SPIs[0] != old.agreed.InboundSPI {
		t.Errorf("%d pairs, told %+v", len(w.a.all()), w.a.deleted)
	}
	w.b.ClearAll()
	w.a.remove(now)
	if !w.idle() {
		t.Error("a timer is left")
	}
}

// TestReplacedPairIsBetterThanNone: where the new pair goes first, the old one
// sends again.
func TestReplacedPairIsBetterThanNone(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(3571*time.Second - w.Now())
	negotiate(t, w.a, w.b)
	old, now := w.a.all()[0], w.a.all()[1]
	w.a.PeerDeleted(ike(right), isakmp.ProtoESP, []uint32{now.agreed.OutboundSPI})
	if got := old.flow.sending(); got != old {
		t.Errorf("in use is %+v", got)
	}
}

// TestOlderPairReplacesANewer: which pair is confirmed last counts, not which was
// made last.
func TestOlderPairReplacesANewer(t *testing.T) {
	w := newWorld(t)
	for out := range uint32(2) {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000+out))
	}
	older, newer := w.a.all()[0], w.a.all()[1]
	w.a.EnableOutbound(ike(right), 1001)
	newer.sas.Out.Next((4608000 - 200) << 10)
	newer.watch.Check()
	w.a.EnableOutbound(ike(right), 1000)
	if !newer.replaced || older.replaced || older.flow.sending() != older {
		t.Error("the pair that was confirmed last is not in use")
	}
}

// TestSuccessorNeedsUse: a pair that was never confirmed is promoted when the one
// in use goes only where the peer uses it.
func TestSuccessorNeedsUse(t *testing.T) {
	w := newWorld(t)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000))
	w.a.EnableOutbound(ike(right), 1000)
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1001))
	w.a.PeerDeleted(ike(right), isakmp.ProtoESP, []uint32{1000})
	if p := w.a.all(); len(p) != 1 || p[0].enabled {
		t.Errorf("%d pairs are left, or one is used that the peer may not have", len(p))
	}
}

// TestOneMessageForEachPeer: deletions are gathered by the two ends and the port.
func TestOneMessageForEachPeer(t *testing.T) {
	w := newWorld(t)
	third := netip.MustParseAddr("34.34.34.4")
	entry := w.a.Map("CMAP").Entry(10)
	entry.Peers = append(entry.Peers, third)
	install := func(remote netip.Addr, port uint16, out uint32) uint32 {
		p := w.agreed(remote, lan("10.1.1.0"), lan("20.1.1.0"), out)
		if port != 0 {
			p.Local, p.Remote = netip.AddrPortFrom(left, 4500), netip.AddrPortFrom(remote, port)
			p.Proposal = p.Proposal.InUDP()
		}
		w.a.InstallSAs(p)
		return p.InboundSPI
	}
	a, b, c := install(right, 0, 1), install(third, 0, 2), install(right, 0, 3)
	d, e := install(right, 4501, 4), install(right, 4502, 5)
	w.a.ClearAll()
	message := func(remote netip.Addr, port uint16, spis ...uint32) isakmp.DeleteRequest {
		return isakmp.DeleteRequest{Local: left, Remote: remote, RemotePort: port, Protocol: isakmp.ProtoESP, SPIs: spis}
	}
	want := []isakmp.DeleteRequest{message(right, 0, a, c), message(third, 0, b), message(right, 4501, d), message(right, 4502, e)}
	if !reflect.DeepEqual(w.a.deleted, want) {
		t.Errorf("told\n\t%+v\nwant\n\t%+v", w.a.deleted, want)
	}
	if w.a.released != 5 || len(w.a.owners) != 0 || !w.idle() {
		t.Errorf("%d released, %d SAs are left, or a timer", w.a.released, len(w.a.owners))
	}
}

// TestKeysOfAPairThatIsGone: nothing of them is left in the engine.
func TestKeysOfAPairThatIsGone(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0]
	in, out := p.sas.In.Keys(), p.sas.Out.Keys()
	w.a.ClearAll()
	for _, key := range [][]byte{in.Cipher, in.Auth, out.Cipher, out.Auth} {
		if len(bytes.Trim(key, "\x00")) > 0 {
			t.Errorf("%x is left", key)
		}
	}
	if len(w.a.Keyings()) != 0 {
		t.Error("keys of a pair that is gone are told")
	}
}

// TestClear: each way of clearing takes just what it is for.
func TestClear(t *testing.T) {
	third := netip.MustParseAddr("34.34.34.4")
	for name, tt := range map[string]struct {
		clear func(*end)
		left  []uint32
	}{
		"peer":            {func(d *end) { d.ClearPeer(right) }, []uint32{2}},
		"another peer":    {func(d *end) { d.ClearPeer(left) }, []uint32{1, 3, 2}},
		"map":             {func(d *end) { d.ClearMap("CMAP") }, nil},
		"another map":     {func(d *end) { d.ClearMap("cmap") }, []uint32{1, 3, 2}},
		"sessions":        {func(d *end) { d.ClearSessions(func(l, r netip.Addr) bool { return l == left && r == third }) }, []uint32{1, 3}},
		"all":             {func(d *end) { d.ClearAll() }, nil},
		"initial contact": {func(d *end) { d.InitialContact(ike(left), ike(right)) }, []uint32{2}},
		"entry":           {func(d *end) { d.ClearEntry(right, 3) }, []uint32{1, 2}},
		"another's entry": {func(d *end) { d.ClearEntry(third, 3) }, []uint32{1, 3, 2}},
	} {
		w := newWorld(t)
		entry := w.a.Map("CMAP").Entry(10)
		entry.Peers = append(entry.Peers, third)
		for out, remote := range []netip.Addr{1: right, 2: third, 3: right} {
			if remote.IsValid() {
				far := lan("20.1.1.0")
				if remote == third {
					far = isakmp.Proxy{Addr: netip.MustParseAddr("20.1.1.9"), Mask: netip.MustParseAddr("255.255.255.255")}
				}
				w.a.InstallSAs(w.agreed(remote, lan("10.1.1.0"), far, uint32(out)))
			}
		}
		tt.clear(w.a)
		var spis []uint32
		for _, p := range w.a.all() {
			spis = append(spis, p.agreed.OutboundSPI)
		}
		if !slices.Equal(spis, tt.left) {
			t.Errorf("%s leaves %v, want %v", name, spis, tt.left)
		}
	}
}

func TestClearCounters(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	counters := w.a.View()[0].Flows[0].Counters
	if counters.Encaps.Load() != 1 {
		t.Fatal("nothing was counted")
	}
	w.a.ClearCounters()
	if counters.Encaps.Load()+counters.SendErrors.Load() != 0 || len(w.a.all()) != 1 {
		t.Error("the counters stand, or the pair went")
	}
}

// TestLimitsOfPairs: the oldest goes when a flow, or a peer, has one too many.
func TestLimitsOfPairs(t *testing.T) {
	w := newWorld(t)
	for i := range maxPairsOfFlow + 1 {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), uint32(1000+i)))
	}
	pairs := w.a.all()
	if len(pairs) != 8 || pairs[0].agreed.OutboundSPI != 1001 {
		t.Errorf("a flow has %d pairs, the oldest is %d", len(pairs), pairs[0].agreed.OutboundSPI)
	}
	w.a.ClearAll()
	host := func(n int) isakmp.Proxy {
		return isakmp.Proxy{Addr: netip.AddrFrom4([4]byte{20, 1, 1, byte(n)}), Mask: netip.MustParseAddr("255.255.255.255")}
	}
	for i := range maxPairsOfPeer + 1 {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host(i%200), uint32(2000+i)))
		if i == maxPairsOfPeer-1 && len(w.a.all()) != 512 {
			t.Errorf("a peer has %d pairs", len(w.a.all()))
		}
	}
	if n := len(w.a.all()); n != 512 || slices.ContainsFunc(w.a.all(), func(p *pair) bool { return p.agreed.OutboundSPI == 2000 }) {
		t.Errorf("a peer has %d pairs, or the oldest stays", n)
	}
}

// TestSelectorsOfProxies: what quick mode names and what lists match are the same.
func TestSelectorsOfProxies(t *testing.T) {
	s := acl.Selector{
		Local:    acl.Proxy{Addr: netip.MustParseAddr("10.1.1.0"), Mask: netip.MustParseAddr("255.255.255.0"), Port: 23},
		Remote:   acl.Proxy{Addr: netip.MustParseAddr("20.1.1.1"), Mask: netip.MustParseAddr("255.255.255.255"), Port: 1024},
		Protocol: packet.ProtoTCP,
	}
	local, remote := proxies(s)
	if local != (isakmp.Proxy{Addr: s.Local.Addr, Mask: s.Local.Mask, Protocol: 6, Port: 23}) ||
		remote != (isakmp.Proxy{Addr: s.Remote.Addr, Mask: s.Remote.Mask, Protocol: 6, Port: 1024}) {
		t.Errorf("%+v and %+v", local, remote)
	}
	if back, ok := selector(local, remote); !ok || back != s {
		t.Errorf("%+v, %v", back, ok)
	}
	remote.Protocol = packet.ProtoUDP
	if _, ok := selector(local, remote); ok {
		t.Error("two protocols in one flow")
	}
}
