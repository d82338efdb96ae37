package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// withPayloads returns a change of a message in the clear.
func withPayloads(t *testing.T, change func([]wire.Payload) []wire.Payload) func([]byte) []byte {
	return func(m []byte) []byte {
		h, err := wire.ParseHeader(m)
		if err != nil {
			t.Fatal(err)
		}
		list, err := wire.ParsePayloads(h.Next, m[wire.HeaderLen:])
		if err != nil {
			t.Fatal(err)
		}
		return wire.AppendMessage(nil, h, change(list))
	}
}

// TestMalformedKeyMessages: a third message with a payload that cannot be is told of,
// and the real one is still welcome.
func TestMalformedKeyMessages(t *testing.T) {
	resize := func(kind uint8, n int) func([]wire.Payload) []wire.Payload {
		return func(list []wire.Payload) []wire.Payload {
			for i := range list {
				if list[i].Type == kind {
					list[i].Body = make([]byte, n)
					break
				}
			}
			return list
		}
	}
	without := func(kind uint8) func([]wire.Payload) []wire.Payload {
		return func(list []wire.Payload) (rest []wire.Payload) {
			for _, p := range list {
				if p.Type != kind {
					rest = append(rest, p)
				}
			}
			return rest
		}
	}
	for name, change := range map[string]func([]wire.Payload) []wire.Payload{
		"no public value":    without(wire.KeyExchange),
		"no nonce":           without(wire.Nonce),
		"short public value": resize(wire.KeyExchange, 95),
		"empty public value": resize(wire.KeyExchange, 0),
		"short nonce":        resize(wire.Nonce, 7),
		"long nonce":         resize(wire.Nonce, 257),
		"short NAT-D":        resize(wire.NATD, 15),
		"two nonces":         func(list []wire.Payload) []wire.Payload { return append(list, list[1]) },
	} {
		w := newWorld(t)
		w.replace(3, withPayloads(t, change))
		w.a.want()
		w.run(2 * time.Second)
		if told[isakmp.Malformed](w.b) != 1 || told[isakmp.SKEYIDGenerated](w.b) != 0 || len(w.sent) != 3 {
			t.Errorf("%s: %d messages; R3 said %q", name, len(w.sent), w.b.take())
		}
		w.run(30 * time.Second)
		settled(t, w)
	}
}

// TestFirstMessageWithoutSA: it makes nothing.
func TestFirstMessageWithoutSA(t *testing.T) {
	for name, change := range map[string]func([]wire.Payload) []wire.Payload{
		"none":   func(list []wire.Payload) []wire.Payload { return list[1:] },
		"of two": func(list []wire.Payload) []wire.Payload { return append(list, list[0]) },
	} {
		w := newWorld(t)
		w.replace(1, withPayloads(t, change))
		w.a.want()
		w.run(2 * time.Second)
		if told[isakmp.BadMessage](w.b) != 1 || len(w.b.engine.SAs()) != 0 || told[isakmp.PeerCreated](w.b) != 0 {
			t.Errorf("%s: R3 said %q", name, w.b.take())
		}
	}
}

// TestOwnInformationalComesBack: the same key signs what both ends say; what we have
// said ourselves is nothing that the peer says.
func TestOwnInformationalComesBack(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.engine.AreYouThere(1, 7)
	own := w.sent[len(w.sent)-1]
	w.run(time.Second)
	w.a.events = nil
	sent := len(w.sent)
	w.a.engine.Input(w.a.addr, w.b.addr, own.message)
	w.run(time.Second)
	if told[isakmp.Duplicate](w.a) != 1 || told[isakmp.AliveRead](w.a) != 0 || len(w.sent) != sent {
		t.Errorf("%d messages more; R1 said %q", len(w.sent)-sent, w.a.take())
	}
}

// TestRepetitionsEnd: an exchange that is given up is silent.
func TestRepetitionsEnd(t *testing.T) {
	w := newWorld(t)
	w.losing(lose)
	w.a.want()
	w.run(3 * time.Minute)
	if n := told[isakmp.Retransmitting](w.a); n != 5 || len(w.sent) != 6 {
		t.Errorf("main mode: %d repetitions, %d messages", n, len(w.sent))
	}
	w = newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.losing(lose)
	w.a.want()
	w.a.events = nil
	w.run(3 * time.Minute)
	if n := told[isakmp.Retransmitting](w.a); n != 5 {
		t.Errorf("quick mode: %d repetitions", n)
	}
}

