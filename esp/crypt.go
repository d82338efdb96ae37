package esp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"reflect"
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

// erase overwrites the key schedule, of which the mode may have a copy. The standard
// library has no way to ask for that, so what its pointers point to is overwritten.
func (c *cbc) erase() {
	if c == nil {
		return
	}
	for _, pointer := range []any{c.block, c.mode} {
		if v := reflect.ValueOf(pointer); v.Kind() == reflect.Pointer {
			v.Elem().SetZero()
		}
	}
}
