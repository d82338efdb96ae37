package isakmp

import (
	"testing"
	"time"
)

// TestCostsOfTheTrace: what the stamps of the reference trace gave. The stamps of all
// transcripts follow from these.
func TestCostsOfTheTrace(t *testing.T) {
	for _, tt := range []struct {
		name string
		got  time.Duration
		want int // ms
	}{
		{"receiving", costReceive, 3}, {"an offer", costOffer, 6}, {"building", costBuild, 2}, {"a nonce", costNonce, 7},
		{"a hash", costHash, 1}, {"encryption", costCrypt, 1}, {"keys", costKeys, 3}, {"a proof", costProof, 6},
		{"a request", costRequest, 5}, {"keys of a pair", costKeymat, 6},
		{"group 1", costDH(1), 66}, {"group 2", costDH(2), 130}, {"group 5", costDH(5), 280},
		{"group 14", costDH(14), 500}, {"group 15", costDH(15), 1050}, {"group 16", costDH(16), 1800},
	} {
		if tt.got != time.Duration(tt.want)*time.Millisecond {
			t.Errorf("%s costs %v, want %d ms", tt.name, tt.got, tt.want)
		}
	}
}
