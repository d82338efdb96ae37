package keyengine

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// TestView: what show commands see, in the order of the map and its lists.
func TestView(t *testing.T) {
	w := newWorld(t)
	w.a.relist(t, "permit ip host 10.1.1.1 host 20.1.1.1", "deny ip host 10.1.1.2 host 20.1.1.2", toRight)
	v := w.a.View()
	if len(v) != 1 || v[0].Interface != outside || v[0].Map != "CMAP" || v[0].Local != left || len(v[0].Flows) != 2 {
		t.Fatalf("%+v", v)
	}
	for i, want := range []string{"10.1.1.1", "10.1.1.0"} {
		f := v[0].Flows[i]
		if f.Selector.Local.Addr.String() != want || !f.FromList || f.Peer != right || f.PeerPort != 500 || f.Requesting ||
			len(f.Pairs) != 0 || f.Sending() != nil {
			t.Errorf("flow %d: %+v", i, f)
		}
	}
	// What a peer asked for within a rule comes last, once.
	host := isakmp.Proxy{Addr: netip.MustParseAddr("20.1.1.9"), Mask: netip.MustParseAddr("255.255.255.255")}
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host, 5))
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host, 6))
	flows := w.a.View()[0].Flows
	if len(flows) != 3 || flows[2].FromList || flows[2].Selector.Remote.Addr != host.Addr || len(flows[2].Pairs) != 2 {
		t.Fatalf("%+v", flows)
	}
	if flows[2].Sending() != nil || flows[2].Pairs[0].Sending {
		t.Error("a pair is in use before it may send")
	}
	w.a.EnableOutbound(ike(right), 5)
	f := w.a.View()[0].Flows[2]
	if s := f.Sending(); s == nil || s != &f.Pairs[0] || s.Out.SPI() != 5 || f.Pairs[1].Sending {
		t.Errorf("in use is %+v", s)
	}
	// Without its list a flow stays as long as it has SAs.
	w.a.relist(t)
	if flows := w.a.View()[0].Flows; len(flows) != 1 || flows[0].Selector.Remote.Addr != host.Addr {
		t.Errorf("%+v", flows)
	}
	w.a.Map("CMAP").Entry(10).ACL = ""
	for range 2 { // with two pairs, and with one
		if flows := w.a.View()[0].Flows; len(flows) != 1 {
			t.Errorf("%+v", flows)
		}
		if all := w.a.all(); len(all) == 2 {
			w.a.remove(all[0])
		}
	}
	w.a.ClearAll()
	if flows := w.a.View()[0].Flows; len(flows) != 0 {
		t.Errorf("%+v", flows)
	}
}

// TestViewOfTwoEntries: what a peer asked for is listed with its entry.
func TestViewOfTwoEntries(t *testing.T) {
	w := newWorld(t)
	third := netip.MustParseAddr("34.34.34.4")
	second, _ := w.a.AddEntry("CMAP", 20)
	second.Peers, second.TransformSets, second.ACL = []netip.Addr{third}, []string{"TS"}, "101"
	host := func(n byte) isakmp.Proxy {
		return isakmp.Proxy{Addr: netip.AddrFrom4([4]byte{20, 1, 1, n}), Mask: netip.MustParseAddr("255.255.255.255")}
	}
	w.a.InstallSAs(w.agreed(third, lan("10.1.1.0"), host(2), 2))
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host(1), 1))
	var got []string
	for _, f := range w.a.View()[0].Flows {
		got = append(got, f.Peer.String()+" "+f.Selector.Remote.Addr.String())
	}
	want := []string{"23.23.23.3 20.1.1.0", "23.23.23.3 20.1.1.1", "34.34.34.4 20.1.1.0", "34.34.34.4 20.1.1.2"}
	if !slices.Equal(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
}

// TestViewOfAPeerThatIsNotTheEntrys: a flow shows the peer that its SAs are with.
func TestViewOfAPeerThatIsNotTheEntrys(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	other := netip.MustParseAddr("34.34.34.4")
	w.a.Map("CMAP").Entry(10).Peers = []netip.Addr{other}
	if f := w.a.View()[0].Flows[0]; f.Peer != right {
		t.Errorf("with SAs: %v", f.Peer)
	}
	w.a.ClearAll()
	if f := w.a.View()[0].Flows[0]; f.Peer != other {
		t.Errorf("without: %v", f.Peer)
	}
}

func TestViewOfAPeerBehindANAT(t *testing.T) {
	w := natted(t, desMD5, func(*isakmp.SAPair) {})
	if f := w.b.View()[0].Flows[0]; f.PeerPort != 40002 {
		t.Errorf("port %d", f.PeerPort)
	}
	for i, k := range w.b.Keyings() {
		if !k.InUDP {
			t.Errorf("key %d is not told to be in UDP", i)
		}
	}
}

