package isakmp

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ioslab/ioslab/isakmp/keymat"
)

// TestSecretOfWhatIsGivenUp: a key exchange that has come to nothing leaves no secret
// behind.
func TestSecretOfWhatIsGivenUp(t *testing.T) {
	group, _ := keymat.LookupGroup(1)
	pair := func() *keymat.KeyPair { return group.Generate(bytes.Repeat([]byte{3}, group.SecretLen())) }
	q := quickWith(&asked{}, Initiator)
	q.s.e.env.Clock = &still{}
	q.s.peer = &peer{}
	q.pair, q.s.pair = pair(), pair()
	q.finish(true, NodeUnanswered)
	q.s.abandon()
	for of, p := range map[string]*keymat.KeyPair{"quick mode": q.pair, "main mode": q.s.pair} {
		if new(big.Int).SetBytes(p.Public()).Cmp(big.NewInt(1)) != 0 { // 2 to the power of 0
			t.Errorf("the secret of %s is left", of)
		}
	}
}
