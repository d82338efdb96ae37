package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// replace changes message n on its way.
func (w *world) replace(n int, change func(m []byte) []byte) {
	i := 0
	w.filter = func(_ *router, m []byte) [][]byte {
		if i++; i != n {
			return [][]byte{m}
		}
		return [][]byte{change(append([]byte(nil), m...))}
	}
}

// TestOdd: messages that come at the wrong time or in the wrong clothes are
// complained about, and the tunnel comes up all the same.
func TestOdd(t *testing.T) {
	clear := func(m []byte) []byte { m[19] &^= wire.FlagEncrypted; return m }
	encrypted := func(m []byte) []byte { m[19] |= wire.FlagEncrypted; return m }
	exchange := func(kind byte) func([]byte) []byte {
		return func(m []byte) []byte { m[18] = kind; return m }
	}
	tests := []struct {
		name   string
		n      int
		change func([]byte) []byte
		who    func(*world) *router
		want   string
	}{
		{"fifth message in the clear", 5, clear, responder, "%CRYPTO-6-IKMP_NOT_ENCRYPTED: IKE packet from 12.12.12.1 was not encrypted and it should've been."},
		{"quick mode in the clear", 7, clear, responder, "%CRYPTO-6-IKMP_NOT_ENCRYPTED"},
		{"third message encrypted", 3, encrypted, responder, "%CRYPTO-4-IKMP_BAD_MESSAGE"},
		{"quick mode too early", 5, exchange(wire.ExchangeQuick), responder,
			"%CRYPTO-6-IKMP_SA_NOT_AUTH: Cannot accept Quick Mode exchange from 12.12.12.1 if SA is not authenticated!"},
		{"informational too early", 5, exchange(wire.ExchangeInformational), responder,
			"Unknown Input IKE_MESG_FROM_PEER, IKE_INFO_NOTIFY:  state = IKE_R_MM4"},
		{"main mode too late", 7, exchange(wire.ExchangeMain), responder,
			"Unknown Input IKE_MESG_FROM_PEER, IKE_MM_EXCH:  state = IKE_P1_COMPLETE"},
		{"another exchange", 3, exchange(77), responder, "%CRYPTO-6-IKMP_UNK_EXCHANGE: IKE peer at 12.12.12.1 sent a message with unknown exchange 77"},
		{"aggressive mode in between", 3, exchange(wire.ExchangeAggressive), responder,
			"%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Aggressive mode failed with peer at 12.12.12.1"},
		{"quick mode without message ID", 7, func(m []byte) []byte { copy(m[20:24], "\x00\x00\x00\x00"); return m }, responder, "%CRYPTO-4-IKMP_BAD_MESSAGE"},
		{"answer with a message ID", 2, func(m []byte) []byte { m[20] = 1; return m }, initiator, "%CRYPTO-4-IKMP_BAD_MESSAGE"},
		{"answer with another transform", 2, func(m []byte) []byte { m[28+4+8+8+8+3+0] = 5; return m }, initiator, "Encryption algorithm offered does not match policy!"},
		{"a first message that is cut", 1, func(m []byte) []byte { return m[:60] }, responder, "%CRYPTO-4-IKMP_BAD_MESSAGE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.replace(tt.n, tt.change)
			w.a.want()
			w.run(40 * time.Second)
			settled(t, w)
			inOrder(t, tt.who(w).name, tt.who(w).take(), []string{tt.want})
		})
	}
}

func initiator(w *world) *router { return w.a }
func responder(w *world) *router { return w.b }

// TestExpiryWaits: an SA whose lifetime ends during a quick mode lets it finish.
func TestExpiryWaits(t *testing.T) {
	w := newWorld(t)
	onBoth(func(p *isakmp.Policy) { p.Lifetime = time.Minute })(w)
	w.a.want()
	w.run(3 * time.Second)
	w.run(55 * time.Second)
	w.losing(func(n int, _ []byte) bool { return n == 2 })
	w.a.want()
	w.run(30 * time.Second)
	if n := len(w.a.ipsec.pairs); n != 2 || len(w.a.ipsec.failed) != 0 {
		t.Errorf("%d pairs, failed %v", n, w.a.ipsec.failed)
	}
	for _, s := range w.a.engine.SAs() {
		if !s.Deleted {
			t.Errorf("still there: %+v", s)
		}
	}
}

// TestClearWhileBudding: nobody is told, the request is given back.
func TestClearWhileBudding(t *testing.T) {
	w := newWorld(t)
	w.losing(lose)
	spi := w.a.want()
	w.run(5 * time.Second)
	sent := len(w.sent)
	w.a.engine.ClearAll()
	if len(w.sent) != sent || len(w.a.ipsec.failed) != 1 || w.a.ipsec.failed[0] != spi {
		t.Errorf("%d messages more, failed %x", len(w.sent)-sent, w.a.ipsec.failed)
	}
	inOrder(t, "R1", w.a.take(), []string{
		`deleting SA reason "Death by tree-walk md5" state (I) MM_NO_STATE (peer 23.23.23.3)`, "IKE_I_MM1  New State = IKE_DEST_SA",
	})
	w.run(20 * time.Second)
	if len(w.sent) != sent {
		t.Error("the dead retransmit")
	}
}

// TestAggressiveDisabled: it is refused in any case, and by name where forbidden.
func TestAggressiveDisabled(t *testing.T) {
	w := newWorld(t)
	w.b.config.NoAggressive = true
	w.replace(1, func(m []byte) []byte { m[18] = wire.ExchangeAggressive; return m })
	w.a.want()
	w.run(15 * time.Second)
	settled(t, w)
	expect(w, w.b, "%CRYPTO-5-IKMP_AG_MODE_DISABLED: Unable to initiate or respond to Aggressive Mode while disabled", 1)
	if told[isakmp.ModeFailed](w.b)+told[isakmp.UnknownExchange](w.b) != 0 {
		t.Error("it is refused twice")
	}
	w = newWorld(t)
	w.replace(1, func(m []byte) []byte { m[18] = wire.ExchangeAggressive; return m })
	w.a.want()
	w.run(3 * time.Second)
	if told[isakmp.ModeFailed](w.b) != 1 || told[isakmp.UnknownExchange](w.b)+told[isakmp.AggressiveDisabled](w.b) != 0 {
		t.Error("it is refused twice where it is not forbidden")
	}
}
