package esp

import (
	"errors"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestKeysAreNotPrinted: a key that gets into a log by mistake is not in it.
func TestKeysAreNotPrinted(t *testing.T) {
	if got := (Keys{Cipher: []byte("secret"), Auth: []byte("secret")}).String(); got != "(keys)" {
		t.Errorf("printed as %q", got)
	}
}

// TestStates: no two workers have one state, and one that is given back is used
// again.
func TestStates(t *testing.T) {
	out, in := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	first, err := in.Opener()
	if err != nil {
		t.Fatal(err)
	}
	second, _ := in.Opener()
	first.Close()
	second.Close()
	third, _ := in.Opener()
	fourth, _ := in.Opener()
	if first.state == second.state || third.state == fourth.state {
		t.Error("two workers have one state")
	}
	if third.state != second.state || fourth.state != first.state {
		t.Error("states that were given back are not used again")
	}
	// A state that comes back when the SA has gone is not kept.
	sealer, err := out.Sealer()
	if err != nil {
		t.Fatal(err)
	}
	out.Zero()
	sealer.Close()
	if len(out.spare) != 0 {
		t.Error("a state of an SA that is gone is kept")
	}
}

// TestNumbersWithoutAuthentication: without it no number is old, not even one that
// is never sent.
func TestNumbersWithoutAuthentication(t *testing.T) {
	out, in := pair(t, Transform{Cipher: DES}, nil)
	outer, err := out.Seal(nil, echo(40, packet.IPv4Fields{}))
	if err != nil {
		t.Fatal(err)
	}
	clear(outer[24:28]) // the sequence number
	if _, err := in.Open(nil, outer); err != nil || in.window.Top() != 0 {
		t.Errorf("%v; the window is at %d", err, in.window.Top())
	}
}

// TestOpeningWhenGone: a packet that comes when the keys are gone is refused, and
// counted.
func TestOpeningWhenGone(t *testing.T) {
	out, in := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	outer, err := out.Seal(nil, echo(60, packet.IPv4Fields{}))
	if err != nil {
		t.Fatal(err)
	}
	in.Zero()
	if inner, err := in.Open(nil, outer); !errors.Is(err, ErrGone) || inner != nil || in.p.Counters.RecvErrors.Load() != 1 || in.Used() {
		t.Errorf("opened % x, %v", inner, err)
	}
}
