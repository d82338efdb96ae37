package esp

import "errors"

// ErrKeys reports key material whose length does not fit the transform.
var ErrKeys = errors.New("esp: wrong length of key material")

// Keys are the keys of one SA. Zero clears them.
type Keys struct{ Cipher, Auth []byte }

// fit reports whether the keys have the transform's lengths.
func (k Keys) fit(t Transform) bool {
	c, a := t.KeyLengths()
	return len(k.Cipher) == c && len(k.Auth) == a
}

// Zero overwrites the keys.
func (k Keys) Zero() {
	clear(k.Cipher)
	clear(k.Auth)
}

// String keeps keys out of logs.
func (k Keys) String() string { return "(keys)" }
