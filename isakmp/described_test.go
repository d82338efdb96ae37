package isakmp

import (
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestDescribedWithoutKeys: what an encrypted message says is not told where there is
// nothing to decrypt it with.
func TestDescribedWithoutKeys(t *testing.T) {
	n := newScene()
	n.env.Watched = func() bool { return true }
	s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
	h := wire.Header{CookieI: s.cookieI, CookieR: s.cookieR, Next: wire.HashPayload, Exchange: wire.ExchangeQuick, Flags: wire.FlagEncrypted, MessageID: 7}
	raw := append(wire.AppendHeader(nil, h), make([]byte, 32)...)
	waits := s.newQuick(7, Initiator) // which has no IV yet
	for name, prepare := range map[string]func() *sa{
		"no SA":                          func() *sa { return nil },
		"no keys":                        func() *sa { return s },
		"an exchange that has not begun": func() *sa { waits.enter(); s.keys, s.iv = somePhase1(t), make([]byte, 8); return s },
		"half a block":                   func() *sa { raw = raw[:len(raw)-4]; s.keys, s.iv = somePhase1(t), make([]byte, 8); return s },
	} {
		s.exchanges, s.keys = nil, nil
		was := raw
		m := n.describe(prepare(), h, raw)
		raw = was
		if m == nil || !m.Encrypted || m.ID != 7 || m.Number != 1 || m.Again || len(m.Payloads) != 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
}
