package keymat

import (
	"bytes"
	"errors"
	"math/big"
	"testing"
)

// TestSecret: how much randomness a secret takes, and where its highest bit is.
func TestSecret(t *testing.T) {
	for _, tt := range []struct{ group, octets int }{{1, 32}, {2, 32}, {5, 32}, {14, 32}, {15, 40}, {16, 40}} {
		g, _ := LookupGroup(tt.group)
		if g.ID != tt.group || g.SecretLen() != tt.octets {
			t.Errorf("group %d: ID %d, a secret of %d octets, want %d", tt.group, g.ID, g.SecretLen(), tt.octets)
		}
		// Nothing random: what is left is the highest bit.
		highest := new(big.Int).Lsh(big.NewInt(1), uint(8*tt.octets-1))
		want := new(big.Int).Exp(big.NewInt(2), highest, g.p).FillBytes(make([]byte, g.Len()))
		if got := g.Generate(make([]byte, tt.octets)).Public(); !bytes.Equal(got, want) {
			t.Errorf("group %d: a secret of zeros has the public value %x…, want %x…", tt.group, got[:8], want[:8])
		}
		// A secret that has the bit already stays as it is.
		full := bytes.Repeat([]byte{0xff}, tt.octets)
		want = new(big.Int).Exp(big.NewInt(2), new(big.Int).SetBytes(full), g.p).FillBytes(make([]byte, g.Len()))
		if got := g.Generate(full).Public(); !bytes.Equal(got, want) {
			t.Errorf("group %d: a secret of ones has the public value %x…, want %x…", tt.group, got[:8], want[:8])
		}
	}
}

// TestCheckLength: a good value with a zero before it, or without its own
// leading zero, is of the wrong length.
func TestCheckLength(t *testing.T) {
	g, _ := LookupGroup(1)
	small := big.NewInt(0x1234).FillBytes(make([]byte, g.Len()))
	if err := g.Check(small); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"longer": append([]byte{0}, small...), "shorter": small[1:]} {
		if err := g.Check(b); !errors.Is(err, ErrPublicValue) {
			t.Errorf("%s: %v", name, err)
		}
		pair := g.Generate(make([]byte, g.SecretLen()))
		if shared, err := pair.Shared(b); !errors.Is(err, ErrPublicValue) || shared != nil {
			t.Errorf("%s: shared %x, %v", name, shared, err)
		}
	}
}

// TestPublicOnce: the public value is computed once, and Zero keeps it also where
// it was not asked for before.
func TestPublicOnce(t *testing.T) {
	g, _ := LookupGroup(1)
	pair := g.Generate(bytes.Repeat([]byte{3}, g.SecretLen()))
	first := pair.Public()
	if again := pair.Public(); &first[0] != &again[0] {
		t.Error("computed twice")
	}
	words := pair.secret.Bits()
	pair.Zero()
	for _, w := range words {
		if w != 0 {
			t.Fatal("words of the secret are left in memory")
		}
	}
}
