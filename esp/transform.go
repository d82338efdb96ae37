package esp

import (
	"crypto/aes"
	"crypto/des"
	"errors"
	"strconv"
)

// Cipher is an ESP transform identifier (IANA, RFC 2407 §4.4.4).
type Cipher uint8

// The ciphers that we know.
const (
	DES       Cipher = 2
	TripleDES Cipher = 3
	Null      Cipher = 11
	AES       Cipher = 12
)

// Auth is an authentication algorithm of phase 2 (IANA, RFC 2407 §4.5).
type Auth uint16

// The authentication algorithms that we know.
const (
	NoAuth Auth = 0
	MD5    Auth = 1
	SHA1   Auth = 2
	SHA256 Auth = 5
	SHA384 Auth = 6
	SHA512 Auth = 7
)

// Transform is a pairing of cipher and authentication. KeyBits is the AES key
// length, where zero stands for 128; it is zero with every other cipher.
type Transform struct {
	Cipher  Cipher
	KeyBits int
	Auth    Auth
}

// ErrTransform reports a pairing that is not supported.
var ErrTransform = errors.New("esp: no such transform")

type cipherRow struct {
	cipher      Cipher
	keyBits     int
	key, block  int // bytes
	iv          int
	config      string
	show        string
	engine      string
	description string
}

// ciphers has one row a cipher and key length. ESP-NULL pads to four bytes,
// as the trailer must end on such a boundary (RFC 4303 §2.4).
var ciphers = []cipherRow{
	{DES, 0, 8, des.BlockSize, 8, "esp-des", "esp-des", "DES", "ESP with DES (56 bits)"},
	{TripleDES, 0, 24, des.BlockSize, 8, "esp-3des", "esp-3des", "3DES", "ESP with triple DES (168 bits)"},
	{AES, 128, 16, aes.BlockSize, 16, "esp-aes", "esp-aes", "AES", "ESP with AES (128 bits)"},
	{AES, 192, 24, aes.BlockSize, 16, "esp-aes 192", "esp-192-aes", "AES192", "ESP with AES (192 bits)"},
	{AES, 256, 32, aes.BlockSize, 16, "esp-aes 256", "esp-256-aes", "AES256", "ESP with AES (256 bits)"},
	{Null, 0, 0, 4, 0, "esp-null", "esp-null", "NULL", "ESP without encryption"},
}

type authRow struct {
	auth        Auth
	key, icv    int // bytes
	name        string
	engine      string
	description string
}

var auths = []authRow{
	{NoAuth, 0, 0, "", "", ""},
	{MD5, 16, 12, "esp-md5-hmac", "MD5", "ESP with HMAC-MD5-96"},
	{SHA1, 20, 12, "esp-sha-hmac", "SHA", "ESP with HMAC-SHA-1-96"},
	{SHA256, 32, 16, "esp-sha256-hmac", "SHA256", "ESP with HMAC-SHA-256-128"},
	{SHA384, 48, 24, "esp-sha384-hmac", "SHA384", "ESP with HMAC-SHA-384-192"},
	{SHA512, 64, 32, "esp-sha512-hmac", "SHA512", "ESP with HMAC-SHA-512-256"},
}

func (t Transform) cipherRow() (cipherRow, bool) {
	if t.Cipher == AES && t.KeyBits == 0 {
		t.KeyBits = 128
	}
	for _, r := range ciphers {
		if r.cipher == t.Cipher && r.keyBits == t.KeyBits {
			return r, true
		}
	}
	return cipherRow{}, false
}

func (t Transform) authRow() (authRow, bool) {
	for _, r := range auths {
		if r.auth == t.Auth {
			return r, true
		}
	}
	return authRow{}, false
}

// Valid reports whether cipher, key length and authentication are known and
// protect something: NULL with no authentication does not (RFC 4303 §3.2).
func (t Transform) Valid() bool {
	_, c := t.cipherRow()
	_, a := t.authRow()
	return c && a && (t.Cipher != Null || t.Auth != NoAuth)
}

// Normal is the transform with the AES key length always given, so that equal
// transforms compare equal.
func (t Transform) Normal() Transform {
	if t.Cipher == AES && t.KeyBits == 0 {
		t.KeyBits = 128
	}
	return t
}

// KeyLengths are the lengths of the two keys in bytes.
func (t Transform) KeyLengths() (cipher, auth int) {
	c, _ := t.cipherRow()
	a, _ := t.authRow()
	return c.key, a.key
}

// IVLength is the length of the initialization vector in a packet, in bytes.
func (t Transform) IVLength() int {
	c, _ := t.cipherRow()
	return c.iv
}

// ICVLength is the length of the check value in a packet, in bytes.
func (t Transform) ICVLength() int {
	a, _ := t.authRow()
	return a.icv
}

// String is the transform as show and debug commands print it, with their
// blank at the end: "esp-256-aes esp-sha-hmac ".
func (t Transform) String() string {
	c, ok := t.cipherRow()
	if !ok {
		c.show = "esp-" + strconv.Itoa(int(t.Cipher))
	}
	return t.join(c.show) + " "
}

// ConfigText is the transform as `crypto ipsec transform-set` takes it:
// "esp-aes 256 esp-sha-hmac".
func (t Transform) ConfigText() string {
	c, _ := t.cipherRow()
	return t.join(c.config)
}

func (t Transform) join(cipher string) string {
	if a, _ := t.authRow(); a.name != "" {
		return cipher + " " + a.name
	}
	return cipher
}

// EngineText is the algorithm column of `show crypto engine connections
// active`: "DES+MD5".
func (t Transform) EngineText() string {
	c, _ := t.cipherRow()
	if a, _ := t.authRow(); a.engine != "" {
		return c.engine + "+" + a.engine
	}
	return c.engine
}

// Keyword is a word of `crypto ipsec transform-set` and what it stands for:
// a cipher, or an authentication when Auth is not zero.
type Keyword struct {
	Word   string // the key length, if any, is a word of its own
	Cipher Cipher
	Auth   Auth
	Help   string
}

// Keywords are the words of `crypto ipsec transform-set`; key lengths of AES
// follow `esp-aes`.
func Keywords() []Keyword {
	var words []Keyword
	for _, r := range ciphers {
		if r.config == r.show {
			words = append(words, Keyword{Word: r.config, Cipher: r.cipher, Help: r.description})
		}
	}
	for _, r := range auths[1:] {
		words = append(words, Keyword{Word: r.name, Auth: r.auth, Help: r.description})
	}
	return words
}
