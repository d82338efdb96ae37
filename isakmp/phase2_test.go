package isakmp_test

import (
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

func esp(transform uint8, bits int, auth uint16) isakmp.Proposal {
	return isakmp.Proposal{
		Protocol: isakmp.ProtoESP, Transform: transform, KeyBits: bits, Auth: auth, Encapsulation: isakmp.EncapsTunnel,
	}
}

func sets(list ...isakmp.Proposal) []isakmp.Proposal { return list }

// speak lets the key engines say their IPSEC(...) lines.
func speak(w *world) { w.a.ipsec.speaks, w.b.ipsec.speaks = true, true }

func TestPhase2(t *testing.T) {
	refused := []string{
		" IPSec policy invalidated proposal",
		" phase 2 SA policy not acceptable! (local 23.23.23.3 remote 12.12.12.1)",
		"Sending NOTIFY PROPOSAL_NOT_CHOSEN protocol 3",
		`error TRUE reason "QM rejected"`,
		"Unknown Input IKE_MESG_FROM_PEER, IKE_QM_EXCH:  for node ",
		"%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Quick mode failed with peer at 12.12.12.1",
	}
	told := []string{
		"processing NOTIFY PROPOSAL_NOT_CHOSEN protocol 3", "deleting spi ",
		`error TRUE reason "Delete Larval"`, `error FALSE reason "Informational (in) state 1"`,
	}
	scenarios := []scenario{
		{
			name: "transform", initiator: told, responder: refused,
			setup: func(w *world) {
				speak(w)
				w.a.ipsec.flows[0].proposals = sets(esp(isakmp.ESP3DES, 0, isakmp.AuthHMACMD5))
			},
		},
		{
			name: "proxies", initiator: told, responder: refused,
			setup: func(w *world) { speak(w); w.b.ipsec.flows[0] = newFlow("20.1.1.0", "10.1.2.0") },
		},
		{
			name: "pfs both", bare: true, up: true,
			setup:     func(w *world) { w.a.ipsec.flows[0].pfs, w.b.ipsec.flows[0].pfs = 2, 2 },
			initiator: []string{"group is 2", "processing NONCE", "processing KE", "processing ID", "and flags 13", "and flags 1B"},
			responder: []string{"group is 2", "processing NONCE", "processing KE", "processing ID", "and flags 13", "and flags 1B"},
		},
		{
			name: "pfs of the initiator only", bare: true, up: true,
			setup: func(w *world) { w.a.ipsec.flows[0].pfs = 5 },
			run:   startOnly(10 * time.Second),
		},
		{
			name: "pfs of the responder only", bare: true, initiator: told, responder: refused,
			setup: func(w *world) { w.b.ipsec.flows[0].pfs = 2 },
		},
		{
			name: "aes 256 sha", bare: true, up: true,
			setup: func(w *world) {
				for _, r := range []*router{w.a, w.b} {
					r.ipsec.flows[0].proposals = sets(esp(isakmp.ESPAES, 256, isakmp.AuthHMACSHA))
				}
			},
			initiator: []string{"transform 1, ESP_AES ", "authenticator is HMAC-SHA", "key length is 256", "atts are acceptable."},
		},
		{
			name: "null sha256", bare: true, up: true,
			setup: func(w *world) {
				for _, r := range []*router{w.a, w.b} {
					r.ipsec.flows[0].proposals = sets(esp(isakmp.ESPNull, 0, isakmp.AuthHMACSHA256))
				}
			},
		},
		{
			name: "second transform set", bare: true, up: true,
			setup: func(w *world) {
				w.a.ipsec.flows[0].proposals = sets(esp(isakmp.ESPAES, 128, isakmp.AuthHMACSHA), esp(isakmp.ESPDES, 0, isakmp.AuthHMACMD5))
			},
			initiator: []string{"Checking IPSec proposal 2", "atts are acceptable."},
			responder: []string{
				"Checking IPSec proposal 1", "transform 1, ESP_AES ", "atts are acceptable.",
				" IPSec policy invalidated proposal", "Checking IPSec proposal 2", "atts are acceptable.",
			},
		},
		{
			name: "host flow", bare: true, up: true,
			setup: func(w *world) {
				host := func(a string) isakmp.Proxy {
					return isakmp.Proxy{Addr: hostKey("", a).Addr, Mask: hostKey("", a).Mask, Protocol: 6, Port: 80}
				}
				w.a.ipsec.flows[0].local, w.a.ipsec.flows[0].remote = host("10.1.1.1"), host("20.1.1.1")
				w.b.ipsec.flows[0].local, w.b.ipsec.flows[0].remote = host("20.1.1.1"), host("10.1.1.1")
			},
		},
		{
			name: "responder-lifetime", up: true, bare: true,
			setup: func(w *world) { w.b.ipsec.flows[0].life = isakmp.Lifetime{Seconds: 600, Kilobytes: 4608000} },
			initiator: []string{
				"SA life duration (basic) of 3600", "processing NOTIFY RESPONDER_LIFETIME protocol 3",
				" processing responder lifetime", "responder lifetime of 600s", "lifetime of 600 seconds", "lifetime of 4608000 kilobytes",
			},
			responder: []string{"SA life duration (basic) of 3600", "lifetime of 600 seconds", "Sending NOTIFY RESPONDER_LIFETIME protocol 3"},
		},
		{
			name: "next-flow", up: true,
			run: afterUp(func(w *world) { w.a.want(); w.run(2 * time.Second) }),
			initiator: []string{
				"received ke message (1/1)", "set new node 0 to QM_IDLE",
				"SA has outstanding requests  (local 12.12.12.1 port 500, remote 23.23.23.3 port 500)",
				"sitting IDLE. Starting QM immediately (QM_IDLE      )", "beginning Quick Mode exchange, M-ID of ",
				"IPSEC refcount 2 for for stuff_ke", "IPSEC refcount 3 for from create_transforms", "count 2",
			},
		},
		{
			name: "several requests while budding", bare: true, up: true,
			setup: func(w *world) {
				w.a.ipsec.flows = append(w.a.ipsec.flows, newFlow("10.1.2.0", "20.1.1.0"))
				w.b.ipsec.flows = append(w.b.ipsec.flows, newFlow("20.1.1.0", "10.1.2.0"))
			},
			run: func(w *world) {
				w.a.want()
				w.a.ipsec.request(w.a.ipsec.flows[1])
				w.run(5 * time.Second)
				if n := len(w.a.ipsec.pairs); n != 2 {
					w.t.Errorf("%d pairs", n)
				}
			},
			initiator: []string{"SA is still budding. Attached new ipsec request to it. (local 12.12.12.1, remote 23.23.23.3)"},
		},
		{
			name: "a request repeated while budding", bare: true, up: true,
			run: func(w *world) {
				w.a.want()
				w.a.want()
				w.run(5 * time.Second)
				if n := len(w.a.ipsec.pairs); n != 1 {
					w.t.Errorf("%d pairs", n)
				}
			},
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, s.test)
	}
}

// TestKeys: both ends derive the same keys of the right lengths, and with PFS
// others.
func TestKeys(t *testing.T) {
	w := newWorld(t)
	for _, r := range []*router{w.a, w.b} {
		r.ipsec.flows[0].proposals = sets(esp(isakmp.ESPAES, 192, isakmp.AuthHMACSHA512))
	}
	w.a.want()
	w.run(3 * time.Second)
	if !w.up() {
		t.Fatal("not up")
	}
	p := w.a.ipsec.pairs[w.a.ipsec.order[0]]
	if len(p.Inbound.Encryption) != 24 || len(p.Outbound.Authentication) != 64 {
		t.Errorf("keys of %d and %d octets", len(p.Inbound.Encryption), len(p.Outbound.Authentication))
	}
	if string(p.Inbound.Encryption) == string(p.Outbound.Encryption) {
		t.Error("both directions have one key")
	}
	if p.ConnID != 1 || !p.Initiator || p.Seconds != 3600 || p.Kilobytes != 4608000 {
		t.Errorf("pair %+v", p)
	}
}