// TestPurgedOnce: each SA is forgotten once, however it goes.
func TestPurgedOnce(t *testing.T) {
	for name, end := range map[string]func(*isakmp.Engine){
		"cleared":           (*isakmp.Engine).ClearAll,
		"shut down":         (*isakmp.Engine).Shutdown,
		"cleared, shut off": func(e *isakmp.Engine) { e.ClearAll(); e.Shutdown() },
	} {
		w := newWorld(t)
		w.a.want()
		w.run(3 * time.Second)
		end(w.a.engine)
		w.run(5 * time.Minute)
		if n := told[isakmp.SAPurged](w.a); n != 1 || len(w.a.engine.SAs()) != 0 {
			t.Errorf("%s: purged %d times, %d SAs are left", name, n, len(w.a.engine.SAs()))
		}
	}
}

// TestLifetimesTold: what a responder's lifetime is told to be, in each phase.
func TestLifetimesTold(t *testing.T) {
	w := newWorld(t)
	w.b.policy(func(p *isakmp.Policy) { p.Lifetime = time.Hour })
	w.b.ipsec.flows[0].life = isakmp.Lifetime{Seconds: 600, Kilobytes: 5000}
	w.a.want()
	w.run(3 * time.Second)
	var got []isakmp.ResponderLifetime
	for _, e := range w.a.events {
		if l, is := e.(isakmp.ResponderLifetime); is {
			l.SA = isakmp.SARef{}
			got = append(got, l)
		}
	}
	want := map[isakmp.ResponderLifetime]bool{{Phase: 1, Seconds: 3600}: true, {Phase: 2, Seconds: 600, Kilobytes: 5000}: true}
	if len(got) != 2 || !want[got[0]] || !want[got[1]] || got[0] == got[1] {
		t.Errorf("told %+v", got)
	}
	for _, r := range w.all {
		for _, p := range r.ipsec.pairs {
			if p.Seconds != 600 || p.Kilobytes != 5000 {
				t.Errorf("%s: a pair of %d s, %d kB", r.name, p.Seconds, p.Kilobytes)
			}
		}
	}
}

// TestInformationalTwice: a message that comes again while its exchange is known is
// read once.
func TestInformationalTwice(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.engine.AreYouThere(1, 7)
	asked := w.sent[len(w.sent)-1]
	w.run(time.Second)
	sent := len(w.sent)
	w.b.engine.Input(w.b.addr, w.a.addr, asked.message)
	w.run(time.Second)
	if told[isakmp.AliveRead](w.b) != 1 || told[isakmp.Duplicate](w.b) != 1 || len(w.sent) != sent {
		t.Errorf("%d messages more; R3 said %q", len(w.sent)-sent, w.b.take())
	}
}

// TestReleasedPairs: the peer's count falls once for each pair, and not below zero.
func TestReleasedPairs(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.events = nil
	for range 3 {
		w.a.engine.PairReleased(w.a.addr, w.b.addr)
	}
	w.a.engine.PairReleased(w.b.addr, w.a.addr)
	if n := told[isakmp.PeerUnlocked](w.a); n != 1 || len(w.a.engine.Peers()) != 1 {
		t.Errorf("unlocked %d times, %d peers", n, len(w.a.engine.Peers()))
	}
}

// TestPolicyWithoutKeys: a policy for which no keys can be made comes to nothing.
func TestPolicyWithoutKeys(t *testing.T) {
	w := newWorld(t)
	onBoth(func(p *isakmp.Policy) { p.Encryption = 9 })(w)
	w.a.want()
	w.run(3 * time.Second)
	if w.up() || told[isakmp.SKEYIDGenerated](w.b) != 0 || told[isakmp.ModeFailed](w.b) == 0 || len(w.b.engine.Keyings()) != 0 {
		t.Errorf("up %v; R3 said %q", w.up(), w.b.take())
	}
}
