package wire

// Layer is what a device carries.
type Layer uint8

// The layers.
const (
	Frames  Layer = iota // those of the link level: Ethernet, or HDLC of a serial line in UDP
	Packets              // bare IP
)

const (
	// Headroom is the room before each frame: for the header that a device puts
	// there (virtio, 10 bytes) and the Ethernet header that a packet may need.
	Headroom = 32
	// MaxFrame is the longest frame that any device reads or writes.
	MaxFrame = 65535
	// BufferSize is the size of a buffer that holds any frame.
	BufferSize = Headroom + MaxFrame
)

// A Device is the host's side of a wire: frames or packets go in and out in batches.
type Device interface {
	// Layer says what Read and Write carry.
	Layer() Layer
	// BatchSize is how many buffers a Read can fill, and a Write empties at once.
	BatchSize() int
	// Read fills bufs[i][offset:][:sizes[i]] with finished frames and returns how
	// many there are; it blocks until there is one at least. A buffer has BufferSize
	// bytes where all frames are to fit; those that do not are dropped and counted. It
	// returns os.ErrClosed after Close; any other error is the device's end.
	Read(bufs [][]byte, sizes []int, offset int) (n int, err error)
	// Write sends bufs[i][offset:]. The offset bytes before, Headroom at least, are
	// the device's to write in, and what follows the length of a buffer within its
	// capacity is, too. It returns how many the host has taken: others are lost, as
	// on any wire that is down or busy. An error is the device's end.
	Write(bufs [][]byte, offset int) (n int, err error)
	// Dropped counts frames that reached the host's side and never got out of Read.
	Dropped() uint64
	// Close ends the device and what was made for it; a Read under way returns.
	Close() error
}

// A Signaller is a device whose carrier on the host's side can be taken away, as
// that of an interface whose neighbour was shut down.
type Signaller interface {
	Signal(on bool) error
}

// Open opens a wire's device.
func Open(s Spec) (Device, error) {
	switch s.Kind {
	case TUN:
		return openTUN(s)
	case TAP:
		return openTAP(s)
	case Eth:
		return openEth(s)
	}
	return openUDP(s)
}
