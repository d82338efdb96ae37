package esp

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"math/rand/v2"
	"testing"
)

// TestAESBlocks compares our CBC with the standard library's, for every length of key
// and so many blocks that each way through the loops is taken.
func TestAESBlocks(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	fill := func(n int) []byte { b := make([]byte, n); random.Read(b); return b }
	for _, size := range []int{16, 24, 32} {
		for blocks := range 100 {
			key, iv, clear := fill(size), fill(aes.BlockSize), fill(blocks*aes.BlockSize)
			ours, err := newAES(key)
			if err != nil {
				t.Fatal(err)
			}
			theirs, _ := aes.NewCipher(key)
			want := make([]byte, len(clear))
			cipher.NewCBCEncrypter(theirs, iv).CryptBlocks(want, clear)

			const guard = 3 // and an odd address
			got := append(append(fill(guard), clear...), fill(guard)...)
			before := bytes.Clone(got)
			body := got[guard:][:len(clear)]
			cipher.NewCBCEncrypter(ours, iv).CryptBlocks(body, body)
			if !bytes.Equal(body, want) {
				t.Fatalf("key of %d bytes, %d blocks: encrypted otherwise than by crypto/cipher", size, blocks)
			}
			cipher.NewCBCDecrypter(ours, iv).CryptBlocks(body, body)
			if !bytes.Equal(got, before) {
				t.Fatalf("key of %d bytes, %d blocks: not what was encrypted, or something beside it changed", size, blocks)
			}
		}
	}
}
