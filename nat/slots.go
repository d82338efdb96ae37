package nat

import "math/bits"

// slots are numbers from 0 that are free or taken. The lowest free one from some number
// on is found in a few steps, however many are taken: above the words with a bit a
// number are words with a bit for each word that is full, and so on.
type slots struct {
	levels [][]uint64
}

func newSlots(n int) *slots {
	s := new(slots)
	for more := true; more; {
		words := make([]uint64, (n+63)/64)
		if over := n % 64; over != 0 {
			words[len(words)-1] = ^uint64(0) << over // there is no such number
		}
		s.levels = append(s.levels, words)
		more, n = len(words) > 1, len(words)
	}
	return s
}

func (s *slots) taken(i int) bool { return s.levels[0][i/64]>>(i%64)&1 != 0 }

func (s *slots) take(i int) {
	for _, words := range s.levels {
		words[i/64] |= 1 << (i % 64)
		if words[i/64] != ^uint64(0) {
			return
		}
		i /= 64
	}
}

func (s *slots) free(i int) {
	for _, words := range s.levels {
		full := words[i/64] == ^uint64(0)
		words[i/64] &^= 1 << (i % 64)
		if !full {
			return
		}
		i /= 64
	}
}

// first is the lowest free number that is not below from, -1 where there is none.
func (s *slots) first(from int) int {
	for level, words := range s.levels {
		if from/64 >= len(words) {
			return -1
		}
		if free := ^words[from/64] & (^uint64(0) << (from % 64)); free != 0 {
			at := from/64*64 + bits.TrailingZeros64(free)
			for level--; level >= 0; level-- {
				at = at*64 + bits.TrailingZeros64(^s.levels[level][at])
			}
			return at
		}
		from = from/64 + 1
	}
	return -1
}
