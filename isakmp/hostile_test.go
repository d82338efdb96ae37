package isakmp_test

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestUnknown: messages of no SA.
func TestUnknown(t *testing.T) {
	cookie := wire.Cookie{1, 2, 3, 4, 5, 6, 7, 8}
	tests := []struct {
		name   string
		header wire.Header
		want   string
	}{
		{"quick mode", wire.Header{CookieI: cookie, CookieR: cookie, Exchange: wire.ExchangeQuick, MessageID: 7},
			"%CRYPTO-4-IKMP_NO_SA: IKE message from 12.12.12.1 has no SA and is not an initialization offer"},
		{"quick mode without cookie", wire.Header{CookieI: cookie, Exchange: wire.ExchangeQuick, MessageID: 7}, "IKMP_NO_SA"},
		{"informational", wire.Header{CookieI: cookie, CookieR: cookie, Exchange: wire.ExchangeInformational}, "IKMP_NO_SA"},
		{"third message", wire.Header{CookieI: cookie, CookieR: cookie, Exchange: wire.ExchangeMain}, "IKMP_NO_SA"},
		{"no initiator's cookie", wire.Header{Exchange: wire.ExchangeMain}, "IKMP_BAD_MESSAGE"},
		{"first message without SA", wire.Header{CookieI: cookie, Exchange: wire.ExchangeMain}, "IKMP_BAD_MESSAGE"},
		{"aggressive mode", wire.Header{CookieI: cookie, Exchange: wire.ExchangeAggressive},
			"%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Aggressive mode failed with peer at 12.12.12.1"},
		{"exchange 99", wire.Header{CookieI: cookie, Exchange: 99}, "unknown exchange 99"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.b.engine.Input(w.b.addr, w.a.addr, wire.AppendMessage(nil, tt.header, nil))
			said := w.b.take()
			inOrder(t, "R3", said, []string{"Global (N) NEW SA", tt.want})
			if list, names := w.b.engine.Tables(); list != 0 || names != 0 {
				t.Errorf("%d SAs", list)
			}
		})
	}
}

// firstMessage is a stranger's main mode offer.
func firstMessage(n uint64) []byte {
	return firstMessageWith(n, []wire.Attribute{
		wire.Basic(wire.AttrEncryption, 1), wire.Basic(wire.AttrHash, 2), wire.Basic(wire.AttrGroup, 1),
		wire.Basic(wire.AttrAuth, 1), wire.Basic(wire.AttrLifeType, 1), wire.Number(wire.AttrLife, 86400),
	})
}

func firstMessageWith(n uint64, attributes []wire.Attribute) []byte {
	h := wire.Header{Exchange: wire.ExchangeMain}
	binary.BigEndian.PutUint64(h.CookieI[:], n+1)
	return wire.AppendMessage(nil, h, []wire.Payload{{Type: wire.SAPayload, Body: wire.AppendSA(nil, wire.SA{
		Situation: wire.IdentityOnly,
		Proposals: []wire.Proposal{{Number: 1, Protocol: 1, Transforms: []wire.Transform{
			{Number: 1, ID: wire.TransformIKE, Attributes: attributes},
		}}},
	})}})
}

// TestHalfOpen: first messages without end make no more than so many SAs, do
// not keep out a peer that is known to be one, and are forgotten in the end.
func TestHalfOpen(t *testing.T) {
	w := newWorld(t)
	w.b.quiet = true
	w.b.config.Keys = []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}
	for i := range uint64(2 * isakmp.MaxHalfOpenPerPeer) {
		w.b.engine.Input(w.b.addr, netip.MustParseAddrPort("66.6.6.6:500"), firstMessage(i))
	}
	if list, _ := w.b.engine.Tables(); list != isakmp.MaxHalfOpenPerPeer {
		t.Errorf("%d SAs of one stranger", list)
	}
	w.a.want()
	w.run(4 * time.Second)
	if !w.up() {
		t.Error("a stranger kept R1 out")
	}
	for i := range uint64(2 * isakmp.MaxHalfOpen) {
		from := netip.AddrPortFrom(netip.AddrFrom4([4]byte{77, 7, byte(i >> 8), byte(i)}), 500)
		w.b.engine.Input(w.b.addr, from, firstMessage(i))
	}
	if list, _ := w.b.engine.Tables(); list > isakmp.MaxHalfOpen+1 {
		t.Errorf("%d SAs of many strangers", list)
	}
	w.run(5 * time.Minute)
	if list, names := w.b.engine.Tables(); list != 1 || names != 1 || len(w.b.engine.Peers()) != 1 {
		t.Errorf("%d SAs, %d names, %d peers left", list, names, len(w.b.engine.Peers()))
	}
}

