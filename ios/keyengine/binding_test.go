package keyengine

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/labs/loop"
)

const elsewhere = "FastEthernet0/1"

func fixed(a netip.Addr, ok bool) func() (netip.Addr, bool) {
	return func() (netip.Addr, bool) { return a, ok }
}

func TestBindings(t *testing.T) {
	c := loop.New()
	d := newEnd(t, c, left, right, toRight)
	second := netip.MustParseAddr("13.13.13.1")
	d.Apply(elsewhere, "OTHER", fixed(second, true))
	if d.Applied(outside) != "CMAP" || d.Applied(elsewhere) != "OTHER" || d.Applied("Serial0/0") != "" {
		t.Errorf("applied are %q and %q", d.Applied(outside), d.Applied(elsewhere))
	}
	if !d.Serves(left) || !d.Serves(second) || d.Serves(right) {
		t.Error("Serves is wrong")
	}
	d.Apply(elsewhere, "CMAP", fixed(second, false))
	if d.Applied(elsewhere) != "CMAP" || len(d.bindings) != 2 || d.Serves(second) {
		t.Error("another map was not applied, or an interface without an address serves it")
	}
	d.Remove("Serial0/0")
	d.Remove(outside)
	if d.Applied(outside) != "" || d.Applied(elsewhere) != "CMAP" || !d.Active() {
		t.Error("the wrong map was taken off")
	}
	d.Remove(elsewhere)
	if d.Active() || New(Env{}).Active() {
		t.Error("active without a map")
	}
}

// TestRemovedMap: its pairs and requests go, those of another interface stay.
func TestRemovedMap(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	second := netip.MustParseAddr("13.13.13.1")
	other := w.a.Apply(elsewhere, "CMAP", fixed(second, true))
	p := w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 77)
	p.Local = ike(second)
	w.a.InstallSAs(p)
	if len(other.flows) != 1 || len(w.a.all()) != 2 {
		t.Fatal("the second pair is not at the second interface")
	}
	w.a.ask(w.a.bindings[0].flows[0])
	w.a.Remove(outside)
	if all := w.a.all(); len(all) != 1 || all[0].flow.binding != other || len(w.a.asking) != 0 || len(w.a.deleted) != 1 {
		t.Errorf("%d pairs, %d requests, %d deletes", len(w.a.all()), len(w.a.asking), len(w.a.deleted))
	}
	if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1")); verdict != forwarding.Pass {
		t.Errorf("verdict %v where there is no map", verdict)
	}
	if w.a.Refuses(w.ifc, ipPacket("20.1.1.1", "10.1.1.1")) {
		t.Error("refused where there is no map")
	}
}

// TestReaddressed: the SAs and requests of an address that is gone go.
func TestReaddressed(t *testing.T) {
	for name, tt := range map[string]struct {
		addr netip.Addr
		ok   bool
		stay bool
	}{
		"the same":  {left, true, true},
		"another":   {netip.MustParseAddr("12.12.12.9"), true, false},
		"none":      {netip.Addr{}, false, false},
		"the other": {right, true, false},
	} {
		w := newWorld(t)
		w.up(t)
		w.a.ask(w.a.bindings[0].flows[0])
		w.a.Apply(elsewhere, "CMAP", fixed(netip.MustParseAddr("13.13.13.1"), true))
		w.a.bindings[0].Local = fixed(tt.addr, tt.ok)
		w.a.Readdressed()
		if stay := len(w.a.all()) == 1; stay != tt.stay || stay != (len(w.a.asking) == 1) {
			t.Errorf("%s: %d pairs and %d requests stay", name, len(w.a.all()), len(w.a.asking))
		}
	}
}

