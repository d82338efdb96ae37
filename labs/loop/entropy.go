package loop

import (
	cryptorand "crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/rand/v2"
)

// Entropy hands out streams of random bytes, one per node and purpose, so that
// one more router, or one more draw for one purpose, shifts no other's values.
type Entropy struct {
	master [32]byte
}

// Seeded returns the entropy of a seed: the same streams in every run.
func Seeded(seed uint64) *Entropy {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], seed)
	return &Entropy{sha256.Sum256(append([]byte("ioslab seed "), b[:]...))}
}

// Unseeded returns entropy of the system's: other streams in every run.
func Unseeded() *Entropy {
	e := new(Entropy)
	cryptorand.Read(e.master[:]) // never fails: see its documentation
	return e
}

// Stream returns the random bytes of a node for a purpose, from their beginning.
// It is a cryptographic generator (ChaCha8), as keys are drawn from it.
func (e *Entropy) Stream(node, purpose string) io.Reader {
	return rand.NewChaCha8(e.key(node, purpose))
}

// Source is Stream in the form in which math/rand/v2 wants it.
func (e *Entropy) Source(node, purpose string) *rand.Rand {
	return rand.New(rand.NewChaCha8(e.key(node, purpose)))
}

func (e *Entropy) key(node, purpose string) [32]byte {
	h := sha256.New()
	h.Write(e.master[:])
	// The length keeps ("a", "bc") and ("ab", "c") apart.
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(node)))
	h.Write(n[:])
	io.WriteString(h, node)
	io.WriteString(h, purpose)
	return [32]byte(h.Sum(nil))
}
