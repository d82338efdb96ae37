package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// withSA returns a change of a message whose first payload is an SA.
func withSA(t *testing.T, change func(*wire.SA)) func([]byte) []byte {
	return func(m []byte) []byte {
		h, err := wire.ParseHeader(m)
		if err != nil {
			t.Fatal(err)
		}
		list, err := wire.ParsePayloads(h.Next, m[wire.HeaderLen:])
		if err != nil {
			t.Fatal(err)
		}
		sa, err := wire.ParseSA(list[0].Body)
		if err != nil {
			t.Fatal(err)
		}
		change(&sa)
		list[0].Body = wire.AppendSA(nil, sa)
		return wire.AppendMessage(nil, h, list)
	}
}

// TestSAPayloadsOfPhase1: one proposal, for ISAKMP, in the only situation; anything
// else is malformed, at either end, and the real message is still welcome.
func TestSAPayloadsOfPhase1(t *testing.T) {
	for name, change := range map[string]func(*wire.SA){
		"two proposals":     func(sa *wire.SA) { sa.Proposals = append(sa.Proposals, sa.Proposals[0]) },
		"ESP":               func(sa *wire.SA) { sa.Proposals[0].Protocol = isakmp.ProtoESP },
		"another situation": func(sa *wire.SA) { sa.Situation = 2 },
	} {
		for n, to := range map[int]func(*world) *router{1: responder, 2: initiator} {
			w := newWorld(t)
			w.replace(n, withSA(t, change))
			w.a.want()
			w.run(2 * time.Second)
			r := to(w)
			if told[isakmp.Malformed](r) != 1 || told[isakmp.ModeFailed](r) != 1 || len(w.sent) != n {
				t.Errorf("%s in message %d: %d messages; %s said %q", name, n, len(w.sent), r.name, r.take())
			}
			w.run(30 * time.Second)
			settled(t, w)
		}
	}
}

// TestTransformsOfPhase1: a transform that is not KEY_IKE is no choice.
func TestTransformsOfPhase1(t *testing.T) {
	w := newWorld(t)
	w.replace(1, withSA(t, func(sa *wire.SA) { sa.Proposals[0].Transforms[0].ID = 2 }))
	w.a.want()
	w.run(2 * time.Second)
	if _, refused := find[isakmp.PolicyRefused](w.b); !refused || len(w.sent) != 2 {
		t.Errorf("%d messages; R3 said %q", len(w.sent), w.b.take())
	}
	for _, e := range w.b.events {
		if m, is := e.(isakmp.PolicyMismatch); is && m.Reason == 0 {
			t.Error("a mismatch without a reason")
		}
	}
}

// TestWhatIsOffered: the policies that can be gone through with, numbered from 1 in
// the order of priority, as many as a proposal holds.
func TestWhatIsOffered(t *testing.T) {
	w := newWorld(t)
	add := func(priority int, change func(*isakmp.Policy)) {
		p := isakmp.NewPolicy(priority)
		p.Auth = isakmp.PreShared
		change(&p)
		w.a.config.SetPolicy(p)
	}
	add(5, func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature })
	add(6, func(p *isakmp.Policy) { p.Group = 3 })
	add(7, func(p *isakmp.Policy) { p.Hash = isakmp.MD5 })
	add(20, func(p *isakmp.Policy) { p.Encryption = isakmp.TripleDES })
	w.a.want()
	offered := func() []wire.Transform {
		sent, _ := messagesOf(w.a)
		return sent[len(sent)-1].Payloads[0].Content.(wire.SA).Proposals[0].Transforms
	}
	list := offered()
	if len(list) != 3 {
		t.Fatalf("%d transforms", len(list))
	}
	for i, want := range []wire.Attribute{wire.Basic(wire.AttrHash, 1), wire.Basic(wire.AttrHash, 2), wire.Basic(wire.AttrEncryption, 5)} {
		got := list[i].Attributes[1]
		if want.Type == wire.AttrEncryption {
			got = list[i].Attributes[0]
		}
		if int(list[i].Number) != i+1 || list[i].ID != wire.TransformIKE || got.Type != want.Type || got.Value != want.Value {
			t.Errorf("transform %d: %+v", i, list[i])
		}
	}
	for i := range 100 {
		add(100+i, func(*isakmp.Policy) {})
	}
	w.a.engine.ClearAll()
	w.a.want()
	if list := offered(); len(list) != 64 {
		t.Errorf("%d transforms of more than 100 policies", len(list))
	}
}

// TestNothingToOffer: without a key nothing is begun, and nothing is left.
func TestNothingToOffer(t *testing.T) {
	w := newWorld(t)
	w.a.config.Keys = nil
	spi := w.a.want()
	w.run(time.Second)
	if len(w.sent) != 0 || len(w.a.ipsec.failed) != 1 || w.a.ipsec.failed[0] != spi || len(w.a.engine.Peers()) != 0 {
		t.Errorf("%d messages, failed %x, %d peers", len(w.sent), w.a.ipsec.failed, len(w.a.engine.Peers()))
	}
	if list, names := w.a.engine.Tables(); list != 0 || names != 0 {
		t.Errorf("%d SAs, %d names", list, names)
	}
}
