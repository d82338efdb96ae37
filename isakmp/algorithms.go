package isakmp

import "strconv"

// Encryption is a phase 1 cipher (RFC 2409 appendix A, RFC 3602).
type Encryption uint16

// Phase 1 ciphers.
const (
	DES       Encryption = 1
	TripleDES Encryption = 5
	AES       Encryption = 7
)

// Hash is a phase 1 hash; HMAC with it is the prf (RFC 2409 appendix A, RFC 4868).
type Hash uint16

// Phase 1 hashes.
const (
	MD5    Hash = 1
	SHA    Hash = 2
	SHA256 Hash = 4
	SHA384 Hash = 5
	SHA512 Hash = 6
)

// Auth is a phase 1 authentication method.
type Auth uint16

// Phase 1 authentication methods.
const (
	PreShared     Auth = 1
	RSASignature  Auth = 3
	RSAEncryption Auth = 4
)

// String is the name that the configuration uses, without a key length.
func (e Encryption) String() string {
	switch e {
	case DES:
		return "des"
	case TripleDES:
		return "3des"
	case AES:
		return "aes"
	}
	return "encryption" + strconv.Itoa(int(e))
}

// String is the name that the configuration uses.
func (h Hash) String() string {
	switch h {
	case MD5:
		return "md5"
	case SHA:
		return "sha"
	case SHA256:
		return "sha256"
	case SHA384:
		return "sha384"
	case SHA512:
		return "sha512"
	}
	return "hash" + strconv.Itoa(int(h))
}

// String is the name that the configuration uses.
func (a Auth) String() string {
	switch a {
	case PreShared:
		return "pre-share"
	case RSASignature:
		return "rsa-sig"
	case RSAEncryption:
		return "rsa-encr"
	}
	return "auth" + strconv.Itoa(int(a))
}

// EncryptionText is the argument of `encryption`: des, 3des, aes, aes 192, aes 256.
func (p Policy) EncryptionText() string {
	if p.Encryption == AES && p.KeyBits != 128 && p.KeyBits != 0 {
		return "aes " + strconv.Itoa(p.KeyBits)
	}
	return p.Encryption.String()
}
