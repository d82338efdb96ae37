package esp

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
	"testing"
)

// naiveOpen decodes a tunnel packet with nothing of this package: HMAC and
// CBC are spelt out over the plain hash and block functions.
func naiveOpen(t *testing.T, tr Transform, k Keys, outer []byte) (spi, seq uint32, inner []byte) {
	t.Helper()
	e := outer[20:]
	icvLen := map[Auth]int{NoAuth: 0, MD5: 12, SHA1: 12, SHA256: 16, SHA384: 24, SHA512: 32}[tr.Auth]
	body, icv := e[:len(e)-icvLen], e[len(e)-icvLen:]
	if f := map[Auth]func() hash.Hash{MD5: md5.New, SHA1: sha1.New, SHA256: sha256.New, SHA384: sha512.New384, SHA512: sha512.New}[tr.Auth]; f != nil {
		ipad := bytes.Repeat([]byte{0x36}, f().BlockSize())
		opad := bytes.Repeat([]byte{0x5c}, f().BlockSize())
		for i, b := range k.Auth {
			ipad[i] ^= b
			opad[i] ^= b
		}
		h := f()
		h.Write(ipad)
		h.Write(body)
		g := f()
		g.Write(opad)
		g.Write(h.Sum(nil))
		if !bytes.Equal(g.Sum(nil)[:icvLen], icv) {
			t.Fatal("check value is wrong")
		}
	}
	data := body[8:]
	var block cipher.Block
	switch tr.Cipher {
	case DES:
		block, _ = des.NewCipher(k.Cipher)
	case TripleDES:
		block, _ = des.NewTripleDESCipher(k.Cipher)
	case AES:
		block, _ = aes.NewCipher(k.Cipher)
	}
	if block != nil {
		n := block.BlockSize()
		plain := make([]byte, 0, len(data))
		for prev, rest := data[:n], data[n:]; len(rest) > 0; prev, rest = rest[:n], rest[n:] {
			b := make([]byte, n)
			block.Decrypt(b, rest[:n])
			for i := range b {
				b[i] ^= prev[i]
			}
			plain = append(plain, b...)
		}
		data = plain
	}
	last := len(data) - 1
	if data[last] != 4 {
		t.Fatalf("next header %d", data[last])
	}
	n := int(data[last-1])
	for i := range n {
		if data[last-1-n+i] != byte(i+1) {
			t.Fatalf("padding %x", data[last-1-n:])
		}
	}
	return binary.BigEndian.Uint32(e), binary.BigEndian.Uint32(e[4:]), data[:last-1-n]
}
