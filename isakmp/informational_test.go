package isakmp_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// notification is a payload.
func notification(protocol uint8, kind uint16, spi []byte, data ...byte) wire.Payload {
	return wire.Payload{Type: wire.Notification, Body: wire.AppendNotify(nil, wire.Notify{
		Protocol: protocol, Type: kind, SPI: spi, Data: data,
	})}
}

// deletion is a payload.
func deletion(protocol uint8, spis ...[]byte) wire.Payload {
	return wire.Payload{Type: wire.DeletePay, Body: wire.AppendDelete(nil, wire.Delete{Protocol: protocol, SPIs: spis})}
}

// tunnel is a world whose tunnel is up, of which nothing is told yet.
func tunnel(t *testing.T, setup ...func(*world)) *world {
	t.Helper()
	w := newWorld(t)
	for _, f := range setup {
		f(w)
	}
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Fatal("not up")
	}
	w.take()
	w.a.events, w.b.events, w.sent = nil, nil, nil
	return w
}

// TestSignedInformational: what follows from what a peer says in its own name. Each
// exchange ends, and is forgotten.
func TestSignedInformational(t *testing.T) {
	spi := []byte{1, 2, 3, 4}
	junk := wire.Payload{Type: wire.VendorID, Body: make([]byte, 16)}
	for _, tt := range []struct {
		name                        string
		list                        []wire.Payload
		read, deletes, alive, wrong int // notifications, deletes, questions and answers; malformed ones
		deleted                     []uint32
		looks                       bool // the peer was heard
	}{
		{"what we do not know", []wire.Payload{junk}, 0, 0, 0, 0, nil, false},
		{"two notifications", []wire.Payload{notification(3, 30000, nil), notification(3, 30001, nil)}, 2, 0, 0, 0, nil, true},
		{"four octets of data", []wire.Payload{notification(3, 30000, nil, 0, 0, 0, 1)}, 1, 0, 0, 0, nil, true},
		{"an answer", []wire.Payload{notification(1, wire.NotifyAreYouThereAck, nil, 0, 0, 0, 1)}, 1, 0, 1, 0, nil, false},
		{"an answer that is cut", []wire.Payload{notification(1, wire.NotifyAreYouThereAck, nil, 1)}, 1, 0, 0, 0, nil, false},
		{"a question", []wire.Payload{notification(1, wire.NotifyAreYouThere, nil, 0, 0, 0, 1)}, 1, 0, 1, 0, nil, true},
		{"a question that is cut", []wire.Payload{notification(1, wire.NotifyAreYouThere, nil, 1)}, 1, 0, 0, 0, nil, false},
		{"an invalid SPI", []wire.Payload{notification(2, wire.NotifyInvalidSPI, spi)}, 1, 0, 0, 0, nil, true},
		{"an invalid SPI of ESP", []wire.Payload{notification(3, wire.NotifyInvalidSPI, spi)}, 1, 0, 0, 0, []uint32{0x01020304}, true},
		{"no SPI", []wire.Payload{notification(3, wire.NotifyInvalidSPI, nil)}, 1, 0, 0, 0, nil, true},
		{"a delete", []wire.Payload{deletion(3, spi)}, 0, 1, 0, 0, []uint32{0x01020304}, true},
		{"a delete of no SPI", []wire.Payload{deletion(3, []byte{1, 2, 3})}, 0, 1, 0, 0, nil, true},
		{"a delete and a notification", []wire.Payload{deletion(3, spi), notification(3, 30000, nil)}, 1, 1, 0, 0, []uint32{0x01020304}, true},
		{"no notification", []wire.Payload{{Type: wire.Notification, Body: []byte{1}}}, 0, 0, 0, 1, nil, false},
		{"no delete", []wire.Payload{{Type: wire.DeletePay, Body: []byte{1}}}, 0, 0, 0, 1, nil, false},
	} {
		w := tunnel(t, func(w *world) { w.b.config.Keepalive = onDemand })
		w.b.ipsec.looks = 0
		w.a.engine.Say(1, tt.list...)
		w.run(100 * time.Millisecond)
		if read, deletes := told[isakmp.NotifyRead](w.b), deletesRead(w.b); read != tt.read || deletes != tt.deletes {
			t.Errorf("%s: %d notifications and %d deletes are read", tt.name, read, deletes)
		}
		if alive, wrong := told[isakmp.AliveRead](w.b), told[isakmp.Malformed](w.b); alive != tt.alive || wrong != tt.wrong {
			t.Errorf("%s: told of %d questions and answers, %d malformed messages", tt.name, alive, wrong)
		}
		if !slices.Equal(w.b.ipsec.deleted, tt.deleted) || len(w.b.ipsec.pairs) != 1 || len(w.b.ipsec.failed) != 0 {
			t.Errorf("%s: deleted %x, failed %x", tt.name, w.b.ipsec.deleted, w.b.ipsec.failed)
		}
		if looks := w.b.ipsec.looks > 0; looks != tt.looks {
			t.Errorf("%s: the peer was heard: %v", tt.name, looks)
		}
		if ended := told[isakmp.NodeDeleting](w.b); ended != 1 {
			t.Errorf("%s: the exchange ended %d times", tt.name, ended)
		}
		w.run(2 * time.Minute)
		if n := w.b.engine.Nodes(1); n != 0 {
			t.Errorf("%s: %d exchanges are remembered", tt.name, n)
		}
	}
}

