package isakmp

import (
	"bytes"
	"testing"

	"github.com/ioslab/ioslab/isakmp/keymat"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestKeysOfPhase1 are made of both ends' values, by who the initiator is (RFC 2409 §5).
func TestKeysOfPhase1(t *testing.T) {
	fill := func(n int, b byte) []byte { return bytes.Repeat([]byte{b}, n) }
	for _, role := range []Role{Initiator, Responder} {
		n := newScene()
		s := n.newSA(n.drivers[wire.ExchangeMain], role, at("1.1.1.1:500"), at("2.2.2.2:500"))
		s.cookieI, s.cookieR = wire.Cookie{1}, wire.Cookie{2}
		p := NewPolicy(10)
		p.Encryption, p.KeyBits, p.Hash = AES, 256, SHA256
		s.adopt(p)
		own, peers := s.pair.Public(), fill(96, 0x44)
		nonce := fill(20, 0xff) // what the scene draws
		want := keymat.Material{
			Hash: keymat.Hash(SHA256), Encryption: uint16(AES), KeyBits: 256, PSK: []byte("cisco"), Shared: fill(96, 0x77),
			CookieI: s.cookieI[:], CookieR: s.cookieR[:],
			PublicI: own, PublicR: peers, NonceI: nonce, NonceR: fill(20, 0x22),
		}
		if role == Initiator {
			s.publicI, s.nonceI = own, nonce
		} else {
			want.PublicI, want.PublicR, want.NonceI, want.NonceR = peers, own, fill(20, 0x22), nonce
		}
		keys, err := keymat.Derive(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.derive(keymat.Material{PSK: []byte("cisco"), Shared: fill(96, 0x77)}, peers, fill(20, 0x22)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(s.keys.CipherKey(), keys.CipherKey()) || !bytes.Equal(s.iv, keys.IV()) ||
			!bytes.Equal(s.keys.Authenticate(7), keys.Authenticate(7)) || !bytes.Equal(s.keys.Hash(nil, nil, nil, nil, nil, nil), keys.Hash(nil, nil, nil, nil, nil, nil)) {
			t.Errorf("%c: other keys", role)
		}
		for i, got := range [][]byte{s.publicI, s.publicR, s.nonceI, s.nonceR} {
			if !bytes.Equal(got, [][]byte{want.PublicI, want.PublicR, want.NonceI, want.NonceR}[i]) {
				t.Errorf("%c: value %d is another", role, i)
			}
		}
		if !discarded(s.pair) {
			t.Errorf("%c: the secret of the exchange is left", role)
		}
	}
}

// discarded reports whether a pair has no secret any more: what it would share is 1.
func discarded(p *keymat.KeyPair) bool {
	three := make([]byte, 96)
	three[95] = 3
	shared, err := p.Shared(three)
	return err == nil && bytes.Equal(bytes.TrimLeft(shared, "\x00"), []byte{1})
}

// TestKeysOfAPair: by the SPI of each receiver, of the lengths that the transform has. What
// they are made of is cleared, and they belong to the key engine alone.
func TestKeysOfAPair(t *testing.T) {
	for _, role := range []Role{Initiator, Responder} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:500", "2.2.2.2:500", 1, 2)
		s.keys, s.conn, s.peerID, s.state = somePhase1(t), 9, "R2", StateP1Complete
		q := s.newQuick(7, role)
		q.nonceI, q.nonceR = []byte("nonceI"), []byte("nonceR")
		p := Proposal{ProtoESP, ESPAES, 192, AuthHMACSHA, EncapsTunnel}
		f := flow{initiators: Proxy{Port: 1}, responders: Proxy{Port: 2}, ok: true}
		shared := []byte("shared")
		keys := func(spi uint32) (k SAKeys) {
			all := s.keys.Keymat(44, []byte("shared"), ProtoESP, spi, q.nonceI, q.nonceR)
			return SAKeys{all[:24], all[24:]}
		}
		q.build(choice{offer: offer{proposal: p, group: 5}, spi: 0x2000}, f, 0x1000, Lifetime{60, 70}, shared)
		if !bytes.Equal(shared, make([]byte, 6)) {
			t.Errorf("%c: the shared secret is left: %q", role, shared)
		}
		q.install()
		if len(n.ipsec.installed) != 1 || q.sas.Inbound.Encryption != nil || q.sas.Outbound.Authentication != nil {
			t.Fatalf("%c: %d pairs, %+v", role, len(n.ipsec.installed), q.sas)
		}
		got := n.ipsec.installed[0]
		for _, tt := range []struct{ got, want SAKeys }{{got.Inbound, keys(0x1000)}, {got.Outbound, keys(0x2000)}} {
			if !bytes.Equal(tt.got.Encryption, tt.want.Encryption) || !bytes.Equal(tt.got.Authentication, tt.want.Authentication) {
				t.Errorf("%c: keys %x, want %x", role, tt.got, tt.want)
			}
			tt.got.Zero()
			if len(bytes.Trim(tt.got.Encryption, "\x00"))+len(bytes.Trim(tt.got.Authentication, "\x00")) != 0 {
				t.Errorf("%c: cleared, %x is left", role, tt.got)
			}
		}
		ours, its := f.responders, f.initiators
		if role == Initiator {
			ours, its = its, ours
		}
		if got.LocalProxy != ours || got.RemoteProxy != its || got.Initiator != (role == Initiator) || got.PFS != 5 || got.Proposal != p ||
			got.InboundSPI != 0x1000 || got.OutboundSPI != 0x2000 || got.Seconds != 60 || got.Kilobytes != 70 || got.ConnID != 9 || got.PeerID != "R2" {
			t.Errorf("%c: %+v", role, got)
		}
	}
}

// TestMobilePairs: a peer may move where a NAT is before it, and none before us.
func TestMobilePairs(t *testing.T) {
	for _, tt := range []struct{ inside, peerInside, want bool }{
		{false, false, false}, {true, false, false}, {false, true, true}, {true, true, false},
	} {
		n := newScene()
		s := n.enter(Responder, "1.1.1.1:4500", "2.2.2.2:4500", 1, 2)
		s.keys, s.inside, s.peerInside = somePhase1(t), tt.inside, tt.peerInside
		q := s.newQuick(7, Responder)
		q.build(choice{offer: offer{proposal: Proposal{Protocol: ProtoESP, Transform: ESPDES}}}, flow{}, 1, Lifetime{}, nil)
		if q.sas.Mobile != tt.want {
			t.Errorf("%+v: mobile %v", tt, q.sas.Mobile)
		}
	}
}
