package esp

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestOutline compares what would be sealed with what then is: the same headers and
// length, and no sequence number used before.
func TestOutline(t *testing.T) {
	for _, tr := range allTransforms() {
		for _, size := range []int{28, 100, 1400} {
			out, _ := pair(t, tr, nil)
			inner := echo(size, packet.IPv4Fields{TOS: 0xb8, DF: true})
			if _, err := out.Outline(inner); err != nil {
				t.Fatal(err)
			}
			outline, err := out.Outline(inner)
			if err != nil {
				t.Fatal(err)
			}
			if out.Used() || out.seq.Load() != 0 {
				t.Fatal("an outline was counted")
			}
			header := bytes.Clone(outline[:packet.MinIPv4Header])
			sealed, err := out.Seal(outline, inner)
			if err != nil {
				t.Fatal(err)
			}
			if &sealed[0] != &outline[0] || len(sealed) != len(outline) || !bytes.Equal(sealed[:packet.MinIPv4Header], header) {
				t.Errorf("%v, %d bytes: outline % x of %d bytes, sealed % x of %d", tr, size, header, len(outline), sealed[:20], len(sealed))
			}
		}
	}
}

func TestOutlineOfAnSAAtItsEnd(t *testing.T) {
	out, _ := pair(t, allTransforms()[0], nil)
	out.seq.Store(math.MaxUint32)
	if _, err := out.Outline(echo(100, packet.IPv4Fields{})); !errors.Is(err, ErrSequence) {
		t.Errorf("got %v", err)
	}
}
