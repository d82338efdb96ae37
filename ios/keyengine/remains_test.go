package keyengine

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/isakmp"
)

// TestFlowThatAsks stays while its request is under way, though nothing of the configuration
// describes it any more; no show command lists it, and it goes with its request.
func TestFlowThatAsks(t *testing.T) {
	for name, change := range map[string]func(*end){
		"another list": func(d *end) { d.relist(t, "permit ip host 9.9.9.9 host 8.8.8.8") },
		"no map":       func(d *end) { d.RemoveMap("CMAP") },
	} {
		w := newWorld(t)
		w.wants()
		b := w.a.bindings[0]
		asking := b.flows[0]
		change(w.a)
		b.prune()
		if len(b.flows) != 1 || b.flows[0] != asking || len(w.a.asking) != 1 {
			t.Errorf("%s: the flow that asks is forgotten", name)
		}
		for _, f := range b.listed() {
			if f == asking {
				t.Errorf("%s: it is listed", name)
			}
		}
		w.a.refuse()
		if w.a.Remove(outside); len(w.a.asking) != 0 || !w.idle() {
			t.Errorf("%s: %d requests, or a timer, are left", name, len(w.a.asking))
		}
	}
	// A pair of a map that is gone leaves nothing behind, either.
	w := newWorld(t)
	w.up(t)
	w.a.RemoveMap("CMAP")
	w.a.ClearAll()
	if n := len(w.a.bindings[0].flows); n != 0 {
		t.Errorf("%d flows are left", n)
	}
}

// TestNarrowFlowIsListedWithItsPairs only.
func TestNarrowFlowIsListedWithItsPairs(t *testing.T) {
	w := newWorld(t)
	host := isakmp.Proxy{Addr: netip.MustParseAddr("20.1.1.9"), Mask: netip.MustParseAddr("255.255.255.255")}
	w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), host, 5))
	w.a.ask(w.a.bindings[0].flows[0]) // so that the flow outlives its pair
	if n := len(w.a.View()[0].Flows); n != 2 {
		t.Errorf("%d flows", n)
	}
	w.a.ClearAll()
	if flows := w.a.View()[0].Flows; len(w.a.bindings[0].flows) != 2 || len(flows) != 1 || !flows[0].FromList {
		t.Errorf("%+v", flows)
	}
}

// TestNewestOfReplacedPairs: of pairs that are all replaced the newest sends.
func TestNewestOfReplacedPairs(t *testing.T) {
	f := &flow{}
	if f.sending() != nil {
		t.Error("something sends where there is nothing")
	}
	p := func(enabled, replaced bool) *pair { return &pair{enabled: enabled, replaced: replaced} }
	one, two, three, four := p(true, true), p(true, true), p(true, false), p(false, false)
	for i, tt := range []struct {
		pairs []*pair
		want  *pair
	}{
		{[]*pair{one, two}, two}, {[]*pair{one, two, four}, two}, {[]*pair{three, one, two, four}, three}, {[]*pair{one, three}, three}, {[]*pair{four}, nil},
	} {
		if f.pairs = tt.pairs; f.sending() != tt.want {
			t.Errorf("row %d: another pair sends", i)
		}
	}
}

// TestOneSPIForTwo: a peer may give two pairs one SPI; a message about it is for one of them.
func TestOneSPIForTwo(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000))
	}
	w.a.EnableOutbound(ike(right), 1000)
	if all := w.a.all(); !all[0].enabled || all[1].enabled || count[SAEnabled](w.a) != 1 {
		t.Errorf("told of %d", count[SAEnabled](w.a))
	}
}

// TestOneSuccessor: of the pairs that the peer uses already, though they are not confirmed,
// the newest is the successor.
func TestOneSuccessor(t *testing.T) {
	w := newWorld(t)
	for out := range uint32(4) {
		w.a.InstallSAs(w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 1000+out))
	}
	w.a.EnableOutbound(ike(right), 1000)
	all := w.a.all()
	for _, p := range all[1:3] {
		if _, err := (*receiver)(p).Accept(forwarding.Opening{Inner: ipPacket("20.1.1.1", "10.1.1.1"), Seq: 1, Verified: true}); err != nil {
			t.Fatal(err)
		}
		(*receiver)(p).Carried(1)
	}
	w.a.PeerDeleted(ike(right), isakmp.ProtoESP, []uint32{1000})
	if all[1].enabled || !all[2].enabled || all[3].enabled {
		t.Errorf("enabled: %v, %v, %v", all[1].enabled, all[2].enabled, all[3].enabled)
	}
}

