package keymat

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
)

// Hash is a hash by its phase 1 number (RFC 2409 appendix A, RFC 4868).
type Hash uint16

var hashes = map[Hash]func() hash.Hash{
	1: md5.New,
	2: sha1.New,
	4: sha256.New,
	5: sha512.New384,
	6: sha512.New,
}

// Known reports whether we have that hash.
func (h Hash) Known() bool { return hashes[h] != nil }

// Size is the length of its output.
func (h Hash) Size() int { return hashes[h]().Size() }

// Sum hashes the concatenation of parts.
func (h Hash) Sum(parts ...[]byte) []byte { return sum(hashes[h](), parts) }

// PRF is HMAC with the hash, over the concatenation of parts.
func (h Hash) PRF(key []byte, parts ...[]byte) []byte {
	return sum(hmac.New(hashes[h], key), parts)
}

func sum(w hash.Hash, parts [][]byte) []byte {
	for _, p := range parts {
		w.Write(p)
	}
	return w.Sum(nil)
}

// Equal compares hashes in constant time.
func Equal(a, b []byte) bool { return hmac.Equal(a, b) }