// TestStrangersKeepNobodyOut: a peer with a key of its own gets in whatever
// strangers do, and so does, after a while, one without, or one whose address they use.
func TestStrangersKeepNobodyOut(t *testing.T) {
	anybody := []isakmp.PresharedKey{{Key: "cisco", Addr: zero, Mask: zero}}
	stranger := func(i uint64) netip.AddrPort {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{77, 7, byte(i >> 8), byte(i)}), 500)
	}
	for _, tt := range []struct {
		name string
		keys []isakmp.PresharedKey // none: as the world has them
		from func(w *world, i uint64) netip.AddrPort
		wait time.Duration
	}{
		{"a key of its own", nil, func(_ *world, i uint64) netip.AddrPort { return stranger(i) }, 0},
		{"a key for all", anybody, func(_ *world, i uint64) netip.AddrPort { return stranger(i) }, 12 * time.Second},
		{"its address", nil, func(w *world, _ uint64) netip.AddrPort { return w.a.addr }, 12 * time.Second},
	} {
		for _, offer := range []string{"acceptable", "refused"} {
			t.Run(tt.name+", "+offer, func(t *testing.T) {
				w := newWorld(t)
				w.b.quiet = true
				if tt.keys != nil {
					w.b.config.Keys = tt.keys
				}
				for i := range uint64(2 * isakmp.MaxHalfOpen) {
					m := firstMessage(i)
					if offer == "refused" {
						m = firstMessageWith(i, []wire.Attribute{wire.Basic(wire.AttrEncryption, 4)})
					}
					w.b.engine.Input(w.b.addr, tt.from(w, i), m)
				}
				if n, _ := w.b.engine.Tables(); n > isakmp.MaxHalfOpen {
					t.Errorf("%d SAs", n)
				}
				w.b.Reset()
				w.run(tt.wait)
				w.a.want()
				w.run(8 * time.Second)
				if !w.up() {
					t.Error("R1 was kept out")
				}
			})
		}
	}
}

// TestNodeLimit: a peer that never stops talking is not remembered without end.
func TestNodeLimit(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	w.a.quiet, w.b.quiet = true, true
	for i := range uint32(3 * isakmp.MaxNodes) {
		w.a.engine.AreYouThere(1, i)
		w.run(50 * time.Millisecond)
	}
	if n := w.b.engine.Nodes(1); n > isakmp.MaxNodes {
		t.Errorf("%d nodes", n)
	}
	w.run(2 * time.Minute)
	if n := w.b.engine.Nodes(1); n != 0 {
		t.Errorf("%d nodes left", n)
	}
}

// TestRefusedQuickModes: quick modes that are over take no room from those that
// come, however many there were in a short time.
func TestRefusedQuickModes(t *testing.T) {
	w := newWorld(t)
	wrong := w.b.ipsec.flows[0].proposals
	w.b.ipsec.flows[0].proposals = nil
	w.a.quiet, w.b.quiet = true, true
	for range 2 * isakmp.MaxRequests {
		w.a.want()
		w.run(100 * time.Millisecond)
	}
	if n := len(w.a.ipsec.failed); n < 2*isakmp.MaxRequests-5 {
		t.Errorf("%d quick modes were refused", n)
	}
	if n := w.a.engine.Nodes(1); n > isakmp.MaxRequests+isakmp.MaxNodes {
		t.Errorf("%d nodes", n)
	}
	w.b.ipsec.flows[0].proposals = wrong
	w.a.want()
	w.run(time.Second)
	if !w.up() {
		t.Error("not up after the mistake was put right")
	}
}

// TestDeletedSAsGiveWay: SAs that came to nothing keep no peer out that comes from
// another address.
func TestDeletedSAsGiveWay(t *testing.T) {
	w := newWorld(t)
	w.b.quiet = true
	refused := []wire.Attribute{wire.Basic(wire.AttrEncryption, 4)}
	for i := range uint64(isakmp.MaxSAs + 100) {
		peer := netip.AddrFrom4([4]byte{77, 7, byte(i / isakmp.MaxHalfOpenPerPeer >> 8), byte(i / isakmp.MaxHalfOpenPerPeer)})
		if i%isakmp.MaxHalfOpenPerPeer == 0 {
			w.b.config.Keys = append(w.b.config.Keys, hostKey("other", peer.String()))
		}
		w.b.engine.Input(w.b.addr, netip.AddrPortFrom(peer, 500), firstMessageWith(i, refused))
	}
	if n, _ := w.b.engine.Tables(); n != isakmp.MaxSAs {
		t.Errorf("%d SAs", n)
	}
	w.b.Reset()
	w.a.want()
	w.run(8 * time.Second)
	if !w.up() {
		t.Error("R1 was kept out")
	}
}

