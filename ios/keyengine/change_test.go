package keyengine

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// relist gives an end's crypto list other lines.
func (d *end) relist(t *testing.T, lines ...string) {
	t.Helper()
	d.lists.Delete("101")
	list, err := d.lists.Open("101", acl.Extended)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		e, err := acl.ParseEntry(strings.Fields(line), acl.Extended)
		if err != nil {
			t.Fatal(err)
		}
		if err := list.Add(e); err != nil {
			t.Fatal(err)
		}
	}
}

// What a pair was made for may be gone from the configuration. The pair lives to
// its end, and although it is in use it is not renewed.
func TestPairWithoutConfigurationIsNotRenewed(t *testing.T) {
	for name, change := range map[string]func(d *end){
		"entry": func(d *end) {
			d.AddEntry("CMAP", 20)
			d.RemoveEntry("CMAP", 10)
		},
		"entry made anew": func(d *end) {
			old := *d.Map("CMAP").Entry(10)
			d.AddEntry("CMAP", 20)
			d.RemoveEntry("CMAP", 10)
			e, _ := d.AddEntry("CMAP", 10)
			e.Peers, e.ACL, e.TransformSets = old.Peers, old.ACL, old.TransformSets
		},
		"rule":         func(d *end) { d.relist(t, "permit ip host 9.9.9.9 host 8.8.8.8") },
		"list":         func(d *end) { d.relist(t) },
		"another list": func(d *end) { d.Map("CMAP").Entry(10).ACL = "102" },
		"peer":         func(d *end) { d.Map("CMAP").Entry(10).Peers = []netip.Addr{netip.MustParseAddr("9.9.9.9")} },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.up(t)
			change(w.a)
			back := ipPacket("20.1.1.1", "10.1.1.1")
			for w.Now() < 3560*time.Second {
				w.Pass(time.Minute / 2)
				if !w.send(t, w.b, w.a, back) {
					t.Fatalf("at %v the pair is gone", w.Now())
				}
			}
			w.Pass(time.Minute)
			if n := len(w.a.requests); n != 1 {
				t.Errorf("%d requests, want the first one only", n)
			}
			if n := len(w.a.all()); n != 0 {
				t.Errorf("%d pairs at the end", n)
			}
		})
	}
}

func TestFlowsOfFormerConfigurationsAreForgotten(t *testing.T) {
	w := newWorld(t)
	for i := range 100 {
		w.a.relist(t, "permit ip 10.1.1.0 0.0.0.255 20.1."+string(rune('0'+i%10))+".0 0.0.0.255")
		w.a.View()
		w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
		w.a.AddEntry("CMAP", 20)
		old := *w.a.Map("CMAP").Entry(10)
		w.a.RemoveEntry("CMAP", 10)
		e, _ := w.a.AddEntry("CMAP", 10)
		e.Peers, e.ACL, e.TransformSets = old.Peers, old.ACL, old.TransformSets
		w.Pass(2 * time.Minute)
	}
	if n := len(w.a.bindings[0].flows); n > 2 {
		t.Errorf("%d flows are kept", n)
	}
}

// Each rule has SAs of its own, even where those of a later rule could carry its
// packets as well.
func TestOverlappingRulesHaveTheirOwnSAs(t *testing.T) {
	w := newWorld(t)
	w.a.relist(t, "permit ip host 10.1.1.1 host 20.1.1.1", toRight)
	w.b.relist(t, "permit ip host 20.1.1.1 host 10.1.1.1", toLeft)
	for i, p := range []string{"10.1.1.9", "10.1.1.1"} { // the wide rule's comes up first
		if _, verdict := w.a.Select(w.ifc, ipPacket(p, "20.1.1.1")); verdict != forwarding.Drop {
			t.Fatalf("the first packet from %s: verdict %v, want Drop", p, verdict)
		}
		w.Pass(time.Millisecond)
		if len(w.a.requests) != i+1 {
			t.Fatalf("%d requests after the packet from %s", len(w.a.requests), p)
		}
		negotiate(t, w.a, w.b)
		if !w.send(t, w.a, w.b, ipPacket(p, "20.1.1.1")) {
			t.Errorf("a packet from %s does not get through", p)
		}
	}
}

// A deny above a permit takes its packets out; it does not keep the two ends from
// agreeing on what the permit says.
func TestDenyAbovePermit(t *testing.T) {
	w := newWorld(t)
	w.a.relist(t, "deny ip host 10.1.1.5 host 20.1.1.5", toRight)
	w.b.relist(t, "deny ip host 20.1.1.5 host 10.1.1.5", toLeft)
	w.up(t)
	p := ipPacket("10.1.1.1", "20.1.1.1")
	for w.Now() < 2*time.Hour {
		if !w.send(t, w.a, w.b, p) {
			t.Fatalf("at %v a packet is lost", w.Now())
		}
		n := len(w.a.requests)
		w.Pass(10 * time.Second)
		if len(w.a.requests) > n {
			negotiate(t, w.a, w.b)
		}
	}
	if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.5", "20.1.1.5")); verdict != forwarding.Pass {
		t.Errorf("what is denied: verdict %v, want Pass", verdict)
	}
}

// A peer that is silent for as long as the key engine waits is passed over.
func TestSilentPeerIsPassedOver(t *testing.T) {
	w := newWorld(t)
	other := netip.MustParseAddr("34.34.34.4")
	w.a.Map("CMAP").Entry(10).Peers = []netip.Addr{other, right}
	p := ipPacket("10.1.1.1", "20.1.1.1")
	w.a.Select(w.ifc, p)
	w.Pass(2*requestTimeout + time.Second)
	w.a.Select(w.ifc, p)
	w.Pass(time.Millisecond)
	if got := w.a.requests[len(w.a.requests)-1].Remote; got != right {
		t.Errorf("the request after the silence goes to %v, want %v", got, right)
	}
}

// A pair is renewed with the peer that it is with, not with the first of the entry.
func TestRenewalIsWithThePairsPeer(t *testing.T) {
	w := newWorld(t)
	w.b.Select(w.ifc, ipPacket("20.1.1.1", "10.1.1.1"))
	w.Pass(time.Millisecond)
	w.a.Map("CMAP").Entry(10).Peers = []netip.Addr{netip.MustParseAddr("34.34.34.4"), right}
	negotiate(t, w.b, w.a)
	w.b.Remove(outside) // so that it does not renew
	w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1"))
	w.a.Engine.all()[0].sas.Out.Seal(nil, ipPacket("10.1.1.1", "20.1.1.1"))
	w.Pass(3599 * time.Second)
	if len(w.a.requests) != 1 || w.a.requests[0].Remote != right {
		t.Errorf("requests %v, want one to %v", w.a.requests, right)
	}
}
