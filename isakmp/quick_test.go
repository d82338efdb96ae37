package isakmp_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestWrongHashOfQuickMode: a message that is not the peer's is told of and takes no step;
// the real one is still welcome.
func TestWrongHashOfQuickMode(t *testing.T) {
	for n, to := range map[int]func(*world) *router{7: responder, 8: initiator, 9: responder} {
		w := newWorld(t)
		w.replace(n, func(m []byte) []byte { m[wire.HeaderLen+8] ^= 1; return m })
		w.a.want()
		w.run(3 * time.Second)
		r := to(w)
		if wrong, _ := find[isakmp.HashMismatch](r); told[isakmp.HashMismatch](r) != 1 || wrong.Phase != 2 || told[isakmp.Malformed](r) != 0 {
			t.Errorf("message %d: %s said %q", n, r.name, r.take())
		}
		if len(w.sent) != n || w.up() {
			t.Errorf("message %d: %d messages, up %v", n, len(w.sent), w.up())
		}
		w.run(30 * time.Second)
		settled(t, w)
	}
}

// TestQuickModeThatCannotBeRead: what is no message in quick mode is told of as that.
func TestQuickModeThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		name                              string
		change                            func([]byte) []byte
		bad, malformed, unknown, mismatch int
	}{
		{"half a block", func(m []byte) []byte { return cutBy(m, 4) }, 1, 1, 0, 0},
		{"message ID 0", func(m []byte) []byte { clear(m[20:24]); return m }, 1, 0, 0, 0},
	} {
		w := newWorld(t)
		w.replace(7, tt.change)
		w.a.want()
		w.run(3 * time.Second)
		bad, malformed := told[isakmp.BadMessage](w.b), told[isakmp.Malformed](w.b)
		if bad != tt.bad || malformed != tt.malformed || told[isakmp.UnknownInput](w.b) != tt.unknown || len(w.sent) != 7 {
			t.Errorf("%s: %d messages; R3 said %q", tt.name, len(w.sent), w.b.take())
		}
	}
	// An informational exchange without a message ID is none, either.
	w := tunnel(t)
	w.replace(1, func(m []byte) []byte { clear(m[20:24]); return m })
	w.a.engine.AreYouThere(1, 1)
	w.run(time.Second)
	if told[isakmp.UnknownInput](w.b) != 1 || told[isakmp.HashMismatch](w.b)+told[isakmp.Malformed](w.b) != 0 {
		t.Errorf("R3 said %q", w.b.take())
	}
}

// TestMessageIDOfAnother: quick mode cannot go on under the ID of an informational exchange,
// nor under that of one that is over.
func TestMessageIDOfAnother(t *testing.T) {
	w := tunnel(t)
	w.a.engine.AreYouThere(1, 7)
	w.run(time.Second)
	m := bytes.Clone(w.sent[0].message)
	m[18] = wire.ExchangeQuick
	w.b.events, w.sent = nil, nil
	w.b.engine.Input(w.b.addr, w.a.addr, m)
	if len(w.b.events) != 2 || told[isakmp.UnknownInput](w.b) != 1 {
		t.Errorf("told %+v", w.b.events)
	}
	w = newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	last := bytes.Clone(w.sent[8].message)
	last[len(last)-1] ^= 1
	w.b.events = nil
	w.b.engine.Input(w.b.addr, w.a.addr, last)
	if len(w.b.events) != 2 || told[isakmp.UnknownInput](w.b) != 1 {
		t.Errorf("told %+v", w.b.events)
	}
}

// TestRefusedBeforeItsThirdMessage: an answer that the peer has refused is not confirmed by
// a third message that comes all the same.
func TestRefusedBeforeItsThirdMessage(t *testing.T) {
	w := newWorld(t)
	w.losing(func(n int, _ []byte) bool { return n == 9 })
	w.a.want()
	w.run(3 * time.Second)
	spi := w.b.ipsec.order[0]
	w.a.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, be32(spi), nil)
	w.run(time.Second)
	w.b.events = nil
	w.b.engine.Input(w.b.addr, w.a.addr, w.sent[8].message)
	if told[isakmp.UnknownInput](w.b) != 1 || told[isakmp.NodeDeleting](w.b) != 0 || w.b.ipsec.enabled[w.a.ipsec.order[0]] {
		t.Errorf("R3 said %q", w.b.take())
	}
}

