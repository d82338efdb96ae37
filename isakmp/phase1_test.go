package isakmp_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestLateDuplicate: when phase 1 is done its last message goes again if the one
// before comes again; the initiator, which has sent none after it, has none.
func TestLateDuplicate(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	fifth, sixth := w.sent[4].message, w.sent[5].message
	w.a.take()
	w.b.take()
	sent := len(w.sent)
	w.a.engine.Input(w.a.addr, w.b.addr, sixth)
	w.run(5 * time.Second)
	if said := w.a.take(); len(w.sent) != sent || len(said) != 2 || !strings.Contains(said[1], "phase 1 packet is a duplicate") {
		t.Errorf("R1 says %q and sends %d messages", said, len(w.sent)-sent)
	}
	w.b.engine.Input(w.b.addr, w.a.addr, fifth)
	w.run(5 * time.Second)
	if len(w.sent) != sent+1 || string(w.sent[sent].message) != string(sixth) {
		t.Errorf("R3 sends %d messages", len(w.sent)-sent)
	}
	inOrder(t, "R3", w.b.take(), []string{"phase 1 packet is a duplicate", "retransmitting due to retransmit phase 1", "sending packet"})
}

// TestDuplicateBeforeTheNextMessage: a late duplicate that is overtaken by the next
// message does not keep later ones from being answered.
func TestDuplicateBeforeTheNextMessage(t *testing.T) {
	w := newWorld(t)
	var third []byte
	proofs := map[*router]int{}
	w.filter = func(from *router, m []byte) [][]byte {
		h, _ := wire.ParseHeader(m)
		switch {
		case h.Exchange != wire.ExchangeMain:
		case h.Encrypted():
			if proofs[from]++; proofs[from] == 1 {
				return nil // the first fifth and the first sixth message are lost
			}
		case from == w.a && h.Next == wire.KeyExchange:
			third = append([]byte(nil), m...)
		}
		return [][]byte{m}
	}
	w.a.want()
	for third == nil {
		w.run(10 * time.Millisecond)
	}
	w.run(10 * time.Second)
	w.b.engine.Input(w.b.addr, w.a.addr, third)
	w.run(30 * time.Second)
	if !w.up() {
		t.Error("the sixth message was not sent again")
	}

}
