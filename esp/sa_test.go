package esp

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

var (
	here  = netip.MustParseAddr("12.12.12.1")
	there = netip.MustParseAddr("23.23.23.3")
	lanA  = netip.MustParseAddr("10.1.1.1")
	lanB  = netip.MustParseAddr("20.1.1.1")
)

// allTransforms is every pairing that is valid.
func allTransforms() []Transform {
	var all []Transform
	for _, c := range ciphers {
		for _, a := range auths {
			if t := (Transform{c.cipher, c.keyBits, a.auth}); t.Valid() {
				all = append(all, t)
			}
		}
	}
	return all
}

func random(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func params(t testing.TB, tr Transform) Params {
	t.Helper()
	cipher, auth := tr.KeyLengths()
	material := make([]byte, cipher+auth)
	random(1).Read(material)
	keys := Keys{Cipher: material[:cipher], Auth: material[cipher:]}
	return Params{SPI: 0x1234abcd, Local: here, Remote: there, Transform: tr, Keys: keys, Rand: random(2)}
}

// pair is the sealing end of one router and the opening end of the other.
func pair(t testing.TB, tr Transform, change func(*Params)) (*Outbound, *Inbound) {
	t.Helper()
	p := params(t, tr)
	if change != nil {
		change(&p)
	}
	out, err := NewOutbound(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Keys = Keys{bytes.Clone(p.Keys.Cipher), bytes.Clone(p.Keys.Auth)} // each end has its own
	p.Local, p.Remote = p.Remote, p.Local
	p.Selector.Local, p.Selector.Remote = p.Selector.Remote, p.Selector.Local
	p.Counters = nil
	in, err := NewInbound(p)
	if err != nil {
		t.Fatal(err)
	}
	return out, in
}

func echo(size int, f packet.IPv4Fields) packet.IPv4 {
	data := make([]byte, max(size-28, 0))
	for i := range data {
		data[i] = byte(i)
	}
	f.Src, f.Dst, f.Protocol, f.TTL = lanA, lanB, packet.ProtoICMP, 254
	return packet.BuildIPv4(f, packet.BuildICMP(packet.ICMPEcho, 0, 1, data))
}

func TestNewRefuses(t *testing.T) {
	good := params(t, Transform{Cipher: AES, Auth: SHA1})
	tests := []struct {
		name   string
		change func(*Params)
		want   error
	}{
		{"unknown cipher", func(p *Params) { p.Transform.Cipher = 7 }, ErrTransform},
		{"unknown authentication", func(p *Params) { p.Transform.Auth = 9 }, ErrTransform},
		{"unknown key length", func(p *Params) { p.Transform.KeyBits = 512 }, ErrTransform},
		{"nothing at all", func(p *Params) { p.Transform = Transform{Cipher: Null} }, ErrTransform},
		{"cipher key", func(p *Params) { p.Keys.Cipher = p.Keys.Cipher[1:] }, ErrKeys},
		{"authentication key", func(p *Params) { p.Keys.Auth = nil }, ErrKeys},
		{"endpoint", func(p *Params) { p.Remote = netip.IPv6Loopback() }, ErrEndpoint},
		{"endpoint missing", func(p *Params) { p.Local = netip.Addr{} }, ErrEndpoint},
	}
	for _, test := range tests {
		p := good
		test.change(&p)
		if _, err := NewOutbound(p); !errors.Is(err, test.want) {
			t.Errorf("outbound, %s: %v, want %v", test.name, err, test.want)
		}
		if _, err := NewInbound(p); !errors.Is(err, test.want) {
			t.Errorf("inbound, %s: %v, want %v", test.name, err, test.want)
		}
	}
	p := good
	p.Rand = bytes.NewReader(make([]byte, 15))
	if _, err := NewOutbound(p); err == nil {
		t.Error("no error without random bytes")
	}
}
