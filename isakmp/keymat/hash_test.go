package keymat

import (
	"bytes"
	"encoding/hex"
	"testing"
)

// TestPRF: RFC 2202 (MD5, SHA-1) and RFC 4231 (SHA-2), test cases 2 and 6.
func TestPRF(t *testing.T) {
	long80, long131 := bytes.Repeat([]byte{0xaa}, 80), bytes.Repeat([]byte{0xaa}, 131)
	const hashFirst = "Test Using Larger Than Block-Size Key - Hash Key First"
	tests := []struct {
		hash Hash
		key  []byte
		data string
		want string
	}{
		{1, []byte("Jefe"), "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"},
		{1, long80, hashFirst, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
		{2, []byte("Jefe"), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
		{2, long80, hashFirst, "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
		{4, []byte("Jefe"), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{4, long131, hashFirst, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
		{5, []byte("Jefe"), "what do ya want for nothing?", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"},
		{6, []byte("Jefe"), "what do ya want for nothing?", "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
	}
	for _, tt := range tests {
		got := tt.hash.PRF(tt.key, []byte(tt.data[:5]), []byte(tt.data[5:]))
		if hex.EncodeToString(got) != tt.want || len(got) != tt.hash.Size() {
			t.Errorf("hash %d: %x, want %s", tt.hash, got, tt.want)
		}
	}
	if Hash(3).Known() || !Hash(4).Known() {
		t.Error("Known is wrong")
	}
	if !Equal([]byte{1}, []byte{1}) || Equal([]byte{1}, []byte{2}) || Equal(nil, []byte{1}) {
		t.Error("Equal is wrong")
	}
}
