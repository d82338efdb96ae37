package esp

import "errors"

// ErrKeys reports key material whose length does not fit the transform.
var ErrKeys = errors.New("esp: wrong length of key material")

// Keys are the keys of one SA. Zero clears them.
type Keys struct{ Cipher, Auth []byte }

// SplitKeys takes the keys of a transform from the key material of quick
// mode: the cipher's first, then the authentication's (RFC 2401 4.1). The
// material is copied and may be longer than needed.
func SplitKeys(t Transform, material []byte) (Keys, error) {
	c, a := t.KeyLengths()
	if len(material) < c+a {
		return Keys{}, ErrKeys
	}
	return Keys{Cipher: clone(material[:c]), Auth: clone(material[c : c+a])}, nil
}

// MaterialLength is how many bytes SplitKeys needs.
func (t Transform) MaterialLength() int {
	c, a := t.KeyLengths()
	return c + a
}

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
