package isakmp_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// scenario is a pair of configurations, what happens, and what both ends say,
// which stands in testdata.
type scenario struct {
	name  string
	setup func(w *world)
	run   func(w *world) // instead of one request and three seconds
	up    bool
	// lines that must be said, in this order: on the initiator, on the responder
	initiator, responder []string
	bare                 bool // no golden files: the lines above are enough
}

func startOnly(d time.Duration) func(*world) {
	return func(w *world) { w.a.want(); w.run(d) }
}

// afterUp brings the tunnel up and drops what was said on the way.
func afterUp(f func(w *world)) func(*world) {
	return func(w *world) {
		w.a.want()
		w.run(3 * time.Second)
		if !w.up() {
			w.t.Error("the tunnel did not come up")
		}
		w.a.take()
		w.b.take()
		f(w)
	}
}

func (s scenario) test(t *testing.T) {
	w := newWorld(t)
	if s.setup != nil {
		s.setup(w)
	}
	if s.run == nil {
		s.run = startOnly(3 * time.Second)
	}
	s.run(w)
	if w.up() != s.up {
		t.Errorf("up = %t", w.up())
	}
	a, b := w.a.take(), w.b.take()
	inOrder(t, "initiator", a, s.initiator)
	inOrder(t, "responder", b, s.responder)
	if !s.bare {
		golden(t, s.name+"-initiator", a)
		golden(t, s.name+"-responder", b)
	}
}

// inOrder looks for lines by their endings, one after the other.
func inOrder(t *testing.T, who string, said, want []string) {
	t.Helper()
	for _, line := range want {
		i := slices.IndexFunc(said, func(s string) bool { return strings.Contains(s, line) })
		if i < 0 {
			t.Errorf("%s did not say (in that order) %q", who, line)
			return
		}
		said = said[i+1:]
	}
}

func onB(edit func(*isakmp.Policy)) func(*world) {
	return func(w *world) { w.b.policy(edit) }
}

func onBoth(edit func(*isakmp.Policy)) func(*world) {
	return func(w *world) { w.a.policy(edit); w.b.policy(edit) }
}

