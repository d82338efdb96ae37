package keymat

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"testing"
)

// TestKeyLengths: the key of each cipher under a hash that is shorter, as long
// and longer than it; the bytes are the beginning of those that TestSchedule
// has from a second implementation.
func TestKeyLengths(t *testing.T) {
	for _, s := range schedule {
		for _, c := range []struct {
			encryption uint16
			bits, want int
		}{{1, 0, 8}, {5, 0, 24}, {7, 128, 16}, {7, 192, 24}, {7, 256, 32}} {
			m := material(s.hash)
			m.Encryption, m.KeyBits = c.encryption, c.bits
			p, err := Derive(m)
			if err != nil {
				t.Fatal(err)
			}
			key := p.CipherKey()
			if len(key) != c.want {
				t.Errorf("hash %d, cipher %d of %d bits: a key of %d octets", s.hash, c.encryption, c.bits, len(key))
			}
			// Where the hash is long enough for both, or for neither, the keys begin alike.
			if size := s.hash.Size(); (size >= 32) == (size >= c.want) && !bytes.HasPrefix(unhex(t, s.key), key) {
				t.Errorf("hash %d, cipher %d of %d bits: %x", s.hash, c.encryption, c.bits, key)
			}
		}
	}
}

// TestKeymatLengths: what is derived is as long as is asked for, and the longer
// begins with the shorter.
func TestKeymatLengths(t *testing.T) {
	p, err := Derive(material(1))
	if err != nil {
		t.Fatal(err)
	}
	long := p.Keymat(100, nil, 3, 0xd137a1b6, ramp(20, 0, 1), ramp(20, 100, 1))
	for _, n := range []int{0, 1, 15, 16, 17, 32, 33, 48} {
		if got := p.Keymat(n, nil, 3, 0xd137a1b6, ramp(20, 0, 1), ramp(20, 100, 1)); !bytes.Equal(got, long[:n]) {
			t.Errorf("%d octets: %x", n, got)
		}
	}
	for name, other := range map[string][]byte{
		"another protocol": p.Keymat(16, nil, 2, 0xd137a1b6, ramp(20, 0, 1), ramp(20, 100, 1)),
		"another SPI":      p.Keymat(16, nil, 3, 0xd137a1b7, ramp(20, 0, 1), ramp(20, 100, 1)),
		"nonces swapped":   p.Keymat(16, nil, 3, 0xd137a1b6, ramp(20, 100, 1), ramp(20, 0, 1)),
	} {
		if bytes.Equal(other, long[:16]) {
			t.Errorf("%s: the same key", name)
		}
	}
}

// TestHashOfEachSide: HASH_I begins with the initiator's public value and cookie,
// HASH_R with the responder's (RFC 2409 §5). Both were computed by another
// implementation, for two ends of ours would agree on swapped ones.
func TestHashOfEachSide(t *testing.T) {
	m := material(1)
	p, err := Derive(m)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		got  []byte
		want string
	}{
		"HASH_I": {p.Hash(m.PublicI, m.PublicR, m.CookieI, m.CookieR, []byte("SA"), []byte("ID")), "d9c415db8dbcbd1f4e461e599f86b4ab"},
		"HASH_R": {p.Hash(m.PublicR, m.PublicI, m.CookieR, m.CookieI, []byte("SA"), []byte("ID")), "410cdcd8fd6fa7ccc9b0252312dd057b"},
	} {
		if hex.EncodeToString(tt.got) != tt.want {
			t.Errorf("%s is %x, want %s", name, tt.got, tt.want)
		}
	}
}

// TestIVsAreCopies: who gets an IV may write into it.
func TestIVsAreCopies(t *testing.T) {
	p, err := Derive(material(2))
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Clone(p.IV())
	clear(p.IV())
	if !bytes.Equal(p.IV(), want) {
		t.Error("the IV of phase 1 was changed from outside")
	}
	text, next := p.Encrypt(p.IV(), []byte("sixteen octets..and more"))
	before := bytes.Clone(next)
	clear(text)
	if !bytes.Equal(next, before) {
		t.Error("the next IV is part of the message")
	}
}

// TestBlocks: what is encrypted fills whole blocks, and one that is full has no
// padding after it.
func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		encryption uint16
		bits, size int
	}{{1, 0, 8}, {5, 0, 8}, {7, 128, 16}} {
		m := material(2)
		m.Encryption, m.KeyBits = c.encryption, c.bits
		p, err := Derive(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.IV()) != c.size || len(p.ExchangeIV(p.IV(), 1)) != c.size {
			t.Errorf("cipher %d: IVs of %d and %d octets", c.encryption, len(p.IV()), len(p.ExchangeIV(p.IV(), 1)))
		}
		for n, want := range map[int]int{1: c.size, c.size - 1: c.size, c.size: c.size, c.size + 1: 2 * c.size} {
			plain := bytes.Repeat([]byte{7}, n)
			text, next := p.Encrypt(p.IV(), plain)
			if len(text) != want || !bytes.Equal(next, text[len(text)-c.size:]) {
				t.Errorf("cipher %d: %d octets became %d, next IV %x", c.encryption, n, len(text), next)
			}
			back, _, err := p.Decrypt(p.IV(), text)
			if err != nil || !bytes.Equal(back, append(plain, make([]byte, want-n)...)) {
				t.Errorf("cipher %d: %d octets came back as %x, %v", c.encryption, n, back, err)
			}
		}
		for _, n := range []int{0, c.size - 1, c.size + 1} {
			if _, _, err := p.Decrypt(p.IV(), make([]byte, n)); !errors.Is(err, ErrCiphertext) {
				t.Errorf("cipher %d: %d octets: %v", c.encryption, n, err)
			}
		}
	}
}

func TestZeroForgetsTheCipherKey(t *testing.T) {
	p, err := Derive(material(2))
	if err != nil {
		t.Fatal(err)
	}
	key := p.CipherKey()
	p.Zero()
	if !bytes.Equal(key, make([]byte, len(key))) {
		t.Errorf("%x is left", key)
	}
}

// TestSecretsAreOverwritten: the random octets of a secret once it is made of them, the
// secret once the exchange is given up, and what the keys are made of.
func TestSecretsAreOverwritten(t *testing.T) {
	g, _ := LookupGroup(1)
	random := bytes.Repeat([]byte{3}, g.SecretLen())
	pair := g.Generate(random)
	words := pair.secret.Bits()
	pair.Discard()
	if !bytes.Equal(random, make([]byte, len(random))) || slices.Max(words) != 0 {
		t.Error("a secret is left")
	}
	if pair.public != nil {
		t.Error("a public value was computed that nothing asked for")
	}
	(*KeyPair)(nil).Discard()
	m := material(2)
	m.Shared = bytes.Clone(m.Shared)
	m.Zero()
	if !bytes.Equal(m.PSK, make([]byte, len(m.PSK))) || !bytes.Equal(m.Shared, make([]byte, len(m.Shared))) {
		t.Errorf("%+v is left", m)
	}
}

func TestHashSizes(t *testing.T) {
	for h, want := range map[Hash]int{1: 16, 2: 20, 4: 32, 5: 48, 6: 64} {
		if !h.Known() || h.Size() != want || len(h.Sum(nil)) != want {
			t.Errorf("hash %d: known %v, %d octets", h, h.Known(), h.Size())
		}
	}
	for _, h := range []Hash{0, 3, 7} {
		if h.Known() {
			t.Errorf("hash %d is known", h)
		}
	}
}
