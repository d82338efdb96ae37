package keymat

import (
	"crypto/cipher"
	"encoding/binary"
)

// Material is what main mode with a pre-shared key brings together.
type Material struct {
	Hash             Hash
	Encryption       uint16
	KeyBits          int
	PSK              []byte
	NonceI, NonceR   []byte
	CookieI, CookieR []byte
	PublicI, PublicR []byte
	Shared           []byte
}

// Zero overwrites what is secret of it.
func (m *Material) Zero() {
	clear(m.PSK)
	clear(m.Shared)
}

// Phase1 holds the keys of a phase 1 SA (RFC 2409 §5).
type Phase1 struct {
	hash    Hash
	block   cipher.Block
	key     []byte // of block
	skeyid  []byte
	skeyidD []byte
	skeyidA []byte
	skeyidE []byte
	iv      []byte // of the first encrypted message
}

// Derive computes the keys.
func Derive(m Material) (*Phase1, error) {
	if !m.Hash.Known() {
		return nil, ErrCipher
	}
	n, err := KeyLen(m.Encryption, m.KeyBits)
	if err != nil {
		return nil, err
	}
	p := &Phase1{hash: m.Hash}
	p.skeyid = m.Hash.PRF(m.PSK, m.NonceI, m.NonceR)
	p.skeyidD = m.Hash.PRF(p.skeyid, m.Shared, m.CookieI, m.CookieR, []byte{0})
	p.skeyidA = m.Hash.PRF(p.skeyid, p.skeyidD, m.Shared, m.CookieI, m.CookieR, []byte{1})
	p.skeyidE = m.Hash.PRF(p.skeyid, p.skeyidA, m.Shared, m.CookieI, m.CookieR, []byte{2})
	p.key = p.cipherKey(n)
	if p.block, err = newBlock(m.Encryption, p.key); err != nil {
		return nil, err
	}
	p.iv = m.Hash.Sum(m.PublicI, m.PublicR)[:p.block.BlockSize()]
	return p, nil
}

// cipherKey stretches SKEYID_e where the cipher needs more (RFC 2409 appendix B). No
// copy of what it makes is left but for the key.
func (p *Phase1) cipherKey(n int) []byte {
	if n <= len(p.skeyidE) {
		return p.skeyidE[:n]
	}
	key := make([]byte, 0, n)
	k := []byte{0}
	for len(key) < n {
		next := p.hash.PRF(p.skeyidE, k)
		clear(k)
		k = next
		key = append(key, k[:min(len(k), n-len(key))]...)
	}
	clear(k)
	return key
}

// CipherKey is the key of the cipher, for a lab's key files. It is not to be changed.
func (p *Phase1) CipherKey() []byte { return p.key }

// IV is the IV of phase 1's first encrypted message.
func (p *Phase1) IV() []byte { return append([]byte(nil), p.iv...) }

// ExchangeIV is the IV of the first message of a phase 2 exchange, from the last
// block of phase 1 and the message ID.
func (p *Phase1) ExchangeIV(lastBlock []byte, message uint32) []byte {
	return p.hash.Sum(lastBlock, binary.BigEndian.AppendUint32(nil, message))[:p.block.BlockSize()]
}

// Hash proves who we are: HASH_I with the initiator's values first, HASH_R
// with the responder's.
func (p *Phase1) Hash(publicOwn, publicOther, cookieOwn, cookieOther, saBody, idBody []byte) []byte {
	return p.hash.PRF(p.skeyid, publicOwn, publicOther, cookieOwn, cookieOther, saBody, idBody)
}

// Authenticate is prf(SKEYID_a, M-ID | parts): HASH(1) and HASH(2) of quick mode
// and the hash of an informational exchange.
func (p *Phase1) Authenticate(message uint32, parts ...[]byte) []byte {
	return p.hash.PRF(p.skeyidA, append([][]byte{binary.BigEndian.AppendUint32(nil, message)}, parts...)...)
}

// Confirm is HASH(3) of quick mode.
func (p *Phase1) Confirm(message uint32, nonceI, nonceR []byte) []byte {
	return p.hash.PRF(p.skeyidA, []byte{0}, binary.BigEndian.AppendUint32(nil, message), nonceI, nonceR)
}

// Keymat derives n octets for the SA with that SPI (RFC 2409 §5.5); shared is
// the secret of quick mode's own exchange, nil without PFS. No copy of them is left.
func (p *Phase1) Keymat(n int, shared []byte, protocol uint8, spi uint32, nonceI, nonceR []byte) []byte {
	tail := [][]byte{shared, {protocol}, binary.BigEndian.AppendUint32(nil, spi), nonceI, nonceR}
	key := make([]byte, 0, n)
	var k []byte
	for len(key) < n {
		next := p.hash.PRF(p.skeyidD, append([][]byte{k}, tail...)...)
		clear(k)
		k = next
		key = append(key, k[:min(len(k), n-len(key))]...)
	}
	clear(k)
	return key
}

// Zero forgets the keys.
func (p *Phase1) Zero() {
	for _, k := range [][]byte{p.key, p.skeyid, p.skeyidD, p.skeyidA, p.skeyidE} {
		clear(k)
	}
}