// TestESPOnItsOwnMovesNobody: a peer behind a NAT whose packets are not in UDP has
// no port to be at.
func TestESPOnItsOwnMovesNobody(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.b.all()[0].agreed.Mobile = true
	if !w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1")) || len(w.b.moved) != 0 {
		t.Errorf("moved %v", w.b.moved)
	}
}

// TestPeerMovedAlone: only the pairs with just that peer at just that address of
// ours move.
func TestPeerMovedAlone(t *testing.T) {
	w := natted(t, desMD5, func(*isakmp.SAPair) {})
	p := w.rightPair()
	local, from, to := p.agreed.Local, p.agreed.Remote, netip.MustParseAddrPort("66.6.6.6:40009")
	w.b.Engine.PeerMoved(netip.AddrPortFrom(left, 4500), from, to)
	w.b.Engine.PeerMoved(local, netip.AddrPortFrom(from.Addr(), 1), to)
	if p.agreed.Remote != from || p.sas.Out.To() != from {
		t.Fatalf("moved to %v", p.agreed.Remote)
	}
	w.b.Engine.PeerMoved(local, from, to)
	if p.agreed.Remote != to || p.sas.Out.To() != to {
		t.Errorf("stayed at %v, sends to %v", p.agreed.Remote, p.sas.Out.To())
	}
}

// TestIdleLooks: a pair is looked at six times in its idle time, and ends when
// nothing has passed for all of it, in either direction.
func TestIdleLooks(t *testing.T) {
	w := newWorld(t)
	entry := w.a.Map("CMAP").Entry(10)
	other := netip.MustParseAddr("34.34.34.4")
	entry.Peers, entry.IdleTime = append(entry.Peers, other), time.Minute
	w.up(t)
	begin := w.Now()
	w.Pass(35 * time.Second)
	w.send(t, w.b, w.a, ipPacket("20.1.1.1", "10.1.1.1"))
	w.Pass(begin + 99*time.Second - w.Now())
	if len(w.a.all()) != 1 {
		t.Fatal("a pair that received something a minute ago is gone")
	}
	w.Pass(2 * time.Second) // it was seen at 40 s
	if len(w.a.all()) != 0 {
		t.Error("it stays")
	}
	if entry.Peer() != right {
		t.Error("the entry turned to another peer")
	}
	// Where it is told to, an idle entry turns to its default peer.
	entry.Default, entry.IdleToDefault = other, true
	w.up(t)
	w.Pass(61 * time.Second)
	if len(w.a.all()) != 0 || entry.Peer() != other {
		t.Errorf("%d pairs, peer %v", len(w.a.all()), entry.Peer())
	}
}

// TestStrayOfOthers: only a peer of the map is told, and only of its own address.
func TestStrayOfOthers(t *testing.T) {
	w := newWorld(t)
	w.a.stray(right, right, 0, 7) // not an address of ours
	w.a.stray(left, left, 0, 7)   // not a peer
	if len(w.a.deleted) != 0 || len(w.a.strays) != 0 {
		t.Errorf("told %+v", w.a.deleted)
	}
	w.a.stray(left, right, 4501, 7)
	w.Pass(strayInterval - 1)
	w.a.stray(left, right, 4501, 8)
	w.Pass(1)
	w.a.stray(left, right, 0, 9)
	if d := w.a.deleted; len(d) != 2 || d[0].RemotePort != 4501 || d[0].SPIs[0] != 7 || d[1].SPIs[0] != 9 ||
		d[0].Local != left || d[0].Remote != right || d[0].Protocol != isakmp.ProtoESP || !d[0].Stray {
		t.Errorf("told %+v", d)
	}
}

// TestStraysAtTheLimit: an address is forgotten as soon as it may be told again.
func TestStraysAtTheLimit(t *testing.T) {
	w := newWorld(t)
	one, two := netip.MustParseAddr("1.1.1.1"), netip.MustParseAddr("2.2.2.2")
	w.Pass(time.Hour)
	w.a.noteTold(one)
	w.Pass(strayInterval - 1)
	w.a.noteTold(two)
	if len(w.a.strays) != 2 {
		t.Errorf("forgotten too early: %v", w.a.strays)
	}
	w.Pass(1)
	w.a.noteTold(two)
	if _, ok := w.a.strays[one]; ok || w.a.strays[two] != time.Hour+strayInterval {
		t.Errorf("remembered: %v", w.a.strays)
	}
}
