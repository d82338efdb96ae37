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
