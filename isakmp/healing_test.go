package isakmp_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// from loses what one router sends while lost holds.
func (w *world) losingFrom(r *router, lost func(m []byte) bool) {
	w.filter = func(from *router, m []byte) [][]byte {
		if from == r && lost(m) {
			return nil
		}
		return [][]byte{m}
	}
}

func quickMode(m []byte) bool { return m[18] == wire.ExchangeQuick }

func be32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// TestRefusals: whatever SPI a peer names in its refusal, the request ends.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name     string
		kind     uint16
		protocol uint8
		spi      func(w *world, spi uint32) []byte
		ends     bool
	}{
		{"the request's SPI", wire.NotifyNoProposalChosen, isakmp.ProtoESP, func(_ *world, spi uint32) []byte { return be32(spi) }, true},
		{"no SPI", wire.NotifyNoProposalChosen, isakmp.ProtoESP, func(*world, uint32) []byte { return nil }, true},
		{"no SPI, of ISAKMP", wire.NotifyNoProposalChosen, isakmp.ProtoISAKMP, func(*world, uint32) []byte { return nil }, true},
		{"SPI 0", wire.NotifyInvalidID, isakmp.ProtoESP, func(*world, uint32) []byte { return be32(0) }, true},
		{"cookies", wire.NotifyInvalidID, isakmp.ProtoISAKMP, func(w *world, _ uint32) []byte { return w.a.engine.Cookies(1) }, true},
		{"no protocol", wire.NotifyInvalidID, 0, func(*world, uint32) []byte { return nil }, true},
		{"another SPI", wire.NotifyNoProposalChosen, isakmp.ProtoESP, func(_ *world, spi uint32) []byte { return be32(spi + 1) }, false},
		{"no error", wire.NotifyInitialContact + 10, isakmp.ProtoESP, func(_ *world, spi uint32) []byte { return be32(spi) }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			scenario{bare: true, up: true, run: afterUp(func(w *world) {
				w.losingFrom(w.a, quickMode)
				spi := w.a.want()
				w.run(time.Second)
				w.b.engine.Notify(1, tt.kind, tt.protocol, tt.spi(w, spi), nil)
				w.run(time.Second)
				if got := len(w.a.ipsec.failed) == 1 && w.a.ipsec.failed[0] == spi; got != tt.ends {
					t.Errorf("failed %x, want %x: %t", w.a.ipsec.failed, spi, tt.ends)
				}
				if !tt.ends {
					return
				}
				// Its timer is off, and a second refusal has nothing to refuse.
				w.b.engine.Notify(1, tt.kind, tt.protocol, nil, nil)
				w.run(time.Minute)
				if n := len(w.a.ipsec.failed); n != 1 {
					t.Errorf("%d failures", n)
				}
				expect(w, w.a, "retransmitting phase 2", 0)
			})}.test(t)
		})
	}
}

// TestRefusalsInOrder: without an SPI it is the oldest request that was refused.
func TestRefusalsInOrder(t *testing.T) {
	scenario{bare: true, up: true, run: afterUp(func(w *world) {
		w.losingFrom(w.a, quickMode)
		first := w.a.want()
		w.run(time.Second)
		second := w.a.want()
		for _, want := range []uint32{first, second} {
			w.b.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, nil, nil)
			w.run(time.Second)
			if f := w.a.ipsec.failed; f[len(f)-1] != want {
				t.Errorf("failed %x, want %x", f, want)
			}
		}
	})}.test(t)
}

// TestThirdMessageLost: the initiator has SAs that the responder gives up; it is
// told, and may begin anew under the same SA of phase 1.
func TestThirdMessageLost(t *testing.T) {
	w := newWorld(t)
	n := 0
	w.losingFrom(w.a, func(m []byte) bool {
		if quickMode(m) {
			n++
		}
		return quickMode(m) && n > 1
	})
	w.a.want()
	w.run(65 * time.Second)
	for _, r := range []*router{w.a, w.b} {
		if len(r.ipsec.pairs) != 0 {
			t.Errorf("%s has %d pairs", r.name, len(r.ipsec.pairs))
		}
		if sas := r.engine.SAs(); len(sas) != 1 || sas[0].Deleted {
			t.Errorf("%s has %+v", r.name, sas)
		}
	}
	w.filter = nil
	w.a.want()
	w.run(time.Second)
	if !w.up() {
		t.Errorf("not up:\n%s", w.b.log.String())
	}
}

