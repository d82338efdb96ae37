package isakmp_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestKeysChanged: a phase 1 of ours whose keys were made of another pre-shared key is
// given up. One that has its key still, that has made no keys, that is up, or that the
// peer began, goes on.
func TestKeysChanged(t *testing.T) {
	for _, tt := range []struct {
		name   string
		losing int // no message gets through from this one on
		who    func(*world) *router
		key    string
		gone   bool
	}{
		{"another key", 5, initiator, "changed", true},
		{"the same key", 5, initiator, "cisco", false},
		{"no keys made", 3, initiator, "changed", false},
		{"up", 99, initiator, "changed", false},
		{"the peer's", 5, responder, "changed", false},
	} {
		w := newWorld(t)
		w.losing(func(n int, _ []byte) bool { return n >= tt.losing })
		spi := w.a.want()
		w.run(2 * time.Second)
		r := tt.who(w)
		r.config.Keys = []isakmp.PresharedKey{hostKey(tt.key, r.other().addr.Addr().String())}
		r.engine.KeysChanged()
		if gone := r.engine.SAs()[0].Deleted; gone != tt.gone {
			t.Errorf("%s: the SA is gone: %v", tt.name, gone)
		}
		if failed := slices.Equal(r.ipsec.failed, []uint32{spi}); failed != tt.gone {
			t.Errorf("%s: failed %x", tt.name, r.ipsec.failed)
		}
		sent := len(w.sent)
		r.engine.KeysChanged() // what is gone goes no more
		if len(w.sent) != sent || len(r.ipsec.failed) > 1 {
			t.Errorf("%s: failed %x", tt.name, r.ipsec.failed)
		}
	}
}

// TestClearByConnectionID: an SA without a connection id is not the one that is asked
// for by 0.
func TestClearByConnectionID(t *testing.T) {
	w := newWorld(t)
	w.losing(lose)
	w.a.want()
	w.run(time.Second)
	if w.a.engine.Clear(0) || w.a.engine.SAs()[0].Deleted {
		t.Error("an SA without a connection id was cleared by its number")
	}
	w = newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	if w.a.engine.Clear(2) || !w.a.engine.Clear(1) || w.a.engine.Clear(1) {
		t.Error("not the SA of the number was cleared, once")
	}
}

// TestClearedWhileBeginning: where the key engine clears everything when it is told
// that one of its requests is superfluous, no other begins.
func TestClearedWhileBeginning(t *testing.T) {
	w := newWorld(t)
	w.a.ipsec.flows = append(w.a.ipsec.flows, newFlow("10.1.2.0", "20.1.2.0"))
	w.a.want()
	w.a.want()
	w.a.ipsec.request(w.a.ipsec.flows[1])
	w.a.ipsec.onFailure = func() {
		w.a.ipsec.onFailure = nil
		w.a.engine.ClearAll()
	}
	w.run(3 * time.Second)
	if n := told[isakmp.QuickModeBegun](w.a); n != 0 || len(w.a.ipsec.failed) < 3 {
		t.Errorf("%d quick modes begun, failed %x", n, w.a.ipsec.failed)
	}
}

// TestUnsignedThatCannotBeRead: an informational exchange in the clear is told of as
// malformed where its payloads cannot be read, and changes nothing.
func TestUnsignedThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		name                             string
		list                             []wire.Payload
		cut                              int
		malformed, unencrypted, unsigned int
	}{
		{"a notification", []wire.Payload{{Type: wire.Notification, Body: make([]byte, 8)}}, 0, 0, 0, 1},
		{"no notification", []wire.Payload{{Type: wire.Nonce, Body: make([]byte, 8)}}, 0, 0, 1, 0},
		{"a payload that is cut", []wire.Payload{{Type: wire.Notification, Body: make([]byte, 8)}}, 1, 1, 0, 0},
	} {
		w := newWorld(t)
		w.a.want()
		w.run(3 * time.Second)
		h, err := wire.ParseHeader(w.sent[8].message)
		if err != nil {
			t.Fatal(err)
		}
		h.Exchange, h.Flags, h.MessageID = wire.ExchangeInformational, 0, 7
		m := wire.AppendMessage(nil, h, tt.list)
		m = m[:len(m)-tt.cut]
		m[27] -= byte(tt.cut)
		w.b.engine.Input(w.b.addr, w.a.addr, m)
		w.run(time.Second)
		got := []int{told[isakmp.Malformed](w.b), told[isakmp.NotEncrypted](w.b), told[isakmp.NotifyWithoutHash](w.b)}
		if want := []int{tt.malformed, tt.unencrypted, tt.unsigned}; !slices.Equal(got, want) {
			t.Errorf("%s: told of malformed, unencrypted, unsigned messages: %v, want %v", tt.name, got, want)
		}
		if !w.up() {
			t.Errorf("%s: the tunnel went", tt.name)
		}
	}
}

// TestStrayPackets: packets that stray in through UDP 4500 lead to the main mode that
// is under way from 500, which will go there. Those of a peer behind a NAT, at another
// port, are not of that peer.
func TestStrayPackets(t *testing.T) {
	for port, sas := range map[uint16]int{0: 1, 500: 1, 4500: 1, 40001: 2} {
		w := newWorld(t)
		w.b.config.InvalidSPIRecovery = true
		w.losing(lose)
		stray := func(port uint16) {
			w.b.engine.DeleteNotify(isakmp.DeleteRequest{
				Local: w.b.addr.Addr(), Remote: w.a.addr.Addr(), RemotePort: port,
				Protocol: isakmp.ProtoESP, SPIs: []uint32{0x1234}, Stray: true,
			})
			w.run(time.Second)
		}
		stray(0)
		stray(port)
		stray(port)
		if n := len(w.b.engine.SAs()); n != sas {
			t.Errorf("port %d: %d SAs, want %d", port, n, sas)
		}
	}
}

// TestStrayPacketsDuringMainMode: they wait for a main mode of the peer's, too.
func TestStrayPacketsDuringMainMode(t *testing.T) {
	w := newWorld(t)
	w.b.config.InvalidSPIRecovery = true
	w.losing(func(n int, _ []byte) bool { return n >= 4 })
	w.a.want()
	w.run(time.Second)
	w.b.engine.DeleteNotify(isakmp.DeleteRequest{
		Local: w.b.addr.Addr(), Remote: w.a.addr.Addr(), RemotePort: 4500,
		Protocol: isakmp.ProtoESP, SPIs: []uint32{0x1234}, Stray: true,
	})
	if n := len(w.b.engine.SAs()); n != 1 {
		t.Errorf("%d SAs", n)
	}
}
