package esp

import (
	"crypto/cipher"
	"errors"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// Errors of Open. Each has a counter of its own in Counters.
var (
	ErrSPI        = errors.New("esp: not a packet of this SA")
	ErrLength     = errors.New("esp: length does not fit the transform")
	ErrReplay     = errors.New("esp: replayed or too old")
	ErrICV        = errors.New("esp: check value is wrong")
	ErrPadding    = errors.New("esp: padding is wrong")
	ErrNextHeader = errors.New("esp: not a tunnelled IP packet")
	ErrInner      = errors.New("esp: inner packet is not valid")
	ErrIdentity   = errors.New("esp: inner packet is outside the proxy identities")
	ErrDummy      = errors.New("esp: dummy packet")
)

// protoNone is the next header of dummy packets (RFC 4303 2.6).
const protoNone = 59

// Inbound is an SA that opens packets.
type Inbound struct {
	SA
	cbc    *cbc
	window Window
}

// NewInbound returns an SA that opens packets sent to p.Local.
func NewInbound(p Params) (*Inbound, error) {
	in := new(Inbound)
	if err := in.init(p); err != nil {
		return nil, err
	}
	var err error
	in.cbc, err = newCBC(in.p.Transform, in.p.Keys.Cipher, cipher.NewCBCDecrypter)
	return in, err
}

// DetectsReplay says whether old sequence numbers are refused, which takes
// authentication (RFC 4303 3.4.3).
func (in *Inbound) DetectsReplay() bool { return in.p.Transform.Auth != NoAuth }

// Open returns the packet that a tunnel packet carries. The tunnel packet must
// be whole and accepted by packet.IPv4.Valid; it is left as it is. The inner
// packet is made in buf where that is large enough.
func (in *Inbound) Open(buf []byte, outer packet.IPv4) (packet.IPv4, error) {
	inner, err := in.open(buf, outer)
	if err != nil {
		in.p.Counters.refused(err)
		return nil, err
	}
	in.carried(len(inner))
	in.p.Counters.opened(in.p.Transform.Auth != NoAuth)
	return inner, nil
}

func (in *Inbound) open(buf []byte, outer packet.IPv4) (packet.IPv4, error) {
	e := packet.ESP(outer.Payload())
	switch {
	case outer.Protocol() != packet.ProtoESP || outer.IsFragment() || !e.Valid() || e.SPI() != in.p.SPI:
		return nil, ErrSPI
	case len(e) < packet.ESPHeader+in.layout.iv+in.layout.icv:
		return nil, ErrLength
	}
	authentic, icv := e[:len(e)-in.layout.icv], e[len(e)-in.layout.icv:]
	iv := authentic[packet.ESPHeader:][:in.layout.iv]
	sealed := authentic[packet.ESPHeader+in.layout.iv:]
	if len(sealed) == 0 || len(sealed)%in.layout.block != 0 {
		return nil, ErrLength
	}
	seq := e.Seq()
	if in.DetectsReplay() && !in.window.Allows(seq) {
		return nil, ErrReplay
	}
	if !in.mac.verify(authentic, icv) {
		return nil, ErrICV
	}
	if in.DetectsReplay() {
		in.window.Mark(seq)
	}
	plain := append(buf[:0], sealed...)
	in.cbc.crypt(iv, plain)
	return in.unwrap(plain)
}

// unwrap checks what came out of the decryption.
func (in *Inbound) unwrap(b []byte) (packet.IPv4, error) {
	n, next := int(b[len(b)-2]), b[len(b)-1]
	b = b[:len(b)-trailer]
	if n > len(b) {
		return nil, ErrPadding
	}
	for i, p := range b[len(b)-n:] {
		if int(p) != i+1 {
			return nil, ErrPadding
		}
	}
	inner := packet.IPv4(b[:len(b)-n])
	switch {
	case next == protoNone:
		return nil, ErrDummy
	case next != protoIPIP:
		return nil, ErrNextHeader
	case !inner.Valid():
		return nil, ErrInner
	}
	// What follows the inner packet hides its length (RFC 4303 2.7).
	inner = inner[:inner.TotalLen()]
	p := acl.Examine(inner)
	p = p.Reversed()
	if !in.p.Selector.Contains(&p) {
		return nil, ErrIdentity
	}
	return inner, nil
}
