package forwarding

import "slices"

// Identity tells a packet from the others of its router.
type Identity struct {
	Number uint64 // from 1 on
	// Parent is the number of the packet that it was made of, as fragments are and the
	// packet in a tunnel, or because of, as an answer is; 0 where there is none.
	Parent uint64
}

// A Frame is one that has come in from a link or leaves by it. One of ARP has a number
// like that of a packet.
type Frame struct {
	Identity
	Interface *Interface
	Sent      bool   // it leaves
	Bytes     []byte // is to be read before the watcher returns
}

// AddWatch has f told of each step of each packet, until it is removed. While anyone
// watches, every packet is the loop's.
func (s *Stack) AddWatch(f func(Step)) (remove func()) { return s.steps.add(f) }

// AddFrameWatch has f told of each frame that comes in or leaves, until it is removed.
// While anyone watches, every packet is the loop's.
func (s *Stack) AddFrameWatch(f func(Frame)) (remove func()) { return s.frames.add(f) }

func (s *Stack) watched() bool { return len(s.steps)+len(s.frames) > 0 }

// watchers are told of something, in the order in which they were added.
type watchers[T any] []*func(T)

func (w *watchers[T]) add(f func(T)) (remove func()) {
	*w = append(slices.Clone(*w), &f)
	return func() {
		*w = slices.DeleteFunc(slices.Clone(*w), func(g *func(T)) bool { return g == &f })
	}
}

func (w watchers[T]) tell(v T) {
	for _, f := range w {
		(*f)(v)
	}
}
