package esp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"hash"
)

// setIV is what the standard library's CBC modes offer beside their interface.
// It saves an allocation a packet; without it a mode is made anew.
type setIV interface{ SetIV([]byte) }

// cbc is one direction of a block cipher in CBC mode, reused from packet to
// packet.
type cbc struct {
	block cipher.Block
	make  modeMaker
	mode  cipher.BlockMode
	iv    setIV
}

// modeMaker is cipher.NewCBCEncrypter or its opposite.
type modeMaker func(cipher.Block, []byte) cipher.BlockMode

// newCBC returns nil for ESP-NULL.
func newCBC(t Transform, key []byte, mode modeMaker) (*cbc, error) {
	var block cipher.Block
	var err error
	switch t.Cipher {
	case DES:
		block, err = des.NewCipher(key)
	case TripleDES:
		block, err = des.NewTripleDESCipher(key)
	case AES:
		block, err = aes.NewCipher(key)
	case Null:
		return nil, nil
	default:
		err = ErrTransform
	}
	if err != nil {
		return nil, err
	}
	c := &cbc{block: block, make: mode}
	c.mode = mode(block, make([]byte, block.BlockSize()))
	c.iv, _ = c.mode.(setIV)
	return c, nil
}

// crypt works on b in place, which is a whole number of blocks.
func (c *cbc) crypt(iv, b []byte) {
	if c == nil {
		return
	}
	if c.iv == nil {
		c.mode = c.make(c.block, iv)
	} else {
		c.iv.SetIV(iv)
	}
	c.mode.CryptBlocks(b, b)
}

// mac computes truncated HMACs. The zero value, of no authentication, has a
// check value of no bytes.
type mac struct {
	hash hash.Hash
	size int
	sum  [sha512.Size]byte
}

func newMAC(t Transform, key []byte) mac {
	m := mac{size: t.ICVLength()}
	switch t.Auth {
	case MD5:
		m.hash = hmac.New(md5.New, key)
	case SHA1:
		m.hash = hmac.New(sha1.New, key)
	case SHA256:
		m.hash = hmac.New(sha256.New, key)
	case SHA384:
		m.hash = hmac.New(sha512.New384, key)
	case SHA512:
		m.hash = hmac.New(sha512.New, key)
	}
	return m
}

// of returns the check value of b, valid until the next call.
func (m *mac) of(b []byte) []byte {
	if m.hash == nil {
		return nil
	}
	m.hash.Reset()
	m.hash.Write(b)
	return m.hash.Sum(m.sum[:0])[:m.size]
}

// verify compares in constant time.
func (m *mac) verify(b, icv []byte) bool {
	return subtle.ConstantTimeCompare(m.of(b), icv) == 1
}
