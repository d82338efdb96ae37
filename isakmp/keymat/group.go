package keymat

import (
	"errors"
	"math/big"
)

// ErrPublicValue is a public value that a decent peer would not send: of the
// wrong length, or one that makes the secret foreseeable.
var ErrPublicValue = errors.New("keymat: unacceptable public value")

// Group is a MODP group.
type Group struct {
	ID       int
	Bits     int
	exponent int
	p        *big.Int
	last     *big.Int // p-1
}

var groups = buildGroups()

func buildGroups() map[int]*Group {
	m := make(map[int]*Group, len(primes))
	for _, row := range primes {
		p, ok := new(big.Int).SetString(row.prime, 16)
		if !ok {
			panic("keymat: a prime that is no number")
		}
		m[row.group] = &Group{
			ID:       row.group,
			Bits:     row.bits,
			exponent: row.exponent,
			p:        p,
			last:     new(big.Int).Sub(p, big.NewInt(1)),
		}
	}
	return m
}

// LookupGroup finds a group by its number: 1, 2, 5, 14, 15 or 16.
func LookupGroup(id int) (*Group, bool) {
	g, ok := groups[id]
	return g, ok
}

// Len is the length of a public value in octets.
func (g *Group) Len() int { return g.Bits / 8 }

// KeyPair is one side of an exchange.
type KeyPair struct {
	group  *Group
	secret *big.Int
	public []byte // nil until it is asked for
}

var two = big.NewInt(2)

// SecretLen is how many random octets Generate wants.
func (g *Group) SecretLen() int { return g.exponent / 8 }

// Generate makes a secret of random octets, which it clears. The highest bit is set:
// a secret is never short.
func (g *Group) Generate(random []byte) *KeyPair {
	secret := new(big.Int).SetBytes(random)
	clear(random)
	secret.SetBit(secret, g.exponent-1, 1)
	return &KeyPair{group: g, secret: secret}
}

// Public is g^x, padded to the group's length (RFC 2409 §5). It is computed when
// it is first asked for: a responder has its pair from the first message on,
// which anyone can send, and needs it in answer to the third.
func (k *KeyPair) Public() []byte {
	if k.public == nil {
		k.public = k.group.pad(new(big.Int).Exp(two, k.secret, k.group.p))
	}
	return k.public
}

// Check reports whether a peer's public value is acceptable: neither 0, 1 nor p-1
// nor beyond, which would leave the secret among a handful of values. In a
// group with a safe prime no others are degenerate.
func (g *Group) Check(public []byte) error {
	if len(public) != g.Len() {
		return ErrPublicValue
	}
	y := new(big.Int).SetBytes(public)
	if y.Cmp(two) < 0 || y.Cmp(g.last) >= 0 {
		return ErrPublicValue
	}
	return nil
}

// Shared computes g^xy from the peer's public value.
func (k *KeyPair) Shared(public []byte) ([]byte, error) {
	if err := k.group.Check(public); err != nil {
		return nil, err
	}
	y := new(big.Int).SetBytes(public)
	return k.group.pad(y.Exp(y, k.secret, k.group.p)), nil
}

// Zero forgets the secret; the public value stays.
func (k *KeyPair) Zero() {
	k.Public()
	k.Discard()
}

// Discard forgets the secret of a pair that is of no use any more: a public value that
// was not asked for is not computed. A nil pair has none.
func (k *KeyPair) Discard() {
	if k != nil {
		clear(k.secret.Bits())
		k.secret.SetInt64(0)
	}
}

func (g *Group) pad(n *big.Int) []byte { return n.FillBytes(make([]byte, g.Len())) }

// Group is the number of the pair's group.
func (k *KeyPair) Group() int { return k.group.ID }
