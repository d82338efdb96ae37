//go:build !amd64 || purego

package esp

import (
	"crypto/aes"
	"crypto/cipher"
)

func newAES(key []byte) (cipher.Block, error) { return aes.NewCipher(key) }