// TestInvalidSPINotified: an authentic INVALID_SPI is as good as a delete.
func TestInvalidSPINotified(t *testing.T) {
	scenario{bare: true, run: afterUp(func(w *world) {
		out := w.b.ipsec.order[0]
		w.b.engine.Notify(1, wire.NotifyInvalidSPI, isakmp.ProtoESP, be32(out+1), nil)
		w.run(time.Second)
		if len(w.a.ipsec.pairs) != 1 {
			t.Error("the wrong pair went")
		}
		w.b.engine.Notify(1, wire.NotifyInvalidSPI, isakmp.ProtoESP, be32(out), nil)
		w.run(time.Second)
		if len(w.a.ipsec.pairs) != 0 {
			t.Error("the pair stays")
		}
	}), initiator: []string{"processing NOTIFY INVALID_SPI protocol 3"}}.test(t)
}

func (w *world) stray(r *router, spi uint32) {
	r.engine.DeleteNotify(isakmp.DeleteRequest{
		Local: r.addr.Addr(), Remote: r.other().addr.Addr(), Protocol: isakmp.ProtoESP, SPIs: []uint32{spi}, Stray: true,
	})
}

// TestStray: a router that was switched off and on hears ESP of its former life.
func TestStray(t *testing.T) {
	reborn := func(w *world) uint32 {
		w.b.boot("R3 again")
		lost := w.b.ipsec.order[0]
		w.b.ipsec.pairs = map[uint32]isakmp.SAPair{}
		return lost
	}
	scenarios := []scenario{
		{
			name: "without recovery", bare: true,
			run: afterUp(func(w *world) {
				lost := reborn(w)
				w.stray(w.b, lost)
				w.run(time.Minute)
				if len(w.a.ipsec.pairs) != 1 || len(w.b.engine.SAs()) != 0 {
					t.Error("healed?")
				}
			}),
			responder: []string{"ignoring request to send delete notify (no ISAKMP sa) src 23.23.23.3 dst 12.12.12.1"},
		},
		{
			name: "spi-recovery",
			run: afterUp(func(w *world) {
				lost := reborn(w)
				w.b.config.InvalidSPIRecovery = true
				w.stray(w.b, lost)
				w.run(100 * time.Millisecond)
				w.stray(w.b, lost)   // main mode goes on
				w.stray(w.b, lost+1) // of another former SA
				w.run(5 * time.Second)
				if len(w.a.ipsec.pairs) != 0 {
					t.Error("the stale pair stays")
				}
				if n := len(w.b.engine.SAs()); n != 1 {
					t.Errorf("%d SAs", n)
				}
			}),
			initiator: []string{" Process initial contact,", "processing DELETE payload", "processing DELETE payload"},
			responder: []string{
				"received ke message (3/1)", " beginning Main Mode exchange", "Send initial contact",
				"IKE_MESG_FROM_IPSEC, IKE_PHASE2_DEL", "IKE_MESG_FROM_IPSEC, IKE_PHASE2_DEL",
			},
		},
		{
			name: "through UDP 4500", bare: true,
			run: afterUp(func(w *world) {
				lost := reborn(w)
				w.b.config.InvalidSPIRecovery = true
				for range 3 {
					w.b.engine.DeleteNotify(isakmp.DeleteRequest{
						Local: w.b.addr.Addr(), Remote: w.a.addr.Addr(), RemotePort: 4500,
						Protocol: isakmp.ProtoESP, SPIs: []uint32{lost}, Stray: true,
					})
					w.run(50 * time.Millisecond)
				}
				if n := len(w.b.engine.SAs()); n != 1 {
					t.Errorf("%d SAs", n)
				}
				w.run(5 * time.Second)
			}),
			responder: []string{" beginning Main Mode exchange", "processing HASH payload"},
		},
		{
			name: "under an SA that lives", bare: true,
			run: afterUp(func(w *world) {
				lost := w.b.ipsec.order[0]
				w.b.ipsec.drop(lost)
				w.stray(w.b, lost)
				w.run(time.Second)
				if len(w.a.ipsec.pairs) != 0 {
					t.Error("the stale pair stays")
				}
			}),
		},
		{
			name: "no key", bare: true,
			run: afterUp(func(w *world) {
				lost := reborn(w)
				w.b.config.InvalidSPIRecovery, w.b.config.Keys = true, nil
				w.stray(w.b, lost)
				w.run(time.Minute)
				if n, names := w.b.engine.Tables(); n+names != 0 {
					t.Errorf("%d SAs, %d names", n, names)
				}
			}),
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, s.test)
	}
}

