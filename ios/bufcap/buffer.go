package bufcap

import (
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// What a buffer is unless told, as of 12.4.
const (
	DefaultSize    = 256 << 10
	DefaultElement = 68
)

// An Element is a packet in a buffer.
type Element struct {
	At   time.Time
	Path Path
	In   string // the interfaces, as IOS abbreviates them; "" is none
	Out  string
	Data []byte // as much of it as the buffer takes
	Len  int    // of the whole packet
}

// Limits are those of `monitor capture buffer NAME limit`; 0 is none.
type Limits struct {
	EveryNth  int
	Duration  int // seconds
	Packets   int
	PerSecond int
}

// A Buffer keeps copies of packets.
type Buffer struct {
	Name       string
	Size       int // bytes
	MaxElement int // bytes of a packet
	Circular   bool
	Filter     string // access list; "" is none
	Limits     Limits

	elements []Element
	used     int
	offered  int // packets that the filter let pass, since Clear
	second   time.Time
	inSecond int
}

// NewBuffer returns an empty buffer.
func NewBuffer(name string) *Buffer {
	return &Buffer{Name: name, Size: DefaultSize, MaxElement: DefaultElement}
}

// Elements are the packets in the buffer, the oldest first.
func (b *Buffer) Elements() []Element { return b.elements }

// Clear empties the buffer.
func (b *Buffer) Clear() { b.elements, b.used, b.offered, b.inSecond = nil, 0, 0, 0 }

// Put copies a packet into the buffer. It returns true where the buffer takes no
// more: a linear one is full, or has as many packets as it may.
func (b *Buffer) Put(e Element, p packet.IPv4) (done bool) {
	b.offered++
	if n := b.Limits.EveryNth; n > 1 && (b.offered-1)%n != 0 || b.tooFast(e.At) {
		return false
	}
	length := min(len(p), b.MaxElement)
	for b.Circular && length <= b.Size && b.used+length > b.Size {
		b.used -= len(b.elements[0].Data)
		b.elements = b.elements[1:]
	}
	if b.used+length > b.Size {
		return !b.Circular // which has no end: this packet alone is too large for it
	}
	e.Data, e.Len = append([]byte(nil), p[:length]...), len(p)
	b.elements = append(b.elements, e)
	b.used += length
	return b.Limits.Packets > 0 && len(b.elements) >= b.Limits.Packets
}

// tooFast keeps to the limit of packets per second.
func (b *Buffer) tooFast(at time.Time) bool {
	if b.Limits.PerSecond == 0 {
		return false
	}
	if s := at.Truncate(time.Second); !s.Equal(b.second) {
		b.second, b.inSecond = s, 0
	}
	b.inSecond++
	return b.inSecond > b.Limits.PerSecond
}