// TestTwoEntries: the first entry whose list selects a packet protects it, and
// one that is not complete is passed over.
func TestTwoEntries(t *testing.T) {
	w := newWorld(t)
	third := netip.MustParseAddr("34.34.34.4")
	second, _ := w.a.AddEntry("CMAP", 20)
	second.Peers, second.TransformSets, second.ACL = []netip.Addr{third}, []string{"TS"}, "101"
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	w.a.Map("CMAP").Entry(10).ACL = ""
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(time.Millisecond)
	if r := w.a.requests; len(r) != 2 || r[0].Remote != right || r[1].Remote != third {
		t.Errorf("asked %+v", r)
	}
	// A peer's offer is for the entry that has that peer.
	offer := isakmp.ProposalRequest{
		Local: left, Remote: right, LocalProxy: lan("10.1.1.0"), RemoteProxy: lan("20.1.1.0"), Proposal: proposal(desMD5),
	}
	if _, err := w.a.ValidateProposal(offer); err != isakmp.ErrProxyIdentities {
		t.Errorf("an entry that is not complete: %v", err)
	}
	offer.Remote = third
	if _, err := w.a.ValidateProposal(offer); err != nil {
		t.Errorf("the second entry: %v", err)
	}
}

// TestNarrowerFlow: a packet goes by SAs that the peer asked for within a rule
// while there are such, if they are of the same entry and take it.
func TestNarrowerFlow(t *testing.T) {
	w := newWorld(t)
	host := isakmp.Proxy{Addr: netip.MustParseAddr("20.1.1.9"), Mask: netip.MustParseAddr("255.255.255.255")}
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host, 5))
	if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.9")); verdict != forwarding.Drop {
		t.Errorf("before it may send: verdict %v", verdict)
	}
	w.a.EnableOutbound(ike(right), 5)
	for to, want := range map[string]forwarding.CryptoVerdict{"20.1.1.9": forwarding.Protect, "20.1.1.8": forwarding.Drop, "20.1.2.9": forwarding.Pass} {
		if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", to)); verdict != want {
			t.Errorf("to %s: verdict %v, want %v", to, verdict, want)
		}
	}
	// The rule's own flow is another one, with its own counters.
	flows := w.a.View()[0].Flows
	if len(flows) != 2 || !flows[0].FromList || flows[1].FromList || flows[0].Counters.SendErrors.Load() != 2 || flows[1].Counters.SendErrors.Load() != 0 {
		t.Errorf("%+v", flows)
	}
	w.a.Map("CMAP").Entry(10).ACL = ""
	second, _ := w.a.AddEntry("CMAP", 20)
	second.Peers, second.TransformSets, second.ACL = []netip.Addr{right}, []string{"TS"}, "101"
	if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.9")); verdict != forwarding.Drop {
		t.Errorf("SAs of another entry: verdict %v", verdict)
	}
}

// TestCosts: the processor is busy with each packet that is sealed or opened.
func TestCosts(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	var spent [2]time.Duration
	w.a.env.Spend = func(d time.Duration) { spent[0] += d }
	w.b.env.Spend = func(d time.Duration) { spent[1] += d }
	w.send(t, w.a, w.b, ipPacket("10.1.1.1", "20.1.1.1"))
	if spent != [2]time.Duration{400 * time.Microsecond, 400 * time.Microsecond} {
		t.Errorf("spent %v", spent)
	}
}

