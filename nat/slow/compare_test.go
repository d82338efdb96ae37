package slow_test

import (
	"math/rand"
	"testing"

	"github.com/ioslab/ioslab/nat/slow"
)

func TestCompare(t *testing.T) {
	for seed := range int64(60) {
		if err := slow.Compare(rand.New(rand.NewSource(seed)), 1000); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}
