package esp

import (
	"crypto/cipher"
	"errors"
	"sync"

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

// protoNone is the next header of dummy packets (RFC 4303 §2.6).
const protoNone = 59

// Inbound is an SA that opens packets.
type Inbound struct {
	SA
	windowMu sync.Mutex
	window   Window
}

// NewInbound returns an SA that opens packets sent to p.Local.
func NewInbound(p Params) (*Inbound, error) {
	in := new(Inbound)
	return in, in.init(p)
}

// DetectsReplay reports whether old sequence numbers are refused, which takes
// authentication (RFC 4303 §3.4.3).
func (in *Inbound) DetectsReplay() bool { return in.p.Transform.Auth != NoAuth }

// Open returns the packet that a tunnel packet carries. The tunnel packet must
// be whole and accepted by packet.IPv4.Valid; it is left as it is. The inner
// packet is made in buf where that is large enough.
func (in *Inbound) Open(buf []byte, outer packet.IPv4) (packet.IPv4, error) {
	inner, err := in.open(buf, outer)
	if err != nil {
		in.Refused(err)
		return nil, err
	}
	in.Carried(1)
	return inner, nil
}

func (in *Inbound) open(buf []byte, outer packet.IPv4) (packet.IPv4, error) {
	o, err := in.Opener()
	if err != nil {
		return nil, err
	}
	defer o.Close()
	if buf == nil {
		buf = make([]byte, 0, outer.TotalLen())
	}
	return in.Accept(o.open(buf, outer))
}

// Accept is the end of opening: a packet that was verified moves the window, if
// none of its number has come meanwhile. It is to be called in the order in which
// packets came.
func (in *Inbound) Accept(o Opened) (packet.IPv4, error) {
	if o.Verified && in.DetectsReplay() {
		in.windowMu.Lock()
		fresh := in.window.Allows(o.Seq)
		if fresh {
			in.window.Mark(o.Seq)
		}
		in.windowMu.Unlock()
		if !fresh {
			return nil, ErrReplay
		}
	}
	if o.Err == nil && !in.takeVolume(len(o.Inner)) {
		return nil, ErrVolume
	}
	return o.Inner, o.Err
}

// Newest reports whether no packet with a higher number has come.
func (in *Inbound) Newest(seq uint32) bool {
	in.windowMu.Lock()
	defer in.windowMu.Unlock()
	return seq >= in.window.Top()
}

func (in *Inbound) allows(seq uint32) bool {
	in.windowMu.Lock()
	defer in.windowMu.Unlock()
	return in.window.Allows(seq)
}

// Carried counts packets that were accepted. Accept has counted their bytes.
func (in *Inbound) Carried(packets uint64) {
	in.packets.Add(packets)
	in.p.Counters.opened(packets, in.p.Transform.Auth != NoAuth)
}

// Refused counts a packet that was not accepted.
func (in *Inbound) Refused(err error) { in.p.Counters.refused(err) }

// Opened is what came out of a tunnel packet.
type Opened struct {
	Inner packet.IPv4 // nil where there is an error
	Seq   uint32
	Err   error
	// Verified says that the peer has sent it, if it is not a replay. Without it
	// the tunnel packet is still as it was.
	Verified bool
}

// An Opener is one worker's part of an Inbound: several open packets at once,
// each with an opener of its own.
type Opener struct {
	in *Inbound
	*state
}

// Opener lends an opener to one worker, until it is closed.
func (in *Inbound) Opener() (Opener, error) {
	st, err := in.take(cipher.NewCBCDecrypter)
	return Opener{in, st}, err
}

// Close gives the opener back.
func (o Opener) Close() { o.in.give(o.state) }

// Open decrypts a tunnel packet where it lies. What it returns is for Accept to
// decide. It counts nothing: see Carried and Refused.
func (o Opener) Open(outer packet.IPv4) Opened { return o.open(nil, outer) }

// open makes the inner packet in buf, or where buf is nil where it lies.
func (o Opener) open(buf []byte, outer packet.IPv4) Opened {
	in, l := o.in, o.in.layout
	e, ok := in.p.Encap.find(outer)
	switch {
	case !ok || e.SPI() != in.p.SPI:
		return Opened{Err: ErrSPI}
	case len(e) < packet.ESPHeader+l.iv+l.icv:
		return Opened{Err: ErrLength}
	}
	authentic, icv := e[:len(e)-l.icv], e[len(e)-l.icv:]
	iv := authentic[packet.ESPHeader:][:l.iv]
	sealed := authentic[packet.ESPHeader+l.iv:]
	if len(sealed) == 0 || len(sealed)%l.block != 0 {
		return Opened{Err: ErrLength}
	}
	seq := e.Seq()
	if in.DetectsReplay() && !in.allows(seq) {
		return Opened{Seq: seq, Err: ErrReplay}
	}
	if !o.mac.verify(authentic, icv) {
		return Opened{Seq: seq, Err: ErrICV}
	}
	plain := []byte(sealed)
	if buf != nil {
		plain = append(buf[:0], sealed...)
	}
	o.cbc.crypt(iv, plain)
	inner, err := in.unwrap(plain)
	return Opened{inner, seq, err, true}
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
	// What follows the inner packet hides its length (RFC 4303 §2.7).
	inner = inner[:inner.TotalLen()]
	if !in.Admits(inner) {
		return nil, ErrIdentity
	}
	return inner, nil
}

// Admits reports whether a packet may come in by the SA: it is within the proxy
// identities (RFC 4301 §5.2).
func (in *Inbound) Admits(inner packet.IPv4) bool {
	p := acl.Examine(inner)
	p = p.Reversed()
	return in.p.Selector.Contains(&p)
}
