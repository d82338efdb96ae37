package ios

import (
	"bytes"
	"io"
	"testing"
)

// A router that comes up again with the cookie and the nonce of its former life
// sends a first message that its peer has seen, and gets no answer.
func TestRandomnessGoesOnThroughAReset(t *testing.T) {
	r := loneRouter(t, "").Router
	draw := func() []byte {
		b := make([]byte, 16)
		if _, err := io.ReadFull(r.stream("isakmp"), b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	before := draw()
	if err := r.Reset(); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(draw(), before) {
		t.Error("the same bytes once more")
	}
}