// TestWhatARefusalIsAbout: the protocol and the SPI of the proposal that is refused; where
// that cannot be read, ESP. A responder gives no SPI back that it has not reserved.
func TestWhatARefusalIsAbout(t *testing.T) {
	for _, tt := range []struct {
		name     string
		change   change
		protocol uint8
		spi      []byte
	}{
		{"ESP", proposing(func(p *wire.Proposal) { p.SPI, p.Transforms[0].ID = []byte{1, 2, 3, 4}, 99 }), 3, []byte{1, 2, 3, 4}},
		{"AH", proposing(func(p *wire.Proposal) { p.SPI, p.Protocol = []byte{1, 2, 3, 4}, 2 }), 2, []byte{1, 2, 3, 4}},
		{"an SA that is cut", body(1, func(b []byte) []byte { return b[:9] }), 3, nil},
	} {
		w := newWorld(t)
		w.replace(7, func(m []byte) []byte { return w.b.engine.Reseal(1, m, tt.change) })
		w.a.want()
		w.run(3 * time.Second)
		sent, _ := messagesOf(w.b)
		refusal, is := sent[len(sent)-1].Payloads[1].Content.(wire.Notify)
		if !is || refusal.Type != 14 || refusal.Protocol != tt.protocol || !bytes.Equal(refusal.SPI, tt.spi) {
			t.Errorf("%s: %+v", tt.name, refusal)
		}
		if len(w.b.ipsec.failed) != 0 {
			t.Errorf("%s: failed %x", tt.name, w.b.ipsec.failed)
		}
	}
}

// TestDegenerateKeyExchangeOfQuickMode: it is told of as malformed, and refused.
func TestDegenerateKeyExchangeOfQuickMode(t *testing.T) {
	for n, to := range map[int]func(*world) *router{7: responder, 8: initiator} {
		w := newWorld(t)
		w.a.ipsec.flows[0].pfs, w.b.ipsec.flows[0].pfs = 1, 1
		r := to(w)
		w.replace(n, func(m []byte) []byte {
			return r.engine.Reseal(1, m, body(3, func(b []byte) []byte { clear(b); return b }))
		})
		w.a.want()
		w.run(3 * time.Second)
		if told[isakmp.Malformed](r) != 1 || told[isakmp.PolicyRefused](r) != 1 || len(r.ipsec.pairs) != 0 {
			t.Errorf("message %d: %d pairs; %s said %q", n, len(r.ipsec.pairs), r.name, r.take())
		}
	}
}

// TestLifetimesBesideAnAnswer: the shortest that is told of ESP counts; other notifications
// and those that cannot be read do not.
func TestLifetimesBesideAnAnswer(t *testing.T) {
	life := func(protocol uint8, kind uint16, seconds uint16) wire.Payload {
		return notification(protocol, kind, be32(1), wire.AppendAttributes(nil, []wire.Attribute{wire.Basic(1, 1), wire.Basic(2, seconds)})...)
	}
	for _, tt := range []struct {
		name       string
		list       []wire.Payload
		read, told int
		seconds    uint32
	}{
		{"one", []wire.Payload{life(3, wire.NotifyResponderLifetime, 600)}, 1, 1, 600},
		{"a short one and a long one", []wire.Payload{life(3, wire.NotifyResponderLifetime, 600), life(3, wire.NotifyResponderLifetime, 900)}, 2, 2, 600},
		{"a long one and a short one", []wire.Payload{life(3, wire.NotifyResponderLifetime, 900), life(3, wire.NotifyResponderLifetime, 600)}, 2, 2, 600},
		{"longer than asked for", []wire.Payload{life(3, wire.NotifyResponderLifetime, 9000)}, 1, 1, 3600},
		{"of AH", []wire.Payload{life(2, wire.NotifyResponderLifetime, 600)}, 1, 0, 3600},
		{"another notification", []wire.Payload{life(3, 30000, 600)}, 1, 0, 3600},
		{"no notification", []wire.Payload{{Type: wire.Notification, Body: []byte{1}}, life(3, wire.NotifyResponderLifetime, 600)}, 1, 1, 600},
		{"another payload", []wire.Payload{{Type: wire.VendorID, Body: life(3, wire.NotifyResponderLifetime, 600).Body}}, 0, 0, 3600},
	} {
		w := newWorld(t)
		w.replace(8, func(m []byte) []byte {
			return w.a.engine.Reseal(1, m, func(list []wire.Payload) []wire.Payload { return append(list, tt.list...) })
		})
		w.a.want()
		w.run(3 * time.Second)
		if len(w.a.ipsec.order) != 1 || w.a.ipsec.pairs[w.a.ipsec.order[0]].Seconds != tt.seconds {
			t.Errorf("%s: %+v", tt.name, w.a.ipsec.pairs)
		}
		if read, n := told[isakmp.NotifyRead](w.a), told[isakmp.ResponderLifetime](w.a); read != tt.read || n != tt.told {
			t.Errorf("%s: %d notifications are read, told of %d lifetimes", tt.name, read, n)
		}
	}
}

