package forwarding

import (
	"math"

	"github.com/ioslab/ioslab/ios/packet"
)

// A linkLayer is how the interfaces of a kind carry packets over their links. It is
// asked by the loop, and by the fast path for what is settled.
type linkLayer interface {
	// encapsulation is how `show interfaces` names it.
	encapsulation() string
	// addressed reports whether stations on the link have hardware addresses, which
	// ARP finds.
	addressed() bool
	// discards reports whether what is routed to an interface is lost: Null0.
	discards() bool
	// header is how many bytes a frame has before the packet in it.
	header() int
	// length is that of the frame which carries a packet of n bytes.
	length(n int) int
	// largest is the payload of the longest frame that an interface takes.
	largest(i *Interface) int

	// open reads a frame that has come in. It counts one that is bad, and returns
	// false for it and for one to another station.
	open(i *Interface, frame []byte) (payload, bool)
	// transmit decides whether a packet can go on the link.
	transmit(s *Stack, t *transit) verdict
	// send applies that.
	send(s *Stack, t *transit, v verdict)

	// arrive decides about a frame on the fast path: goOn where an IPv4 packet
	// follows its header.
	arrive(i *Interface, frame []byte) fastStep
	// depart is transmit on the fast path.
	depart(v *View, f *Flight) fastStep
	// putHeader writes the header of a frame before the packet, and what there is to
	// be behind it, and returns where the frame lies in the flight's buffer.
	putHeader(f *Flight) (at, length int)
}

// payload is what a frame carries.
type payload struct {
	etherType uint16
	bytes     []byte
	group     bool // it was sent to more stations than this one
}

// loopbackLink is the link layer of loopbacks, behind which there are no hosts but
// the router's own addresses.
type loopbackLink struct{}

func (loopbackLink) encapsulation() string                        { return "LOOPBACK" }
func (loopbackLink) addressed() bool                              { return false }
func (loopbackLink) discards() bool                               { return false }
func (loopbackLink) header() int                                  { return 0 }
func (loopbackLink) length(n int) int                             { return n }
func (loopbackLink) largest(*Interface) int                       { return math.MaxInt }
func (loopbackLink) open(*Interface, []byte) (p payload, ok bool) { return p, false }
func (loopbackLink) arrive(*Interface, []byte) fastStep           { return punt }
func (loopbackLink) depart(*View, *Flight) fastStep               { return punt }
func (loopbackLink) putHeader(f *Flight) (at, length int)         { return f.at, len(f.packet) }

// transmit has a packet come in again that policy routing has sent there.
func (loopbackLink) transmit(_ *Stack, t *transit) verdict {
	if t.steered() && !t.sealed {
		return verdict{outcome: Taken, reason: LoopedBack, next: []packet.IPv4{t.packet}, again: true}
	}
	return dropped(NoHost)
}

func (loopbackLink) send(_ *Stack, t *transit, v verdict) {
	t.out.countOut(len(t.packet))
	if v.again {
		t.out.countIn(len(t.packet))
	}
}

// nullLink is the link layer of Null0.
type nullLink struct{ loopbackLink }

func (nullLink) discards() bool { return true }
