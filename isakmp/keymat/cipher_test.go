package keymat

import (
	"encoding/hex"
	"testing"
)

// TestCBC: AES from NIST SP 800-38A F.2.1, F.2.3, F.2.5 (two blocks); DES from
// FIPS 81 table C1.
func TestCBC(t *testing.T) {
	const text = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
	const iv = "000102030405060708090a0b0c0d0e0f"
	tests := []struct {
		name                 string
		encryption           uint16
		key, iv, plain, want string
	}{
		{"AES-128", 7, "2b7e151628aed2a6abf7158809cf4f3c", iv, text,
			"7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"},
		{"AES-192", 7, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b", iv, text,
			"4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a"},
		{"AES-256", 7, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", iv, text,
			"f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"},
		{"DES", 1, "0123456789abcdef", "1234567890abcdef", "4e6f77206973207468652074696d6520666f7220616c6c20",
			"e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"},
	}
	for _, tt := range tests {
		block, err := newBlock(tt.encryption, unhex(t, tt.key))
		if err != nil {
			t.Fatal(err)
		}
		p := &Phase1{block: block}
		got, next := p.Encrypt(unhex(t, tt.iv), unhex(t, tt.plain))
		if hex.EncodeToString(got) != tt.want {
			t.Errorf("%s: %x, want %s", tt.name, got, tt.want)
		}
		if n := block.BlockSize(); hex.EncodeToString(next) != tt.want[len(tt.want)-2*n:] {
			t.Errorf("%s: next IV %x", tt.name, next)
		}
		back, _, err := p.Decrypt(unhex(t, tt.iv), got)
		if err != nil || hex.EncodeToString(back) != tt.plain {
			t.Errorf("%s: back %x, %v", tt.name, back, err)
		}
	}
}

// TestTripleDES: three equal keys are one DES.
func TestTripleDES(t *testing.T) {
	one := "0123456789abcdef"
	block, err := newBlock(5, unhex(t, one+one+one))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := (&Phase1{block: block}).Encrypt(unhex(t, "1234567890abcdef"), []byte("Now is t"))
	if hex.EncodeToString(got) != "e5c7cdde872bf27c" {
		t.Errorf("%x", got)
	}
}

func TestKeyLen(t *testing.T) {
	for _, tt := range []struct {
		encryption uint16
		bits, want int
	}{{1, 0, 8}, {5, 0, 24}, {7, 128, 16}, {7, 192, 24}, {7, 256, 32}, {7, 0, 0}, {7, 512, 0}, {2, 0, 0}, {2, 128, 0}} {
		if n, err := KeyLen(tt.encryption, tt.bits); n != tt.want || (err == nil) != (tt.want > 0) {
			t.Errorf("%+v: %d, %v", tt, n, err)
		}
	}
	if _, err := newBlock(9, make([]byte, 8)); err == nil {
		t.Error("cipher 9 exists")
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