// TestDuplicatesOfAFinishedQuickMode: the second message again has the third sent again,
// once for each; the third again has nothing sent.
func TestDuplicatesOfAFinishedQuickMode(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	second, third := w.sent[7].message, w.sent[8].message
	w.sent = nil
	for range 3 {
		w.a.engine.Input(w.a.addr, w.b.addr, second)
		w.run(2 * time.Second)
	}
	w.run(30 * time.Second)
	if len(w.sent) != 3 || !bytes.Equal(w.sent[2].message, third) {
		t.Errorf("%d messages", len(w.sent))
	}
	w.sent, w.b.events = nil, nil
	w.b.engine.Input(w.b.addr, w.a.addr, third)
	w.run(20 * time.Second)
	if len(w.sent) != 0 || told[isakmp.Duplicate](w.b) != 1 || told[isakmp.RetransmitDue](w.b)+told[isakmp.RetransmitTimer](w.b) != 0 {
		t.Errorf("%d messages; told %+v", len(w.sent), w.b.events)
	}
	// What would go again goes no more where the SA is deleted meanwhile.
	w.a.want()
	w.run(2 * time.Second)
	w.a.engine.Input(w.a.addr, w.b.addr, w.sent[1].message)
	w.losing(lose)
	w.a.engine.ClearAll()
	sent := len(w.sent)
	w.run(20 * time.Second)
	if len(w.sent) != sent {
		t.Errorf("%d messages of an SA that is deleted", len(w.sent)-sent)
	}
}

// TestGivenUpAnswer: a responder that has given a quick mode up answers its first message
// no more.
func TestGivenUpAnswer(t *testing.T) {
	w := newWorld(t)
	w.losing(func(n int, _ []byte) bool { return n >= 8 })
	w.a.want()
	w.run(70 * time.Second)
	sent := len(w.sent)
	w.b.engine.Input(w.b.addr, w.a.addr, w.sent[6].message)
	w.run(5 * time.Second)
	if len(w.sent) != sent || len(w.b.ipsec.failed) != 1 {
		t.Errorf("%d messages more, failed %x", len(w.sent)-sent, w.b.ipsec.failed)
	}
}

