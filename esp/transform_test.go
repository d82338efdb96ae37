package esp

import (
	"bytes"
	"testing"
)

func TestTransformTexts(t *testing.T) {
	tests := []struct {
		tr                   Transform
		show, config, engine string
	}{
		{Transform{Cipher: DES, Auth: MD5}, "esp-des esp-md5-hmac ", "esp-des esp-md5-hmac", "DES+MD5"},
		{Transform{Cipher: TripleDES, Auth: SHA1}, "esp-3des esp-sha-hmac ", "esp-3des esp-sha-hmac", "3DES+SHA"},
		{Transform{Cipher: AES, Auth: SHA1}, "esp-aes esp-sha-hmac ", "esp-aes esp-sha-hmac", "AES+SHA"},
		{Transform{Cipher: AES, KeyBits: 128, Auth: SHA1}, "esp-aes esp-sha-hmac ", "esp-aes esp-sha-hmac", "AES+SHA"},
		{Transform{Cipher: AES, KeyBits: 192}, "esp-192-aes ", "esp-aes 192", "AES192"},
		{Transform{Cipher: AES, KeyBits: 256, Auth: SHA256}, "esp-256-aes esp-sha256-hmac ", "esp-aes 256 esp-sha256-hmac", "AES256+SHA256"},
		{Transform{Cipher: Null, Auth: SHA512}, "esp-null esp-sha512-hmac ", "esp-null esp-sha512-hmac", "NULL+SHA512"},
	}
	for _, test := range tests {
		if !test.tr.Valid() {
			t.Errorf("%+v is not valid", test.tr)
		}
		if got := test.tr.String(); got != test.show {
			t.Errorf("show %q, want %q", got, test.show)
		}
		if got := test.tr.ConfigText(); got != test.config {
			t.Errorf("config %q, want %q", got, test.config)
		}
		if got := test.tr.EngineText(); got != test.engine {
			t.Errorf("engine %q, want %q", got, test.engine)
		}
	}
	if got := (Transform{Cipher: 7, Auth: MD5}).String(); got != "esp-7 esp-md5-hmac " {
		t.Errorf("a peer's unknown cipher: %q", got)
	}
	if (Transform{Cipher: AES}).Normal() != (Transform{Cipher: AES, KeyBits: 128}) {
		t.Error("AES without a length is not AES-128")
	}
	for _, tr := range allTransforms() {
		if tr.Normal() != tr {
			t.Errorf("%s becomes %s", tr, tr.Normal())
		}
	}
	if len(Keywords()) != 9 {
		t.Errorf("keywords: %+v", Keywords())
	}
	for _, k := range Keywords() {
		if k.Help == "" || (k.Cipher == 0) == (k.Auth == 0) {
			t.Errorf("keyword %+v", k)
		}
	}
}

func TestKeyLengths(t *testing.T) {
	tests := []struct {
		tr           Transform
		cipher, auth int
		iv, icv      int
	}{
		{Transform{Cipher: DES, Auth: MD5}, 8, 16, 8, 12},
		{Transform{Cipher: TripleDES, Auth: SHA1}, 24, 20, 8, 12},
		{Transform{Cipher: AES, Auth: SHA256}, 16, 32, 16, 16},
		{Transform{Cipher: AES, KeyBits: 192, Auth: SHA384}, 24, 48, 16, 24},
		{Transform{Cipher: AES, KeyBits: 256, Auth: SHA512}, 32, 64, 16, 32},
		{Transform{Cipher: Null, Auth: MD5}, 0, 16, 0, 12},
	}
	for _, test := range tests {
		c, a := test.tr.KeyLengths()
		if c != test.cipher || a != test.auth ||
			test.tr.IVLength() != test.iv || test.tr.ICVLength() != test.icv {
			t.Errorf("%s: keys %d %d, IV %d, ICV %d", test.tr, c, a, test.tr.IVLength(), test.tr.ICVLength())
		}
		keys := Keys{Cipher: bytes.Repeat([]byte{1}, c), Auth: bytes.Repeat([]byte{2}, a)}
		keys.Zero()
		if bytes.ContainsFunc(append(keys.Cipher, keys.Auth...), func(r rune) bool { return r != 0 }) {
			t.Errorf("%s: not cleared: %x %x", test.tr, keys.Cipher, keys.Auth)
		}
	}
}

// TestIANANumbers: what stands on the wire and in policies, written out once more.
func TestIANANumbers(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want int
	}{
		{"DES", int(DES), 2}, {"3DES", int(TripleDES), 3}, {"NULL", int(Null), 11}, {"AES", int(AES), 12},
		{"no authentication", int(NoAuth), 0}, {"MD5", int(MD5), 1}, {"SHA-1", int(SHA1), 2},
		{"SHA-256", int(SHA256), 5}, {"SHA-384", int(SHA384), 6}, {"SHA-512", int(SHA512), 7},
		{"IP in IP", protoIPIP, 4}, {"no next header", protoNone, 59}, {"the first SPI", firstSPI, 256},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

// outerLength is the length of the tunnel packet that carries an inner one.
func outerLength(tr Transform, inner int) int {
	return layoutOf(tr, Encap{}).total(inner)
}

func TestMaxInner(t *testing.T) {
	for _, encap := range []Encap{{}, {4500, 1024}} {
		for _, tr := range allTransforms() {
			out, _ := pair(t, tr, func(p *Params) { p.Encap = encap })
			for _, mtu := range []int{0, 20, 100, 576, 1400, 1476, 1500, 1501, 1502, 1503, 1508, 9000} {
				n := out.MaxInner(mtu)
				if n == 0 {
					if mtu >= 576 {
						t.Errorf("%s: nothing fits %d", tr, mtu)
					}
					continue
				}
				if out.Length(n) > mtu || out.Length(n+1) <= mtu {
					t.Errorf("%s: MTU %d: %d makes %d, one more %d", tr, mtu, n, out.Length(n), out.Length(n+1))
				}
			}
		}
	}
	// The numbers that courses teach.
	for _, test := range []struct {
		transform Transform
		encap     Encap
		want      int
	}{
		{Transform{Cipher: DES, Auth: MD5}, Encap{}, 1446},
		{Transform{Cipher: AES, Auth: SHA1}, Encap{}, 1438},
		{Transform{Cipher: AES, Auth: SHA1}, Encap{4500, 4500}, 1422},
	} {
		out, _ := pair(t, test.transform, func(p *Params) { p.Encap = test.encap })
		if n := out.MaxInner(1500); n != test.want {
			t.Errorf("%s, %+v: %d, want %d", test.transform, test.encap, n, test.want)
		}
	}
}
