package keyengine

import (
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/isakmp"
)

func TestTransformSets(t *testing.T) {
	c := NewConfig()
	aes := esp.Transform{Cipher: esp.AES, Auth: esp.SHA1}
	c.SetTransformSet(TransformSet{"A", desMD5})
	c.SetTransformSet(TransformSet{"B", desMD5})
	c.SetTransformSet(TransformSet{"C", desMD5})
	c.SetTransformSet(TransformSet{"B", aes})
	if len(c.TransformSets) != 3 || c.TransformSets[1] != (TransformSet{"B", aes}) || c.TransformSets[2].Transform != desMD5 {
		t.Errorf("replacing one in the middle: %+v", c.TransformSets)
	}
	if s, ok := c.TransformSet("B"); !ok || s.Transform != aes {
		t.Errorf("found %+v, %v", s, ok)
	}
	c.RemoveTransformSet("A")
	if _, ok := c.TransformSet("A"); ok || len(c.TransformSets) != 2 {
		t.Errorf("removing the first: %+v", c.TransformSets)
	}
	if s, ok := c.TransformSet("a"); ok || s != (TransformSet{}) {
		t.Errorf("found %+v", s)
	}
}

func TestDefaultLifetimes(t *testing.T) {
	c := NewConfig()
	if c.Lifetime != (isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}) {
		t.Errorf("%+v", c.Lifetime)
	}
	for _, tt := range []struct{ own, want isakmp.Lifetime }{
		{isakmp.Lifetime{}, isakmp.Lifetime{Seconds: 3600, Kilobytes: 4608000}},
		{isakmp.Lifetime{Seconds: 1}, isakmp.Lifetime{Seconds: 1, Kilobytes: 4608000}},
		{isakmp.Lifetime{Kilobytes: 1}, isakmp.Lifetime{Seconds: 3600, Kilobytes: 1}},
	} {
		if got := c.EffectiveLifetime(&Entry{Lifetime: tt.own}); got != tt.want {
			t.Errorf("%+v becomes %+v", tt.own, got)
		}
	}
	c.IdleTime = time.Minute
	if got := c.EffectiveIdleTime(&Entry{}); got != time.Minute {
		t.Errorf("idle time %v", got)
	}
	if got := c.EffectiveIdleTime(&Entry{IdleTime: time.Hour}); got != time.Hour {
		t.Errorf("idle time %v", got)
	}
}

func TestMapEntries(t *testing.T) {
	c := NewConfig()
	for _, seq := range []int{20, 10, 30, 15, 1} {
		if e, created := c.AddEntry("M", seq); !created || e.Seq != seq {
			t.Errorf("entry %d: %+v, %v", seq, e, created)
		}
	}
	m := c.Map("M")
	for i, want := range []int{1, 10, 15, 20, 30} {
		if m.Entries[i].Seq != want {
			t.Errorf("entry %d has the number %d", i, m.Entries[i].Seq)
		}
	}
	if e, created := c.AddEntry("M", 15); created || e != m.Entries[2] {
		t.Error("an entry was made twice")
	}
	if m.Entry(16) != nil || m.Entry(30) != m.Entries[4] || c.Map("N") != nil {
		t.Error("Entry or Map is wrong")
	}
	c.AddEntry("N", 5)
	c.RemoveEntry("M", 15)
	c.RemoveEntry("M", 99)
	c.RemoveEntry("L", 10)
	if len(m.Entries) != 4 || m.Entry(15) != nil || len(c.Maps) != 2 {
		t.Errorf("%d entries, %d maps", len(m.Entries), len(c.Maps))
	}
	c.RemoveEntry("N", 5)
	if c.Map("N") != nil {
		t.Error("a map without entries stays")
	}
	c.RemoveMap("M")
	if len(c.Maps) != 0 {
		t.Error("the map stays")
	}
}

// TestLocalAddress: a map is there while it has entries or an interface.
func TestLocalAddress(t *testing.T) {
	c := NewConfig()
	c.SetLocalInterface("M", "")
	if len(c.Maps) != 0 {
		t.Error("taking back what was not there made a map")
	}
	c.SetLocalInterface("M", "Loopback0")
	c.AddEntry("M", 10)
	c.RemoveEntry("M", 10)
	if m := c.Map("M"); m == nil || m.LocalInterface != "Loopback0" {
		t.Errorf("%+v", m)
	}
	c.AddEntry("M", 10)
	c.SetLocalInterface("M", "Loopback1")
	c.SetLocalInterface("M", "")
	if m := c.Map("M"); m == nil || m.LocalInterface != "" || len(m.Entries) != 1 {
		t.Errorf("%+v", m)
	}
	c.SetLocalInterface("N", "Loopback0")
	c.SetLocalInterface("N", "")
	if c.Map("N") != nil {
		t.Error("a map of which nothing is configured stays")
	}
}

func TestPeerInUse(t *testing.T) {
	one, two, three := netip.MustParseAddr("1.1.1.1"), netip.MustParseAddr("2.2.2.2"), netip.MustParseAddr("3.3.3.3")
	e := &Entry{}
	if e.Peer().IsValid() {
		t.Error("an entry without peers")
	}
	e.failOver(netip.Addr{})
	e.Peers = []netip.Addr{one}
	e.failOver(one)
	if e.Peer() != one {
		t.Error("there is no other peer")
	}
	e.Peers = []netip.Addr{one, two, three}
	e.failOver(two)
	if e.Peer() != one {
		t.Error("turned away from a peer that was not in use")
	}
	e.failOver(one)
	e.failOver(two)
	if e.Peer() != three {
		t.Errorf("in use is %v", e.Peer())
	}
	e.Peers = e.Peers[:2] // the last one is taken out of the configuration
	if e.Peer() != one {
		t.Errorf("in use is %v", e.Peer())
	}
	e.Default = three // which the entry does not have
	e.failOver(one)
	if e.Peer() != two {
		t.Errorf("in use is %v", e.Peer())
	}
	e.Default = two
	e.toDefault()
	e.failOver(two)
	if e.Peer() != one {
		t.Errorf("away from the default peer: %v", e.Peer())
	}
	e.failOver(one)
	if e.Peer() != two {
		t.Errorf("back to the default peer: %v", e.Peer())
	}
}

// TestTimesOfTheKeyEngine: what a learner sees in the log.
func TestTimesOfTheKeyEngine(t *testing.T) {
	for name, tt := range map[string]struct{ got, want time.Duration }{
		"a request is repeated after":          {requestTimeout, 30 * time.Second},
		"a responder renews later by":          {responderLag, 10 * time.Second},
		"a failed renewal is repeated after":   {renewalRetry, 5 * time.Second},
		"a peer is told of strays again after": {strayInterval, 5 * time.Second},
	} {
		if tt.got != tt.want {
			t.Errorf("%s %v, want %v", name, tt.got, tt.want)
		}
	}
}