func TestPhase1(t *testing.T) {
	refused := []string{
		"atts are not acceptable. Next payload is 0",
		"Checking ISAKMP transform 1 against priority 65535 policy",
		"atts are not acceptable. Next payload is 0",
		"no offers accepted!",
		" phase 1 SA policy not acceptable! (local 23.23.23.3 remote 12.12.12.1)",
		`deleting SA reason "Phase1 SA policy proposal not accepted" state (R) MM_NO_STATE (peer 12.12.12.1)`,
		"%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 12.12.12.1",
	}
	told := []string{
		"Notify has no hash. Rejected.",
		"%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Informational mode failed with peer at 23.23.23.3",
	}
	because := func(lines ...string) []string {
		return append(append([]string{"against priority 10 policy"}, lines...), refused...)
	}
	scenarios := []scenario{
		{name: "success", up: true},
		{
			name:  "encryption",
			setup: onB(func(p *isakmp.Policy) { p.Encryption = isakmp.TripleDES }), initiator: told,
			responder: because("Encryption algorithm offered does not match policy!"),
		},
		{
			name: "hash", bare: true,
			setup: onB(func(p *isakmp.Policy) { p.Hash = isakmp.MD5 }), initiator: told,
			responder: because("Hash algorithm offered does not match policy!"),
		},
		{
			name: "group", bare: true,
			setup: onB(func(p *isakmp.Policy) { p.Group = 2 }), initiator: told,
			responder: because("Diffie-Hellman group offered does not match policy!"),
		},
		{
			name: "authentication", bare: true,
			setup: onB(func(p *isakmp.Policy) { p.Auth = isakmp.RSASignature }), initiator: told,
			responder: because("Authentication method offered does not match policy!"),
		},
		{
			name: "key-length",
			setup: func(w *world) {
				w.a.policy(func(p *isakmp.Policy) { p.Encryption, p.KeyBits = isakmp.AES, 256 })
				w.b.policy(func(p *isakmp.Policy) { p.Encryption, p.KeyBits = isakmp.AES, 128 })
			},
			initiator: told,
			responder: because("encryption AES-CBC", "keylength of 256", "Proposed key length does not match policy"),
		},
		{
			name:  "no-key-responder",
			setup: func(w *world) { w.b.config.Keys = nil }, initiator: told,
			responder: append([]string{"No pre-shared key with 12.12.12.1!"},
				because("Preshared authentication offered but does not match policy!")...),
		},
		{
			name:  "no-key-initiator",
			setup: func(w *world) { w.a.config.Keys = nil },
			initiator: []string{
				"No pre-shared key with 23.23.23.3!", " No Cert or pre-shared address key.",
				" construct_initial_message: Can not start Main mode",
			},
		},
		{
			name: "lifetimes differ", bare: true, up: true,
			setup:     onB(func(p *isakmp.Policy) { p.Lifetime = time.Hour }),
			initiator: []string{"processing NOTIFY RESPONDER_LIFETIME protocol 1", "restart ike sa timer to 3600 secs"},
			responder: []string{"Sending NOTIFY RESPONDER_LIFETIME protocol 1"},
		},
		{
			name: "aes sha group 5", bare: true, up: true,
			setup: onBoth(func(p *isakmp.Policy) { p.Encryption, p.KeyBits, p.Group = isakmp.AES, 256, 5 }),
		},
		{
			name: "3des md5 group 2", bare: true, up: true,
			setup: onBoth(func(p *isakmp.Policy) {
				p.Encryption, p.Hash, p.Group, p.Lifetime = isakmp.TripleDES, isakmp.MD5, 2, time.Minute
			}),
			initiator: []string{"encryption 3DES-CBC", "hash MD5", "default group 2", "life duration (basic) of 60"},
		},
		{
			name: "aes 192 sha256 group 14", bare: true, up: true,
			setup: onBoth(func(p *isakmp.Policy) {
				p.Encryption, p.KeyBits, p.Hash, p.Group = isakmp.AES, 192, isakmp.SHA256, 14
			}),
		},
		{
			name: "sha512 group 15", bare: true, up: true,
			run:   startOnly(15 * time.Second),
			setup: onBoth(func(p *isakmp.Policy) { p.Hash, p.Group = isakmp.SHA512, 15 }),
		},
		{
			name: "sha384 group 16", bare: true, up: true,
			run:   startOnly(15 * time.Second),
			setup: onBoth(func(p *isakmp.Policy) { p.Hash, p.Group = isakmp.SHA384, 16 }),
		},
		{
			name: "second-policy", up: true,
			setup: func(w *world) {
				better := isakmp.NewPolicy(5)
				better.Auth, better.Encryption, better.KeyBits = isakmp.PreShared, isakmp.AES, 256
				w.a.config.SetPolicy(better)
				other := isakmp.NewPolicy(1)
				other.Auth, other.Group = isakmp.PreShared, 5
				w.b.config.SetPolicy(other)
			},
			initiator: []string{
				"Checking ISAKMP transform 2 against priority 5 policy",
				"Encryption algorithm offered does not match policy!",
				"Checking ISAKMP transform 2 against priority 10 policy",
				"atts are acceptable. Next payload is 0",
			},
			responder: []string{
				"Checking ISAKMP transform 1 against priority 1 policy", "atts are not acceptable. Next payload is 3",
				"Checking ISAKMP transform 2 against priority 1 policy", "atts are not acceptable. Next payload is 0",
				"Checking ISAKMP transform 1 against priority 10 policy", "atts are not acceptable. Next payload is 3",
				"Checking ISAKMP transform 2 against priority 10 policy", "atts are acceptable. Next payload is 0",
			},
		},
		{
			name: "wildcard key", bare: true, up: true,
			setup: func(w *world) {
				w.b.config.Keys[0] = isakmp.PresharedKey{Key: "cisco", Addr: zero, Mask: zero}
			},
		},
		{
			name: "wrong-key", run: startOnly(70 * time.Second),
			setup: func(w *world) { w.b.config.Keys = []isakmp.PresharedKey{hostKey("csico", "12.12.12.1")} },
			initiator: []string{
				" phase 1 packet is a duplicate of a previous packet.", " retransmitting due to retransmit phase 1",
				`deleting SA reason "Death by retransmission P1" state (I) MM_KEY_EXCH (peer 23.23.23.3)`,
			},
			responder: []string{
				"%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 12.12.12.1 failed its sanity check or is malformed",
				"incrementing error counter on sa, attempt 1 of 5: PAYLOAD_MALFORMED",
				"retransmitting phase 1 MM_KEY_EXCH...",
				"incrementing error counter on sa, attempt 2 of 5: retransmit phase 1",
				`deleting SA reason "Death by retransmission P1" state (R) MM_KEY_EXCH (peer 12.12.12.1)`,
			},
		},
	}
	for _, s := range scenarios {
		t.Run(s.name, s.test)
	}
}
