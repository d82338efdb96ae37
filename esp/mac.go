package esp

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding"
	"hash"
)

// mac computes truncated HMACs (RFC 2104) of any number of texts under one key. It is
// not crypto/hmac, which leaves copies of the key behind that nothing can reach to
// overwrite. The zero value, of no authentication, has a check value of no bytes.
type mac struct {
	inner, outer keyed
	size         int
	sum          [sha512.Size]byte
}

// keyed is a hash with its state after the block that the key makes, where each
// text begins.
type keyed struct {
	hash  hash.Hash
	begun []byte
}

var newHash = map[Auth]func() hash.Hash{
	MD5: md5.New, SHA1: sha1.New, SHA256: sha256.New, SHA384: sha512.New384, SHA512: sha512.New,
}

// newMAC takes a key that is no longer than a block of the hash, as all of ESP's are.
func newMAC(t Transform, key []byte) mac {
	m := mac{size: t.ICVLength()}
	if hashOf := newHash[t.Auth]; hashOf != nil {
		m.inner, m.outer = newKeyed(hashOf(), key, 0x36), newKeyed(hashOf(), key, 0x5c)
	}
	return m
}

func newKeyed(h hash.Hash, key []byte, pad byte) keyed {
	block := make([]byte, h.BlockSize())
	copy(block, key)
	for i := range block {
		block[i] ^= pad
	}
	h.Write(block)
	clear(block)
	begun, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic(err) // none of the standard library's hashes fails
	}
	return keyed{h, begun}
}

// of appends the hash of the key's block and b to sum.
func (k *keyed) of(sum, b []byte) []byte {
	if err := k.hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(k.begun); err != nil {
		panic(err) // it is the hash's own state
	}
	k.hash.Write(b)
	return k.hash.Sum(sum)
}

func (k *keyed) erase() {
	clear(k.begun)
	if k.hash != nil {
		k.hash.Reset()
	}
}

// of returns the check value of b, valid until the next call.
func (m *mac) of(b []byte) []byte {
	if m.inner.hash == nil {
		return nil
	}
	inner := m.inner.of(m.sum[:0], b)
	return m.outer.of(m.sum[:0], inner)[:m.size]
}

// verify compares in constant time.
func (m *mac) verify(b, icv []byte) bool {
	return subtle.ConstantTimeCompare(m.of(b), icv) == 1
}

// erase overwrites what the hashes have of the key.
func (m *mac) erase() {
	m.inner.erase()
	m.outer.erase()
}
