package keymat

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"errors"
)

// ErrCiphertext is a text that no CBC cipher has produced.
var ErrCiphertext = errors.New("keymat: not a whole number of blocks")

// ErrCipher is a cipher or a key length that we do not have.
var ErrCipher = errors.New("keymat: no such cipher")

// Numbers of phase 1 ciphers (RFC 2409 appendix A, RFC 3602).
const (
	cipherDES  = 1
	cipher3DES = 5
	cipherAES  = 7
)

// KeyLen is the length of a phase 1 cipher's key in octets.
func KeyLen(encryption uint16, bits int) (int, error) {
	switch {
	case encryption == cipherDES:
		return 8, nil
	case encryption == cipher3DES:
		return 24, nil
	case encryption == cipherAES && (bits == 128 || bits == 192 || bits == 256):
		return bits / 8, nil
	}
	return 0, ErrCipher
}

func newBlock(encryption uint16, key []byte) (cipher.Block, error) {
	switch encryption {
	case cipherDES:
		return des.NewCipher(key)
	case cipher3DES:
		return des.NewTripleDESCipher(key)
	case cipherAES:
		return aes.NewCipher(key)
	}
	return nil, ErrCipher
}

// Encrypt pads plain with zeros to whole blocks (RFC 2409 appendix B), encrypts
// it, and returns the IV of the next message: the last block.
func (p *Phase1) Encrypt(iv, plain []byte) (text, next []byte) {
	size := p.block.BlockSize()
	padded := (len(plain) + size - 1) / size * size
	text = make([]byte, padded)
	copy(text, plain)
	cipher.NewCBCEncrypter(p.block, iv).CryptBlocks(text, text)
	return text, last(text, size)
}

// Decrypt undoes Encrypt; padding stays.
func (p *Phase1) Decrypt(iv, text []byte) (plain, next []byte, err error) {
	size := p.block.BlockSize()
	if len(text) == 0 || len(text)%size != 0 {
		return nil, nil, ErrCiphertext
	}
	plain = make([]byte, len(text))
	cipher.NewCBCDecrypter(p.block, iv).CryptBlocks(plain, text)
	return plain, last(text, size), nil
}

func last(text []byte, size int) []byte { return append([]byte(nil), text[len(text)-size:]...) }
