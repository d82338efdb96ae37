package esp

import (
	"bytes"
	"crypto/cipher"
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCBCVectors(t *testing.T) {
	tests := []struct {
		name               string
		tr                 Transform
		key, iv, text, out string
	}{
		{"FIPS 81 DES-CBC", Transform{Cipher: DES}, "0123456789abcdef", "1234567890abcdef",
			hex.EncodeToString([]byte("Now is the time for all ")), "e5c7cdde872bf27c 43e934008c389c0f 683788499a7c05f6"},
		{"FIPS 46 DES", Transform{Cipher: DES}, "133457799bbcdff1", "0000000000000000", "0123456789abcdef", "85e813540f0ab405"},
		{"SP 800-67 3DES", Transform{Cipher: TripleDES}, "0123456789abcdef 23456789abcdef01 456789abcdef0123", "0000000000000000",
			"5468652071756663", "a826fd8ce53b855f"},
		{"RFC 3602 case 1", Transform{Cipher: AES}, "06a9214036b8a15b512e03d534120006", "3dafba429d9eb430b422da802c9fac41",
			hex.EncodeToString([]byte("Single block msg")), "e353779c1079aeb82708942dbe77181a"},
		{"RFC 3602 case 2", Transform{Cipher: AES}, "c286696d887c9aa0611bbb3e2025a45a", "562e17996d093d28ddb3ba695a2e6f58",
			"000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f",
			"d296cd94c2cccf8a3a863028b5e1dc0a 7586602d253cfff91b8266bea6d61ab1"},
		{"SP 800-38A AES-192", Transform{Cipher: AES, KeyBits: 192}, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
			"000102030405060708090a0b0c0d0e0f", "6bc1bee22e409f96e93d7e117393172a", "4f021db243bc633d7178183a9fa071e8"},
		{"SP 800-38A AES-256", Transform{Cipher: AES, KeyBits: 256}, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
			"000102030405060708090a0b0c0d0e0f", "6bc1bee22e409f96e93d7e117393172a", "f58c4c04d6e5f1ba779eabfb5f7bfbd6"},
	}
	for _, test := range tests {
		key, iv := unhex(t, test.key), unhex(t, test.iv)
		text, want := unhex(t, test.text), unhex(t, test.out)
		enc, err := newCBC(test.tr, key, cipher.NewCBCEncrypter)
		if err != nil {
			t.Fatal(err)
		}
		dec, _ := newCBC(test.tr, key, cipher.NewCBCDecrypter)
		for range 2 { // the state is reused
			got := bytes.Clone(text)
			enc.crypt(iv, got)
			if !bytes.Equal(got, want) {
				t.Errorf("%s: encrypted %x, want %x", test.name, got, want)
			}
			dec.crypt(iv, got)
			if !bytes.Equal(got, text) {
				t.Errorf("%s: decrypted %x, want %x", test.name, got, text)
			}
		}
	}
}

func TestMACVectors(t *testing.T) {
	hi, what := []byte("Hi There"), []byte("what do ya want for nothing?")
	trunc := []byte("Test With Truncation")
	dd := bytes.Repeat([]byte{0xdd}, 50)
	b := func(b byte, n int) []byte { return bytes.Repeat([]byte{b}, n) }
	tests := []struct {
		name      string
		auth      Auth
		key, text []byte
		want      string
	}{
		{"RFC 2202 MD5 1", MD5, b(0x0b, 16), hi, "9294727a3638bb1c13f48ef8158bfc9d"},
		{"RFC 2202 MD5 2", MD5, []byte("Jefe"), what, "750c783e6ab0b503eaa86e310a5db738"},
		{"RFC 2202 MD5 3", MD5, b(0xaa, 16), dd, "56be34521d144c88dbb8c733f0e8b3f6"},
		{"RFC 2403 MD5-96", MD5, b(0x0c, 16), trunc, "56461ef2342edc00f9bab995"},
		{"RFC 2202 SHA-1 1", SHA1, b(0x0b, 20), hi, "b617318655057264e28bc0b6fb378c8ef146be00"},
		{"RFC 2202 SHA-1 2", SHA1, []byte("Jefe"), what, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
		{"RFC 2202 SHA-1 3", SHA1, b(0xaa, 20), dd, "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
		{"RFC 2404 SHA-1-96", SHA1, b(0x0c, 20), trunc, "4c1a03424b55e07fe7f27be1"},
		{"RFC 4231 SHA-256 1", SHA256, b(0x0b, 20), hi, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{"RFC 4231 SHA-256 2", SHA256, []byte("Jefe"), what, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{"RFC 4231 SHA-256 5", SHA256, b(0x0c, 20), trunc, "a3b6167473100ee06e0c796c2955552b"},
		{"RFC 4868 SHA-256 1", SHA256, b(0x0b, 32), hi, "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7"},
		{"RFC 4231 SHA-384 1", SHA384, b(0x0b, 20), hi, "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"},
		{"RFC 4231 SHA-512 1", SHA512, b(0x0b, 20), hi, "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
	}
	for _, test := range tests {
		m := newMAC(Transform{Cipher: Null, Auth: test.auth}, test.key)
		want := unhex(t, test.want)
		want = want[:min(len(want), m.size)]
		for range 2 {
			if got := m.of(test.text); !bytes.Equal(got, want) {
				t.Errorf("%s: %x, want %x", test.name, got, want)
			}
		}
		if !m.verify(test.text, want) || m.verify(test.text[1:], want) || m.verify(test.text, want[1:]) {
			t.Errorf("%s: verify", test.name)
		}
	}
}

// RFC 3602 section 4, case 7: a tunnel mode packet without authentication.
func TestTunnelVector(t *testing.T) {
	outer := packet.IPv4(unhex(t, `4500008c 09050000 4032f91e c0a87b03 c0a87bc8
		00008765 00000002 f4e765244f6407adf13dc1380f673f37
		773b5241a4c449225e4f3ce5ed611b0c 237ca96cf74a93013c1b0ea1a0cf70f8
		e4ecaec78ac53aad7a0f022b859243c6 47752e94a859352b8a4d4d2decd136e5
		c177f132ad3fbfb2201ac9904c74ee0a 109e0ca1e4dfe9d5a100b842f1c22f0d`))
	if !outer.Valid() {
		t.Fatal("the vector is not a valid packet")
	}
	in, err := NewInbound(Params{
		SPI: 0x8765, Transform: Transform{Cipher: AES}, Keys: Keys{Cipher: unhex(t, "0123456789abcdef0123456789abcdef")},
		Local: netip.MustParseAddr("192.168.123.200"), Remote: netip.MustParseAddr("192.168.123.3"),
	})
	if err != nil {
		t.Fatal(err)
	}
	inner, err := in.Open(nil, outer)
	if err != nil {
		t.Fatal(err)
	}
	want := unhex(t, `45000054 09040000 4001f988 c0a87b03 c0a87bc8 08009f76a90a0100b49c083d02a20400
		08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637`)
	if !bytes.Equal(inner, want) {
		t.Errorf("got  %x\nwant %x", []byte(inner), want)
	}
}