// TestWhyAPacketIsRejected: what a step says of it, and what is told.
func TestWhyAPacketIsRejected(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	sealed := func() packet.IPv4 {
		p := ipPacket("10.1.1.1", "20.1.1.1")
		tunnel, _ := w.a.Select(w.ifc, p)
		outer, _ := tunnel.Seal(p)
		return outer
	}
	good := sealed()
	decide := func(p packet.IPv4) (before, after forwarding.Reason) {
		d := w.b.Engine.Open(w.ifc, p)
		if d.Apply == nil {
			return d.Why, d.Why
		}
		return d.Why, d.Apply()
	}
	if before, after := decide(good); before != forwarding.NoReason || after != forwarding.NoReason {
		t.Errorf("a good packet: %v, %v", before, after)
	}
	if before, after := decide(good); before != forwarding.Replayed || after != forwarding.Replayed {
		t.Errorf("one that was here: %v, %v", before, after)
	}
	forged := sealed()
	forged[len(forged)-1] ^= 1
	if before, after := decide(forged); before != forwarding.BadCheckValue || after != forwarding.BadCheckValue {
		t.Errorf("a forged one: %v, %v", before, after)
	}
	short := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoESP, Src: left, Dst: right}, good[20:40])
	if before, after := decide(short); before != forwarding.BadIPsec || after != forwarding.BadIPsec {
		t.Errorf("a short one: %v, %v", before, after)
	}
	tiny := packet.BuildIPv4(packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoESP, Src: left, Dst: right}, good[20:23])
	if before, after := decide(tiny); before != forwarding.BadIPsec || after != forwarding.BadIPsec {
		t.Errorf("one without a header: %v, %v", before, after)
	}
	unknown := sealed()
	unknown[20] ^= 0xff
	if before, after := decide(unknown); before != forwarding.NoSA || after != forwarding.NoSA {
		t.Errorf("one of no SA: %v, %v", before, after)
	}
	conn := w.b.all()[0].inConn
	if got := only[Replayed](w.b); len(got) != 1 || got[0] != (Replayed{conn, 1}) {
		t.Errorf("told %+v", got)
	}
	if got := only[MACMismatch](w.b); len(got) != 1 || got[0] != (MACMismatch{conn, 2}) {
		t.Errorf("told %+v", got)
	}
	spi := w.b.all()[0].agreed.InboundSPI ^ 0xff000000
	if got := only[SPIUnknown](w.b); len(got) != 1 || got[0] != (SPIUnknown{left, right, 50, spi}) {
		t.Errorf("told %+v", got)
	}
	if c := w.b.View()[0].Flows[0].Counters; c.RecvErrors.Load() != 3 || c.Decaps.Load() != 1 {
		t.Errorf("%d receive errors, %d packets", c.RecvErrors.Load(), c.Decaps.Load())
	}
	if n := w.b.all()[0].sas.In.Packets(); n != 1 {
		t.Errorf("%d packets on the SA", n)
	}
}

// TestOutsideProxies: what comes out of a tunnel must be what the tunnel is for.
func TestOutsideProxies(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	p := w.a.all()[0]
	outer := p.Outline(ipPacket("10.1.1.1", "20.1.2.1"))
	p.Seal(outer, ipPacket("10.1.1.1", "20.1.2.1"))
	d := w.b.Engine.Open(w.ifc, outer)
	if d.Why != forwarding.OutsideProxies || d.Apply() != forwarding.OutsideProxies {
		t.Errorf("why: %v", d.Why)
	}
}

// TestDecidedIsNotDone: what is decided of a packet changes nothing until it is
// applied.
func TestDecidedIsNotDone(t *testing.T) {
	w := newWorld(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	w.a.Engine.Select(w.ifc, p)
	w.Pass(time.Minute)
	if len(w.a.requests) != 0 || len(w.a.bindings[0].flows) != 0 {
		t.Error("asked for SAs of a packet that was only asked about")
	}
	w.up(t)
	tunnel, _ := w.a.Select(w.ifc, p)
	outer, _ := tunnel.Seal(p)
	for range 2 {
		if d := w.b.Engine.Open(w.ifc, outer); d.Why != forwarding.NoReason {
			t.Errorf("why: %v", d.Why)
		}
	}
	if n := w.b.all()[0].sas.In.Packets(); n != 0 {
		t.Errorf("%d packets counted", n)
	}
	// A rule is hit by what is applied, once.
	rule := w.a.lists.Get("101").Rules()[0]
	before := rule.Hits()
	w.a.Engine.Select(w.ifc, p)
	if rule.Hits() != before {
		t.Error("a hit of a packet that was only asked about")
	}
	w.a.Select(w.ifc, p)
	if rule.Hits() != before+1 {
		t.Errorf("%d hits of one packet", rule.Hits()-before)
	}
}
