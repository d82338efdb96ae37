package isakmp

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestProofVectors pins HASH_I and HASH_R (RFC 2409 §5) to what an implementation
// in another language made of the same values, on either side of the SA.
func TestProofVectors(t *testing.T) {
	fill := func(n int, b byte) []byte { return bytes.Repeat([]byte{b}, n) }
	material := keymat.Material{
		Hash: keymat.Hash(SHA), Encryption: uint16(DES), PSK: []byte("cisco"),
		NonceI: fill(20, 0x11), NonceR: fill(20, 0x22), PublicI: fill(96, 0x33), PublicR: fill(96, 0x44),
		CookieI: fill(8, 0x55), CookieR: fill(8, 0x66), Shared: fill(96, 0x77),
	}
	keys, err := keymat.Derive(material)
	if err != nil {
		t.Fatal(err)
	}
	e := New(Env{})
	for _, tt := range []struct {
		role Role
		id   string
		want string
	}{
		{Initiator, "12.12.12.1", "4812adb080ebc6f52e9245a6de5c24b2bbb037e9"},
		{Responder, "23.23.23.3", "b42a949a3e5b7f8c7bb3f175edb5809f7d924cfb"},
	} {
		id := wire.AppendID(nil, wire.ID{
			Type: wire.IDIPv4Addr, Protocol: 17, Port: 500, Data: netip.MustParseAddr(tt.id).AsSlice(),
		})
		end := func(role Role) *sa {
			s := e.newSA(e.drivers[wire.ExchangeMain], role, netip.AddrPort{}, netip.AddrPort{})
			s.keys, s.saBody = keys, []byte("SAi_b")
			s.publicI, s.publicR = material.PublicI, material.PublicR
			s.cookieI, s.cookieR = wire.Cookie(material.CookieI), wire.Cookie(material.CookieR)
			return s
		}
		proof := preShared{}.prove(end(tt.role), id)
		if got := hex.EncodeToString(proof[0].Body); got != tt.want {
			t.Errorf("%c proves %s", tt.role, got)
		}
		m := &message{payloads: proof}
		if err := (preShared{}).check(end(tt.role.other()), m, id); err != nil {
			t.Errorf("the proof of %c: %v", tt.role, err)
		}
		if err := (preShared{}).check(end(tt.role), m, id); err == nil {
			t.Errorf("%c takes its own proof for the peer's", tt.role)
		}
	}
}