// TestFailuresAreForgotten once there are SAs: each peer is tried again before a request is
// held.
func TestFailuresAreForgotten(t *testing.T) {
	w := newWorld(t)
	entry := w.a.Map("CMAP").Entry(10)
	other := netip.MustParseAddr("24.24.24.4")
	entry.Peers = []netip.Addr{other, right}
	w.wants()
	w.a.refuse()
	w.wants()
	negotiate(t, w.a, w.b)
	w.a.ClearAll()
	w.wants()
	w.a.refuse()
	if w.wants() != 1 || w.a.requests[len(w.a.requests)-1].Remote != other {
		t.Errorf("asked %+v", w.a.requests)
	}
	if w.a.refuse(); w.wants() != 0 {
		t.Error("a request after all have refused")
	}
}

// TestRenewalThatIsNotWanted: an initiator whose entry has lost its peer renews nothing, also
// when it has it again.
func TestRenewalThatIsNotWanted(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	entry := w.a.Map("CMAP").Entry(10)
	entry.Peers = []netip.Addr{netip.MustParseAddr("24.24.24.4")}
	nearEnd(w.a.all()[0])
	entry.Peers = []netip.Addr{right}
	w.Pass(time.Minute)
	if len(w.a.requests) != 1 {
		t.Errorf("%d requests", len(w.a.requests))
	}
}

// TestRenewalOfAReplacedPair: a responder that waits to renew a pair does not once that is
// replaced, not even where the new one has gone again.
func TestRenewalOfAReplacedPair(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	nearEnd(w.b.all()[0])
	w.a.ask(w.a.bindings[0].flows[0])
	w.Pass(time.Second)
	negotiate(t, w.a, w.b)
	now := w.b.all()[1]
	if !w.b.all()[0].replaced {
		t.Fatal("not replaced")
	}
	w.b.PeerDeleted(ike(left), isakmp.ProtoESP, []uint32{now.agreed.OutboundSPI})
	w.Pass(15 * time.Second)
	if len(w.b.requests) != 0 {
		t.Errorf("%d requests", len(w.b.requests))
	}
}

// TestUnreadEntryWithholds an entry of the map: what its list permits is not known.
func TestUnreadEntryWithholds(t *testing.T) {
	w := newWorld(t)
	entry := w.a.Map("CMAP").Entry(10)
	if entry.Withheld = true; w.a.Complete(entry) {
		t.Error("an entry that is withheld is complete")
	}
	entry.Withheld = false
	list := w.a.lists.Get("101")
	if err := list.Add(acl.Entry{Kind: acl.Extended, Action: acl.Unread, Text: "permit ip any any reflect X"}); err != nil {
		t.Fatal(err)
	}
	if w.a.Complete(entry) {
		t.Error("an entry is complete whose list is not")
	}
}

// TestPortOfAPeer: 500 but for one whose packets are in UDP, with SAs and without.
func TestPortOfAPeer(t *testing.T) {
	w := newWorld(t)
	if port := w.a.View()[0].Flows[0].PeerPort; port != 500 {
		t.Errorf("without SAs: %d", port)
	}
	w.up(t)
	if port := w.a.View()[0].Flows[0].PeerPort; port != 500 {
		t.Errorf("with SAs: %d", port)
	}
}

// TestIdleTimersEnd with their pair, before the first look and after it.
func TestIdleTimersEnd(t *testing.T) {
	for _, looks := range []int{0, 1, 3} {
		w := newWorld(t)
		w.a.IdleTime = time.Minute
		w.up(t)
		w.b.ClearAll()
		w.Pass(time.Duration(looks)*10*time.Second + time.Second)
		w.a.ClearAll()
		if !w.idle() {
			t.Errorf("after %d looks a timer is left", looks)
		}
	}
}