// deletesRead counts the delete payloads that were read.
func deletesRead(r *router) (n int) {
	for _, e := range r.events {
		if p, is := e.(isakmp.Processing); is && p.Payload == wire.DeletePay {
			n++
		}
	}
	return n
}

// TestUnsignedInformational: encrypted, but without a hash in front, or not to be
// decrypted, it is malformed; with another hash it is not the peer's.
func TestUnsignedInformational(t *testing.T) {
	question := notification(1, wire.NotifyAreYouThere, nil, 0, 0, 0, 1)
	hash := wire.Payload{Type: wire.HashPayload, Body: make([]byte, 20)}
	for _, tt := range []struct {
		name             string
		say              func(*isakmp.Engine)
		change           func([]byte) []byte
		malformed, other int
	}{
		{"no hash", func(e *isakmp.Engine) { e.SayUnsigned(1, question, question) }, nil, 1, 0},
		{"a hash behind", func(e *isakmp.Engine) { e.SayUnsigned(1, question, hash) }, nil, 1, 0},
		{"a hash alone", func(e *isakmp.Engine) { e.SayUnsigned(1, hash) }, nil, 1, 0},
		{"another hash", func(e *isakmp.Engine) { e.SayUnsigned(1, hash, question) }, nil, 0, 1},
		{"half a block", func(e *isakmp.Engine) { e.Say(1, question) }, func(m []byte) []byte { return cutBy(m, 4) }, 1, 0},
	} {
		w := tunnel(t)
		if tt.change != nil {
			w.replace(1, tt.change)
		}
		tt.say(w.a.engine)
		w.run(time.Second)
		if bad, other := told[isakmp.Malformed](w.b), told[isakmp.HashMismatch](w.b); bad != tt.malformed || other != tt.other {
			t.Errorf("%s: told of %d malformed messages, %d wrong hashes", tt.name, bad, other)
		}
		if told[isakmp.NotifyRead](w.b) != 0 || w.b.engine.Nodes(1) != 1 || len(w.sent) != 1 {
			t.Errorf("%s: it is read; R3 said %q", tt.name, w.b.take())
		}
	}
}

// cutBy takes octets off the end of a message, whose header tells the new length.
func cutBy(m []byte, n int) []byte {
	m = m[:len(m)-n]
	m[26], m[27] = byte(len(m)>>8), byte(len(m))
	return m
}

// TestDeletedPhase1InAMessage: what follows the delete of the SA is not read any more, and
// what waits under it has failed. The SA of another peer is none of the peer's business.
func TestDeletedPhase1InAMessage(t *testing.T) {
	w := tunnel(t)
	c := w.router("R2", "13.13.13.1")
	c.config.Keys, c.config.Policies = w.a.config.Keys, w.a.config.Policies
	w.b.config.Keys = append(w.b.config.Keys, hostKey("cisco", "13.13.13.1"))
	c.ipsec.flows = []*flowConfig{newFlow("10.2.2.0", "20.1.1.0")}
	w.b.ipsec.flows = append(w.b.ipsec.flows, newFlow("20.1.1.0", "10.2.2.0"))
	f := c.ipsec.flows[0]
	c.engine.RequestSA(isakmp.SARequest{
		Local: c.addr.Addr(), Remote: w.b.addr.Addr(), LocalProxy: f.local, RemoteProxy: f.remote,
		Proposals: f.proposals, Seconds: 3600, SPI: c.ipsec.newSPI(),
	})
	w.run(3 * time.Second)
	w.losingFrom(w.b, quickMode)
	spi := w.b.want()
	w.run(time.Second)
	w.b.events = nil
	others := c.engine.Cookies(1)
	w.a.engine.Say(1, deletion(1, others))
	w.run(time.Second)
	for _, s := range w.b.engine.SAs() {
		if s.Deleted {
			t.Fatalf("deleted by another peer: %+v", s)
		}
	}
	w.a.engine.Say(1, deletion(1, w.a.engine.Cookies(1)), notification(3, 30000, nil))
	w.run(time.Second)
	for _, s := range w.b.engine.SAs() {
		if s.Deleted != (s.Remote == w.a.addr) {
			t.Errorf("%+v", s)
		}
	}
	if told[isakmp.NotifyRead](w.b) != 0 || !slices.Equal(w.b.ipsec.failed, []uint32{spi}) {
		t.Errorf("%d notifications are read, failed %x", told[isakmp.NotifyRead](w.b), w.b.ipsec.failed)
	}
}

