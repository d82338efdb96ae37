//go:build !purego

package esp

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
	"slices"

	"golang.org/x/sys/cpu"
)

// roundKey is a round key of AES, or a block.
type roundKey [aes.BlockSize]byte

// aesBlock has modes of its own (see cipher.NewCBCEncrypter): those of the standard
// library call the processor block by block, though it can decrypt eight at once.
type aesBlock struct {
	cipher.Block
	encrypt, decrypt []roundKey
}

func newAES(key []byte) (cipher.Block, error) {
	block, err := aes.NewCipher(key)
	if err != nil || !cpu.X86.HasAES || !cpu.X86.HasSSE41 {
		return block, err
	}
	a := &aesBlock{Block: block, encrypt: expand(key)}
	// The equivalent inverse cipher (FIPS 197, 5.3.5).
	a.decrypt = slices.Clone(a.encrypt)
	slices.Reverse(a.decrypt)
	for i := 1; i < len(a.decrypt)-1; i++ {
		unmixed(&a.decrypt[i])
	}
	return a, nil
}

// expand makes the round keys (FIPS 197, 5.2), in words of the processor's byte order.
func expand(key []byte) []roundKey {
	n := len(key) / 4
	keys := make([]roundKey, n+7)
	word := func(i int) []byte { return keys[i/4][i%4*4:][:4] }
	for i, constant := 0, uint32(1); i < 4*len(keys); i++ {
		if i < n {
			copy(word(i), key[4*i:])
			continue
		}
		w := binary.LittleEndian.Uint32(word(i - 1))
		switch {
		case i%n == 0:
			w = substituted(bits.RotateLeft32(w, -8)) ^ constant
			if constant <<= 1; constant > 0xff {
				constant ^= 0x11b
			}
		case n > 6 && i%n == 4:
			w = substituted(w)
		}
		binary.LittleEndian.PutUint32(word(i), w^binary.LittleEndian.Uint32(word(i-n)))
	}
	return keys
}

// NewCBCEncrypter is what cipher.NewCBCEncrypter returns.
func (a *aesBlock) NewCBCEncrypter(iv []byte) cipher.BlockMode {
	return &aesCBC{a.encrypt, encryptCBC, roundKey(iv)}
}

// NewCBCDecrypter is what cipher.NewCBCDecrypter returns.
func (a *aesBlock) NewCBCDecrypter(iv []byte) cipher.BlockMode {
	return &aesCBC{a.decrypt, decryptCBC, roundKey(iv)}
}

// aesCBC is for one packet after SetIV: it does not keep what the next would be
// chained to.
type aesCBC struct {
	keys []roundKey
	work func(keys []roundKey, iv *roundKey, b []byte)
	iv   roundKey
}

func (c *aesCBC) BlockSize() int  { return aes.BlockSize }
func (c *aesCBC) SetIV(iv []byte) { c.iv = roundKey(iv) }

// CryptBlocks works in place.
func (c *aesCBC) CryptBlocks(dst, src []byte) {
	if len(src) > 0 && &dst[0] != &src[0] || len(src)%aes.BlockSize != 0 {
		panic("esp: CBC works in place, on whole blocks")
	}
	c.work(c.keys, &c.iv, src)
}

// substituted is SubWord.
//
//go:noescape
func substituted(w uint32) uint32

// unmixed is InvMixColumns.
//
//go:noescape
func unmixed(key *roundKey)

//go:noescape
func encryptCBC(keys []roundKey, iv *roundKey, b []byte)

//go:noescape
func decryptCBC(keys []roundKey, iv *roundKey, b []byte)