// TestRequestsWhilePhase1GoesOn: one that is repeated is negotiated once, and fails where it
// has another SPI than the later one; flows that differ on one side only are not the same.
func TestRequestsWhilePhase1GoesOn(t *testing.T) {
	for _, tt := range []struct {
		name     string
		requests func(*world) (spis []uint32)
		pairs    int
		failed   int // of them
	}{
		{"the same SPI", func(w *world) []uint32 {
			spi := w.a.want()
			f := w.a.ipsec.flows[0]
			w.a.engine.RequestSA(isakmp.SARequest{
				Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
				Proposals: f.proposals, Seconds: 3600, SPI: spi,
			})
			return []uint32{spi}
		}, 1, 0},
		{"another SPI", func(w *world) []uint32 { return []uint32{w.a.want(), w.a.want()} }, 1, 1},
		{"another remote side", func(w *world) []uint32 {
			w.a.ipsec.flows = append(w.a.ipsec.flows, newFlow("10.1.1.0", "20.1.2.0"))
			w.b.ipsec.flows = append(w.b.ipsec.flows, newFlow("20.1.2.0", "10.1.1.0"))
			return []uint32{w.a.want(), w.a.ipsec.request(w.a.ipsec.flows[1])}
		}, 2, 0},
		{"another local side", func(w *world) []uint32 {
			w.a.ipsec.flows = append(w.a.ipsec.flows, newFlow("10.1.2.0", "20.1.1.0"))
			w.b.ipsec.flows = append(w.b.ipsec.flows, newFlow("20.1.1.0", "10.1.2.0"))
			return []uint32{w.a.want(), w.a.ipsec.request(w.a.ipsec.flows[1])}
		}, 2, 0},
	} {
		w := newWorld(t)
		spis := tt.requests(w)
		w.run(5 * time.Second)
		if len(w.a.ipsec.pairs) != tt.pairs || len(w.a.ipsec.order) != tt.pairs || !slices.Equal(w.a.ipsec.failed, spis[:tt.failed]) {
			t.Errorf("%s: pairs %x, failed %x of %x", tt.name, w.a.ipsec.order, w.a.ipsec.failed, spis)
		}
		for _, e := range w.a.events {
			if d, is := e.(isakmp.NodeDeleting); is && d.Error {
				t.Errorf("%s: told %+v", tt.name, d)
			}
		}
	}
}

// TestDeletesForThePeer: told at once where phase 1 is up, in messages that can hold them;
// ignored where there is no SA, which only stray packets can have begun; and not at all
// where ISAKMP is off.
func TestDeletesForThePeer(t *testing.T) {
	request := func(w *world, n int, stray bool) {
		r := isakmp.DeleteRequest{Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), Protocol: isakmp.ProtoESP, Stray: stray}
		for i := range n {
			r.SPIs = append(r.SPIs, uint32(0x1000+i))
		}
		w.a.engine.DeleteNotify(r)
	}
	for _, tt := range []struct{ spis, messages int }{{1, 1}, {wire.MaxSPIs, 1}, {wire.MaxSPIs + 1, 2}} {
		w := tunnel(t)
		request(w, tt.spis, false)
		w.run(time.Second)
		if len(w.sent) != tt.messages || len(w.b.ipsec.deleted) != tt.spis || w.b.ipsec.deleted[tt.spis-1] != uint32(0x1000+tt.spis-1) {
			t.Errorf("%d SPIs: %d messages, %d are read", tt.spis, len(w.sent), len(w.b.ipsec.deleted))
		}
	}
	for _, tt := range []struct {
		name                        string
		recovery, stray, off, begun bool
		ignored                     int
	}{
		{"an SA that has ended", false, false, false, false, 2},
		{"an SA that has ended, with recovery", true, false, false, false, 2},
		{"stray packets", false, true, false, false, 2},
		{"stray packets, with recovery", true, true, false, true, 0},
		{"off", true, true, true, false, 0},
	} {
		w := newWorld(t)
		if w.a.config.InvalidSPIRecovery = tt.recovery; tt.off {
			w.a.engine.Shutdown()
		}
		request(w, 2, tt.stray)
		if begun := told[isakmp.MainModeBegun](w.a) == 1; begun != tt.begun || told[isakmp.DeleteIgnored](w.a) != tt.ignored {
			t.Errorf("%s: main mode begun %v, told of %d ignored deletes", tt.name, begun, told[isakmp.DeleteIgnored](w.a))
		}
		if tt.off && len(w.a.events) != 0 {
			t.Errorf("%s: told %+v", tt.name, w.a.events)
		}
		for _, e := range w.a.events {
			if d, is := e.(isakmp.DeleteIgnored); is && !d.NoSA {
				t.Errorf("%s: told %+v", tt.name, d)
			}
		}
	}
}
