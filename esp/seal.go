package esp

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"net/netip"
	"slices"
	"sync/atomic"

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
	destination
	vectors cipher.Block  // makes the IVs; nil for ESP-NULL
	seq     atomic.Uint32 // the last one taken
	src     [4]byte
}

// NewOutbound returns an SA that seals packets to p.Remote.
func NewOutbound(p Params) (*Outbound, error) {
	o := new(Outbound)
	if err := o.init(p); err != nil {
		return nil, err
	}
	o.src = p.Local.As4()
	o.Redirect(netip.AddrPortFrom(p.Remote, p.Encap.Remote))
	if o.layout.iv == 0 {
		return o, nil
	}
	var key [ivKeyLength]byte
	if _, err := io.ReadFull(p.Rand, key[:]); err != nil {
		o.Zero()
		return nil, fmt.Errorf("esp: random bytes for the IV: %w", err)
	}
	var err error
	o.vectors, err = aes.NewCipher(key[:])
	return o, err
}

// Seal returns the tunnel packet that carries inner, which packet.IPv4.Valid
// must have accepted. It is made in buf where that is large enough; buf must
// not overlap inner. The inner packet's TTL and checksum are the caller's.
func (o *Outbound) Seal(buf []byte, inner packet.IPv4) (packet.IPv4, error) {
	out, err := o.seal(buf, inner[:inner.TotalLen()])
	if err != nil {
		o.p.Counters.SendErrors.Add(1)
		return nil, err
	}
	o.Carried(1)
	return out, nil
}

func (o *Outbound) seal(buf []byte, inner packet.IPv4) (packet.IPv4, error) {
	total := o.Length(len(inner))
	if total > math.MaxUint16 {
		return nil, ErrTooLong
	}
	s, err := o.Sealer()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	seq, err := o.Next(len(inner))
	if err != nil {
		return nil, err
	}
	return s.Seal(slices.Grow(buf[:0], total)[:total], inner, seq), nil
}

// Length is that of the tunnel packet that carries an inner packet of n bytes.
func (o *Outbound) Length(n int) int { return o.layout.total(n) }

// Before is how many bytes of a tunnel packet precede the inner one.
func (o *Outbound) Before() int { return o.layout.before() }

// Next takes the volume of an inner packet of so many bytes and the next sequence
// number, which never wraps (RFC 4303 §3.3.3). May be called from anywhere.
func (o *Outbound) Next(bytes int) (uint32, error) {
	if !o.takeVolume(bytes) {
		return 0, ErrVolume
	}
	for {
		last := o.seq.Load()
		if last == math.MaxUint32 {
			return 0, ErrSequence
		}
		if o.seq.CompareAndSwap(last, last+1) {
			return last + 1, nil
		}
	}
}

// Carried counts packets that were sealed. Next has counted their bytes.
func (o *Outbound) Carried(packets uint64) {
	o.packets.Add(packets)
	o.p.Counters.sealed(packets, o.p.Transform.Auth != NoAuth)
}

// A Sealer is one worker's part of an Outbound: several seal at once, each with
// a sealer of its own.
type Sealer struct {
	out *Outbound
	*state
}

// Sealer lends a sealer to one worker, until it is closed.
func (o *Outbound) Sealer() (Sealer, error) {
	st, err := o.take(cipher.NewCBCEncrypter)
	return Sealer{o, st}, err
}

// Close gives the sealer back.
func (s Sealer) Close() { s.out.give(s.state) }

// Seal makes the tunnel packet of inner, with a sequence number that was taken by
// Next, in out, which has just its length (see Length, at most 65535). Inner may
// lie in out where it will be, Before bytes from the beginning; else the two must
// not overlap. It counts nothing: see Carried.
func (s Sealer) Seal(out packet.IPv4, inner packet.IPv4, seq uint32) packet.IPv4 {
	o, l := s.out, s.out.layout
	o.outerHeader(out, inner, seq)
	e := out[packet.MinIPv4Header+l.udp:]
	iv := e[packet.ESPHeader:][:l.iv]
	s.vector(iv, seq)
	authentic := e[:len(e)-l.icv]
	sealed := authentic[packet.ESPHeader+l.iv:]
	if &sealed[0] != &inner[0] {
		copy(sealed, inner)
	}
	pad(sealed[len(inner):])
	s.cbc.crypt(iv, sealed)
	copy(e[len(authentic):], s.mac.of(authentic))
	return out
}

// pad fills the end of the encrypted part: 1, 2, 3 and so on, their number,
// and the next header (RFC 4303 §2.4).
func pad(b []byte) {
	n := len(b) - trailer
	for i := range n {
		b[i] = byte(i + 1)
	}
	b[n], b[n+1] = byte(n), protoIPIP
}

// ivKeyLength is how many random bytes an outbound SA needs.
const ivKeyLength = aes.BlockSize

// vector makes the initialization vector of a packet by encrypting its sequence
// number under a key of its own: no one can foresee it (RFC 3602 3), and a seed
// repeats them all. For ESP-NULL it is empty.
func (s Sealer) vector(iv []byte, seq uint32) {
	if len(iv) == 0 {
		return
	}
	clear(s.buf[:])
	binary.BigEndian.PutUint32(s.buf[:], seq)
	s.out.vectors.Encrypt(s.buf[:], s.buf[:])
	copy(iv, s.buf[:])
}