// TestUnchangedRequestStands: what packets find is the request as it was made, until a change
// is told; and where the configuration has nothing to ask for, the one that stands.
func TestUnchangedRequestStands(t *testing.T) {
	w := newWorld(t)
	w.wants()
	entry := w.a.Map("CMAP").Entry(10)
	entry.PFS = 5
	if w.wants() != 0 {
		t.Error("a change that was not told makes another request")
	}
	w.a.RemoveTransformSet("TS")
	w.a.DropHeld()
	if w.wants() != 0 || len(w.a.asking) != 1 {
		t.Errorf("%d requests stand where there is nothing to offer", len(w.a.asking))
	}
	// When its time is over, it is repeated as it would be made then.
	w.a.SetTransformSet(TransformSet{"TS", desMD5})
	w.Pass(requestTimeout)
	if r := w.a.requests; len(r) != 2 || r[1].PFS != 5 || r[1].SPI == r[0].SPI || len(w.a.asking) != 1 {
		t.Errorf("asked for %+v", r)
	}
	w.Pass(requestTimeout)
	if len(w.a.requests) != 2 || len(w.a.asking) != 0 || len(w.a.deleted) != 1 {
		t.Errorf("%d requests, told %+v", len(w.a.requests), w.a.deleted)
	}
}

// same is randomness that is always the same.
type same struct{}

func (same) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 0x7f
	}
	return len(b), nil
}

// TestSPIOfAHeldRequest may be drawn for another flow: what becomes of the held one is nothing
// to that.
func TestSPIOfAHeldRequest(t *testing.T) {
	w := newWorld(t)
	w.a.relist(t, toRight, "permit ip 10.1.1.0 0.0.0.255 20.1.2.0 0.0.0.255")
	w.a.env.Rand = same{}
	w.wants()
	w.a.refuse()
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.2.1"))
	w.Pass(0)
	if r := w.a.requests; len(r) != 2 || r[0].SPI != r[1].SPI {
		t.Fatalf("asked for %+v", r)
	}
	w.a.DropHeld()
	if len(w.a.asking) != 1 || w.a.sas.Find(left, w.a.requests[1].SPI) != nil {
		t.Error("the request of the other flow is forgotten")
	}
	if f := w.a.asking[w.a.requests[1].SPI]; f == nil || f.request == nil {
		t.Error("no SA has the SPI")
	}
}

// TestPairWithoutRandomness cannot be made.
func TestPairWithoutRandomness(t *testing.T) {
	w := newWorld(t)
	p := w.agreed(right, lan("10.1.1.0"), lan("20.1.1.0"), 5)
	w.a.env.Rand = strings.NewReader("")
	w.a.InstallSAs(p)
	if len(w.a.all()) != 0 || w.a.released != 1 || w.a.sas.Find(left, p.InboundSPI) != nil {
		t.Errorf("%d pairs, %d released", len(w.a.all()), w.a.released)
	}
}

// TestVolumeOnTheLoop: the last packet that fits ends the pair at either end.
func TestVolumeOnTheLoop(t *testing.T) {
	w := newWorld(t)
	w.a.Lifetime.Kilobytes, w.b.Lifetime.Kilobytes = 2, 2
	w.up(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	n := 0
	for ; n < 100 && len(w.a.all()) > 0; n++ {
		if !w.send(t, w.a, w.b, p) {
			break
		}
	}
	if n < 15 || n > 21 || len(w.a.all()) != 0 {
		t.Errorf("%d packets of 100 bytes, %d pairs left", n, len(w.a.all()))
	}
	if pairs := len(w.b.all()); pairs != 0 {
		t.Errorf("%d pairs are left at the receiver", pairs)
	}
}

// TestComplaints of the fast path are told of as the loop's: a volume that is used up as an
// SA that there is not.
func TestComplaints(t *testing.T) {
	w := newWorld(t)
	w.up(t)
	w.Pass(time.Minute)
	r := (*receiver)(w.a.all()[0])
	for i, tt := range []struct {
		err                  error
		replays, macs, noSAs int
	}{
		{esp.ErrReplay, 1, 0, 0}, {esp.ErrICV, 1, 1, 0}, {esp.ErrIdentity, 1, 1, 0}, {esp.ErrVolume, 1, 1, 1},
	} {
		r.Complain(uint32(i), tt.err)
		if got := [3]int{count[Replayed](w.a), count[MACMismatch](w.a), count[SPIUnknown](w.a)}; got != [3]int{tt.replays, tt.macs, tt.noSAs} {
			t.Errorf("%v: told %v", tt.err, got)
		}
	}
	want := SPIUnknown{right, left, packet.ProtoESP, r.sas.In.SPI()}
	if got := only[SPIUnknown](w.a); len(got) != 1 || got[0] != want {
		t.Errorf("told %+v, want %+v", got, want)
	}
}