// TestErrorsAreForgottenByInformational: it proves as well that the peer is there.
func TestErrorsAreForgottenByInformational(t *testing.T) {
	w := tunnel(t)
	w.losingFrom(w.a, quickMode)
	w.a.want()
	w.run(35 * time.Second)
	w.b.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, nil, nil)
	w.run(time.Second)
	w.a.events = nil
	w.a.want()
	w.run(15 * time.Second)
	if count, is := find[isakmp.ErrorCount](w.a); !is || count.Attempt != 1 {
		t.Errorf("counted %+v", count)
	}
	for _, e := range w.a.events {
		if c, is := e.(isakmp.ErrorCount); is && c.Attempt != 1 {
			t.Errorf("counted %+v", c)
		}
	}
}

// TestRepeatedInformationalIsToldOf as the message that it was.
func TestRepeatedInformationalIsToldOf(t *testing.T) {
	w := tunnel(t)
	w.a.engine.AreYouThere(1, 7)
	w.run(time.Second)
	asked := w.sent[0].message
	w.b.events = nil
	w.b.engine.Input(w.b.addr, w.a.addr, asked)
	if _, received := messagesOf(w.b); len(received) != 1 || !received[0].Again || received[0].Number != 1 || len(received[0].Payloads) != 0 {
		t.Errorf("told of %+v", received)
	}
}

// TestNoRoomForMore: a peer that has as many exchanges under way as it may begins no more;
// those that it has go on.
func TestNoRoomForMore(t *testing.T) {
	w := tunnel(t)
	n := 0
	w.filter = func(from *router, m []byte) [][]byte {
		if n++; n == 3 { // the third message of quick mode
			w.b.engine.Occupy(1, isakmp.MaxNodes-1)
		}
		return [][]byte{m}
	}
	w.a.want()
	w.run(2 * time.Second)
	if len(w.b.ipsec.pairs) != 2 || !w.b.ipsec.enabled[w.a.ipsec.order[1]] {
		t.Fatalf("%d pairs; R3 said %q", len(w.b.ipsec.pairs), w.b.take())
	}
	w.b.engine.Occupy(1, 1)
	w.run(time.Minute) // those that are over make no room any more
	w.b.events, w.sent = nil, nil
	w.a.engine.AreYouThere(1, 7)
	w.a.want()
	w.run(5 * time.Second)
	if told[isakmp.NodeSet](w.b) != 0 || told[isakmp.AliveRead](w.b) != 0 || len(w.b.ipsec.pairs) != 2 {
		t.Errorf("%d pairs; R3 said %q", len(w.b.ipsec.pairs), w.b.take())
	}
	for _, d := range w.sent {
		if d.from == w.b {
			t.Error("R3 answers")
		}
	}
}

// TestWhatAnInformationalCosts: the processor is charged for it on both sides.
func TestWhatAnInformationalCosts(t *testing.T) {
	w := newWorld(t)
	var charged []int // ms
	w.b.quiet = true
	w.b.engine = isakmp.New(isakmp.Env{
		Clock: w.b, Rand: &stream{seed: "R3"}, Send: w.b.send, IPsec: w.b.ipsec, Config: w.b.config,
		Spend: func(d time.Duration) { charged = append(charged, int(d/time.Millisecond)); w.b.Spend(d) },
	})
	w.a.want()
	w.run(3 * time.Second)
	charged = nil
	w.a.engine.AreYouThere(1, 7)
	w.run(time.Second)
	if want := []int{3, 1, 1, 1, 3}; !slices.Equal(charged, want) { // receive, decrypt, hash; hash, build and encrypt
		t.Errorf("charged %v, want %v", charged, want)
	}
}
