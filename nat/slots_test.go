package nat

import (
	"math/rand"
	"testing"
)

// TestSlots compares with a plain array.
func TestSlots(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, n := range []int{1, 63, 64, 65, 4096, 4097, 10_000} {
		s, plain := newSlots(n), make([]bool, n)
		for step := range 20_000 {
			i := random.Intn(n)
			if plain[i] = step%7000 < 5000 || random.Intn(3) == 0; plain[i] {
				s.take(i)
			} else {
				s.free(i)
			}
			from := random.Intn(n + 1)
			want := -1
			for i := from; i < n && want < 0; i++ {
				if !plain[i] {
					want = i
				}
			}
			if got := s.first(from); got != want || s.taken(i) != plain[i] {
				t.Fatalf("of %d: the first from %d is %d, not %d", n, from, got, want)
			}
		}
	}
}
