package keymat

import (
	"bytes"
	"errors"
	"math/big"
	"testing"
)

// piBits is floor(2^n pi), by Machin's formula.
func piBits(n uint) *big.Int {
	const guard = 64
	one := new(big.Int).Lsh(big.NewInt(1), n+guard)
	arctan := func(x int64) *big.Int {
		square := big.NewInt(x * x)
		term := new(big.Int).Div(one, big.NewInt(x))
		sum := new(big.Int).Set(term)
		for k := int64(3); term.Sign() != 0; k += 2 {
			term.Div(term, square)
			part := new(big.Int).Div(term, big.NewInt(k))
			if k%4 == 3 {
				sum.Sub(sum, part)
			} else {
				sum.Add(sum, part)
			}
		}
		return sum
	}
	pi := new(big.Int).Mul(arctan(5), big.NewInt(4))
	pi.Sub(pi, arctan(239)).Mul(pi, big.NewInt(4))
	return pi.Rsh(pi, guard)
}

// TestPrimes: the primes are those of the RFCs' formula, 2^n - 2^(n-64) - 1 +
// 2^64 * ([2^(n-130) pi] + c), and safe ones.
func TestPrimes(t *testing.T) {
	for _, tt := range []struct {
		group int
		n     uint
		c     int64
	}{{1, 768, 149686}, {2, 1024, 129093}, {5, 1536, 741804}, {14, 2048, 124476}, {15, 3072, 1690314}, {16, 4096, 240904}} {
		g, ok := LookupGroup(tt.group)
		if !ok || g.Bits != int(tt.n) || g.Len() != int(tt.n/8) {
			t.Errorf("group %d: %+v", tt.group, g)
			continue
		}
		p := new(big.Int).Add(piBits(tt.n-130), big.NewInt(tt.c))
		p.Lsh(p, 64)
		p.Add(p, new(big.Int).Lsh(big.NewInt(1), tt.n))
		p.Sub(p, new(big.Int).Lsh(big.NewInt(1), tt.n-64))
		p.Sub(p, big.NewInt(1))
		if p.Cmp(g.p) != 0 {
			t.Errorf("group %d: another prime", tt.group)
		}
		if half := new(big.Int).Rsh(p, 1); !p.ProbablyPrime(1) || !half.ProbablyPrime(1) {
			t.Errorf("group %d: not a safe prime", tt.group)
		}
	}
	if _, ok := LookupGroup(3); ok {
		t.Error("group 3 exists")
	}
}

func TestShared(t *testing.T) {
	for _, row := range primes {
		g, _ := LookupGroup(row.group)
		a := g.Generate(bytes.Repeat([]byte{1}, g.SecretLen()))
		b := g.Generate(bytes.Repeat([]byte{2}, g.SecretLen()))
		again := g.Generate(bytes.Repeat([]byte{1}, g.SecretLen()))
		if bytes.Equal(a.Public(), b.Public()) || len(a.Public()) != g.Len() || a.Group() != row.group {
			t.Errorf("group %d: public values", row.group)
		}
		ab, err1 := a.Shared(b.Public())
		ba, err2 := b.Shared(a.Public())
		if err1 != nil || err2 != nil || !bytes.Equal(ab, ba) || len(ab) != g.Len() {
			t.Errorf("group %d: %v, %v", row.group, err1, err2)
		}
		public := a.Public()
		a.Zero()
		again.Zero()
		if !bytes.Equal(a.Public(), public) || !bytes.Equal(again.Public(), public) {
			t.Errorf("group %d: the public value has gone with the secret", row.group)
		}
		if a.secret.Sign() != 0 {
			t.Errorf("group %d: the secret is left", row.group)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, row := range primes {
		g, _ := LookupGroup(row.group)
		value := func(n *big.Int) []byte { return n.FillBytes(make([]byte, g.Len())) }
		off := func(n int64) []byte { return value(new(big.Int).Add(g.p, big.NewInt(n))) }
		for name, b := range map[string][]byte{
			"0": value(big.NewInt(0)), "1": value(big.NewInt(1)), "p-1": off(-1), "p": off(0), "p+1": off(1),
			"short": make([]byte, g.Len()-1), "long": make([]byte, g.Len()+1), "nothing": nil,
			"all ones": bytes.Repeat([]byte{0xff}, g.Len()),
		} {
			if err := g.Check(b); !errors.Is(err, ErrPublicValue) {
				t.Errorf("group %d: %s: %v", row.group, name, err)
			}
		}
		for name, b := range map[string][]byte{"2": value(big.NewInt(2)), "p-2": off(-2)} {
			if err := g.Check(b); err != nil {
				t.Errorf("group %d: %s: %v", row.group, name, err)
			}
		}
	}
}
