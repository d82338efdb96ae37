package esp

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/ioslab/ioslab/ios/packet"
)

// Errors of Seal.
var (
	ErrSequence = errors.New("esp: sequence numbers are used up")
	ErrTooLong  = errors.New("esp: packet too long for the tunnel")
)

// protoIPIP is the next header of tunnel mode.
const protoIPIP = 4

// Outbound is an SA that seals packets.
type Outbound struct {
	SA
	cbc      *cbc
	iv       ivSource
	seq      uint32 // the last one sent
	src, dst [4]byte
}

// NewOutbound returns an SA that seals packets to p.Remote.
func NewOutbound(p Params) (*Outbound, error) {
	o := new(Outbound)
	if err := o.init(p); err != nil {
		return nil, err
	}
	var err error
	if o.cbc, err = newCBC(o.p.Transform, o.p.Keys.Cipher, cipher.NewCBCEncrypter); err != nil {
		return nil, err
	}
	o.src, o.dst = p.Local.As4(), p.Remote.As4()
	if o.cbc == nil {
		return o, nil
	}
	var key [ivKeyLength]byte
	if _, err := io.ReadFull(p.Rand, key[:]); err != nil {
		return nil, fmt.Errorf("esp: random bytes for the IV: %w", err)
	}
	o.iv.block, err = aes.NewCipher(key[:])
	return o, err
}

// Seal returns the tunnel packet that carries inner, which packet.IPv4.Valid
// must have accepted. It is made in buf where that is large enough; buf must
// not overlap inner. The inner packet's TTL and checksum are the caller's.
func (o *Outbound) Seal(buf []byte, inner packet.IPv4) (packet.IPv4, error) {
	inner = inner[:inner.TotalLen()]
	body := o.layout.sealed(len(inner))
	total := o.layout.fixed() + body
	switch {
	case total > math.MaxUint16:
		o.p.Counters.SendErrors.Add(1)
		return nil, ErrTooLong
	case o.seq == math.MaxUint32: // never wraps (RFC 4303 3.3.3)
		o.p.Counters.SendErrors.Add(1)
		return nil, ErrSequence
	}
	o.seq++
	out := packet.IPv4(slices.Grow(buf[:0], total)[:total])
	o.outerHeader(out, inner)

	e := out[packet.MinIPv4Header:]
	binary.BigEndian.PutUint32(e, o.p.SPI)
	binary.BigEndian.PutUint32(e[4:], o.seq)
	iv := e[packet.ESPHeader:][:o.layout.iv]
	o.iv.fill(iv, o.seq)
	sealed := e[packet.ESPHeader+len(iv):][:body]
	copy(sealed, inner)
	pad(sealed[len(inner):])
	o.cbc.crypt(iv, sealed)
	authentic := e[:packet.ESPHeader+len(iv)+body]
	copy(e[len(authentic):], o.mac.of(authentic))

	o.carried(len(inner))
	o.p.Counters.sealed(o.p.Transform.Auth != NoAuth)
	return out, nil
}

// pad fills the end of the encrypted part: 1, 2, 3 and so on, their number,
// and the next header (RFC 4303 2.4).
func pad(b []byte) {
	n := len(b) - trailer
	for i := range n {
		b[i] = byte(i + 1)
	}
	b[n], b[n+1] = byte(n), protoIPIP
}

// fill makes the vector of a packet; iv is empty for ESP-NULL.
func (s *ivSource) fill(iv []byte, seq uint32) {
	if len(iv) == 0 {
		return
	}
	clear(s.buf[:])
	binary.BigEndian.PutUint32(s.buf[:], seq)
	s.block.Encrypt(s.buf[:], s.buf[:])
	copy(iv, s.buf[:])
}