// TestDegenerateKE: a public value that gives the secret away ends nowhere, and
// the real one is still welcome.
func TestDegenerateKE(t *testing.T) {
	for _, public := range []byte{0, 1} {
		t.Run(fmt.Sprint(public), func(t *testing.T) {
			w := newWorld(t)
			i := 0
			w.filter = func(_ *router, m []byte) [][]byte {
				if i++; i != 3 {
					return [][]byte{m}
				}
				bad := append([]byte(nil), m...)
				clear(bad[32 : 32+96])
				bad[32+95] = public
				return [][]byte{bad}
			}
			w.a.want()
			w.run(30 * time.Second)
			settled(t, w)
			inOrder(t, "R3", w.b.take(), []string{
				"processing KE payload", "%CRYPTO-4-IKMP_BAD_MESSAGE", "FSM action returned error: 2",
				"Old State = IKE_R_MM3  New State = IKE_R_MM2", "Old State = IKE_R_MM2  New State = IKE_R_MM3",
			})
		})
	}
}

// TestTampered: each message, changed in each of a few places, does no more
// harm than a lost one.
func TestTampered(t *testing.T) {
	for n := 1; n <= messages; n++ {
		for _, at := range []int{16, 18, 19, 20, 27, 29, 33, 45, -1} {
			t.Run(fmt.Sprintf("message %d, octet %d", n, at), func(t *testing.T) {
				w := newWorld(t)
				w.a.quiet, w.b.quiet = true, true
				i := 0
				w.filter = func(_ *router, m []byte) [][]byte {
					if i++; i != n {
						return [][]byte{m}
					}
					bad := append([]byte(nil), m...)
					bad[(at+len(bad))%len(bad)] ^= 0x55
					return [][]byte{bad}
				}
				w.a.want()
				w.run(2 * time.Minute)
				w.a.want()
				w.run(2 * time.Minute)
				if !w.up() {
					t.Error("never up")
				}
			})
		}
	}
}

// TestSignedNonsense: an authenticated peer may say what it likes.
func TestSignedNonsense(t *testing.T) {
	w := newWorld(t)
	w.a.want()
	w.run(3 * time.Second)
	for _, body := range [][]byte{nil, {0}, make([]byte, 8), make([]byte, 300)} {
		for kind := range uint8(30) {
			w.a.engine.Inform(1, kind, body)
		}
	}
	w.a.engine.Notify(1, wire.NotifyNoProposalChosen, isakmp.ProtoESP, []byte{1, 2, 3, 4}, nil)
	w.a.engine.Notify(1, wire.NotifyAreYouThere, isakmp.ProtoISAKMP, nil, []byte{1})
	w.a.engine.Notify(1, wire.NotifyResponderLifetime, isakmp.ProtoISAKMP, nil, []byte{1})
	w.a.engine.Inform(1, wire.DeletePay, wire.AppendDelete(nil, wire.Delete{Protocol: 1, SPIs: [][]byte{make([]byte, 16)}}))
	w.run(time.Minute)
	if !w.up() || w.b.engine.SAs()[0].Deleted {
		t.Error("the SAs went")
	}
}

// TestKeepalive: R_U_THERE is answered in IOS's order.
func TestKeepalive(t *testing.T) {
	scenario{
		name: "keepalive", up: true,
		run: afterUp(func(w *world) { w.a.engine.AreYouThere(1, 0x2f); w.run(time.Second) }),
		initiator: []string{
			"processing NOTIFY DPD/R_U_THERE_ACK protocol 1",
			" DPD/R_U_THERE_ACK received from peer 23.23.23.3, sequence 0x2F",
			`reason "Informational (in) state 1"`, "IKE_MESG_FROM_PEER, IKE_INFO_NOTIFY",
		},
		responder: []string{
			"processing NOTIFY DPD/R_U_THERE protocol 1", `reason "Informational (in) state 1"`,
			"IKE_MESG_FROM_PEER, IKE_INFO_NOTIFY", " DPD/R_U_THERE received from peer 12.12.12.1, sequence 0x2F",
			"set new node", "Sending NOTIFY DPD/R_U_THERE_ACK protocol 1", " seq. no 0x2F", "sending packet",
			"purging node", "IKE_MESG_FROM_PEER, IKE_MESG_KEEP_ALIVE",
		},
	}.test(t)
}

// TestWaitingDeletes: deletes that wait for phase 1 have a limit, and the same one
// waits once.
func TestWaitingDeletes(t *testing.T) {
	w := newWorld(t)
	w.a.quiet, w.b.quiet = true, true
	w.a.config.InvalidSPIRecovery = true
	for i := range uint32(isakmp.MaxRequests + 10) {
		for range 2 {
			w.a.engine.DeleteNotify(isakmp.DeleteRequest{
				Local: w.a.addr.Addr(), Remote: w.b.addr.Addr(), Protocol: isakmp.ProtoESP, SPIs: []uint32{1000 + i}, Stray: true,
			})
		}
	}
	w.run(30 * time.Second)
	if n := len(w.b.ipsec.deleted); n != isakmp.MaxRequests {
		t.Errorf("%d deletes", n)
	}
}
