package esp

import "errors"

// ErrKeys reports key material whose length does not fit the transform.
var ErrKeys = errors.New("esp: wrong length of key material")

// Keys are the keys of one SA. Zero clears them.
type Keys struct{ Cipher, Auth []byte }

// fit says whether the keys have the transform's lengths.
func (k Keys) fit(t Transform) bool {
	c, a := t.KeyLengths()
	return len(k.Cipher) == c && len(k.Auth) == a
}

// Clone is a copy that shares no memory.
func (k Keys) Clone() Keys { return Keys{clone(k.Cipher), clone(k.Auth)} }

// Zero overwrites the keys.
func (k Keys) Zero() {
	clear(k.Cipher)
	clear(k.Auth)
}

// String keeps keys out of logs.
func (k Keys) String() string { return "(keys)" }

func clone(b []byte) []byte { return append([]byte(nil), b...) }