// TestShutdownBeginsNothing: who asks again when it fails is refused.
func TestShutdownBeginsNothing(t *testing.T) {
	w := newWorld(t)
	w.losing(lose)
	w.a.want()
	asked := 0
	w.a.ipsec.onFailure = func() {
		if asked++; asked < 5 {
			w.a.want()
		}
	}
	w.a.engine.Shutdown()
	w.stray(w.a, 0x1234)
	if n, names := w.a.engine.Tables(); n+names != 0 || asked != 5 {
		t.Errorf("%d SAs, %d names, %d failures", n, names, asked)
	}
	w.filter = nil
	w.a.ipsec.onFailure = nil
	w.a.engine.Resume()
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Error("not up after Resume")
	}
}

// TestHostIdentity: a router may go by its name.
func TestHostIdentity(t *testing.T) {
	scenario{
		bare: true, up: true,
		setup:     func(w *world) { w.a.config.HostIdentity = true },
		initiator: []string{"using id type ID_FQDN", "FQDN name    : R1.lab"},
		responder: []string{"FQDN name    : R1.lab", "SA has been authenticated with 12.12.12.1", "using id type ID_IPV4_ADDR"},
	}.test(t)
}

// TestPeerRenewsPhase1: the peer builds phase 1 anew while the old SA lives. What
// stands on the old one goes on, and what comes stands on the new.
func TestPeerRenewsPhase1(t *testing.T) {
	scenario{bare: true, up: true, run: afterUp(func(w *world) {
		w.b.engine.Forget()
		w.b.want()
		w.run(3 * time.Second)
		if len(w.a.ipsec.pairs) != 2 || w.a.ipsec.contact != 0 {
			t.Fatalf("%d pairs, %d initial contacts", len(w.a.ipsec.pairs), w.a.ipsec.contact)
		}
		w.a.take()
		w.a.want()
		w.run(time.Second)
		expect(w, w.a, "ISAKMP:(0:2:SW:1):beginning Quick Mode exchange", 1)
		// The peer deletes the old one under the new, as one that rekeys does.
		w.b.engine.Inform(2, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{
			Protocol: isakmp.ProtoISAKMP, SPIs: [][]byte{w.a.engine.Cookies(1)},
		}))
		w.run(time.Second)
		if len(w.a.ipsec.pairs) != 3 {
			t.Errorf("%d pairs", len(w.a.ipsec.pairs))
		}
		for _, s := range w.a.engine.SAs() {
			if s.Deleted != (s.ConnID == 1) {
				t.Errorf("SA %d: deleted %t", s.ConnID, s.Deleted)
			}
		}
		w.a.want()
		w.run(time.Second)
	})}.test(t)
}

// TestDeletesTogether: one message may hold several deletes, several SPIs, and
// ones that mean nothing.
func TestDeletesTogether(t *testing.T) {
	scenario{bare: true, run: afterUp(func(w *world) {
		w.a.want()
		w.run(time.Second)
		list := [][]byte{be32(w.b.ipsec.order[0]), be32(0xdeadbeef), be32(w.b.ipsec.order[1]), be32(w.b.ipsec.order[1])}
		for _, protocol := range []uint8{0, isakmp.ProtoAH, 9} {
			w.b.engine.Inform(1, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{Protocol: protocol, SPIs: list}))
		}
		w.b.engine.Inform(1, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{
			Protocol: isakmp.ProtoISAKMP, SPIs: [][]byte{make([]byte, 16), []byte("0123456789abcdef")},
		}))
		w.run(time.Second)
		if len(w.a.ipsec.pairs) != 2 || w.a.engine.SAs()[0].Deleted {
			t.Error("deletes of nothing took effect")
		}
		w.b.engine.Inform(1, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{Protocol: isakmp.ProtoESP, SPIs: list}))
		w.b.engine.Inform(1, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{
			Protocol: isakmp.ProtoISAKMP, SPIs: [][]byte{w.b.engine.Cookies(1)},
		}))
		w.run(time.Second)
		if len(w.a.ipsec.pairs) != 0 || !w.a.engine.SAs()[0].Deleted {
			t.Error("something stays")
		}
	})}.test(t)
}
