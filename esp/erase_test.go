package esp

import (
	"bytes"
	"net/netip"
	"reflect"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

// TestKeysBelongToTheSA: an SA seals under the very keys that it was made of, and
// clears them at its end, with all that was made of them.
func TestKeysBelongToTheSA(t *testing.T) {
	for _, tr := range []Transform{{Cipher: AES, KeyBits: 256, Auth: SHA1}, {Cipher: TripleDES}, {Cipher: Null, Auth: MD5}} {
		p := params(t, tr)
		want := Keys{bytes.Clone(p.Keys.Cipher), bytes.Clone(p.Keys.Auth)}
		out, err := NewOutbound(p)
		if err != nil {
			t.Fatal(err)
		}
		outer, err := out.Seal(nil, echo(60, packet.IPv4Fields{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, inner := naiveOpen(t, tr, want, outer); !bytes.Equal(inner, echo(60, packet.IPv4Fields{})) {
			t.Errorf("%s: sealed under other keys", tr)
		}
		busy, err := out.Sealer()
		if err != nil {
			t.Fatal(err)
		}
		idle, err := out.Sealer()
		if err != nil {
			t.Fatal(err)
		}
		idle.Close()
		if idle.erased() || busy.erased() {
			t.Errorf("%s: erased while the SA is used", tr)
		}
		out.Zero()
		if !erased(p.Keys.Cipher) || !erased(p.Keys.Auth) || !idle.erased() {
			t.Errorf("%s: keys are left", tr)
		}
		if busy.erased() {
			t.Errorf("%s: erased while a worker has a packet in hand", tr)
		}
		if busy.Close(); !busy.erased() {
			t.Errorf("%s: keys are left with a worker", tr)
		}
	}
}

func erased(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

func (st *state) erased() bool {
	return erased(st.mac.inner.begun) && erased(st.mac.outer.begun) &&
		(st.cbc == nil || reflect.ValueOf(st.cbc.block).Elem().IsZero() && reflect.ValueOf(st.cbc.mode).Elem().IsZero())
}

// TestKeysOfAnSAThatIsNotMade: they are cleared at once.
func TestKeysOfAnSAThatIsNotMade(t *testing.T) {
	for name, change := range map[string]func(*Params){
		"a key that is short": func(p *Params) { p.Keys.Cipher = p.Keys.Cipher[1:] },
		"an endpoint of IPv6": func(p *Params) { p.Remote = netip.IPv6Loopback() },
		"no such transform":   func(p *Params) { p.Transform.Cipher = 99 },
		"no randomness":       func(p *Params) { p.Rand = bytes.NewReader(nil) },
	} {
		p := params(t, Transform{Cipher: AES, Auth: SHA1})
		change(&p)
		if _, err := NewOutbound(p); err == nil || !erased(p.Keys.Cipher) || !erased(p.Keys.Auth) {
			t.Errorf("%s: %v, and the keys are %x %x", name, err, p.Keys.Cipher, p.Keys.Auth)
		}
	}
}
