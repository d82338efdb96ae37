package esp

import (
	"bytes"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestKeysAreCopied: an SA goes on with its keys when those that it was made of
// are cleared, and clears no keys but its own.
func TestKeysAreCopied(t *testing.T) {
	for _, tr := range []Transform{{Cipher: AES, KeyBits: 256, Auth: SHA1}, {Cipher: TripleDES}, {Cipher: Null, Auth: MD5}} {
		p := params(t, tr)
		want := p.Keys.Clone()
		out, err := NewOutbound(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Keys.Zero()
		outer, err := out.Seal(nil, echo(60, packet.IPv4Fields{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, inner := naiveOpen(t, tr, want, outer); !bytes.Equal(inner, echo(60, packet.IPv4Fields{})) {
			t.Errorf("%s: sealed under cleared keys", tr)
		}
		again := params(t, tr)
		other, err := NewInbound(again)
		if err != nil {
			t.Fatal(err)
		}
		other.Zero()
		if !bytes.Equal(again.Keys.Cipher, want.Cipher) || !bytes.Equal(again.Keys.Auth, want.Auth) {
			t.Errorf("%s: keys that are not the SA's were cleared", tr)
		}
		if k := other.Keys(); len(bytes.Trim(k.Cipher, "\x00"))+len(bytes.Trim(k.Auth, "\x00")) != 0 {
			t.Errorf("%s: the SA's keys are left: %x %x", tr, k.Cipher, k.Auth)
		}
	}
}

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
