package wire

import (
	"encoding/binary"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	// maxBundle is how many datagrams the kernel cuts out of one (UDP_MAX_SEGMENTS
	// of the oldest), and maxBundleSize how long that one may be.
	maxBundle     = 64
	maxBundleSize = 65507
)

// bundles are a batch of messages to be sent in which frames of one size follow
// one another: the kernel takes a message through its stack once and cuts it at
// the end. Only the last frame of a bundle may be shorter.
type bundles struct {
	batch
	control [batchSize][]byte
	inside  [batchSize]int // how many frames are in a message
	// below is the size from which on frames are not bundled, as the kernel
	// has refused that: it cuts nothing that would be a fragment afterwards.
	below int
}

func newBundles() *bundles {
	b := &bundles{batch: *newBatch(), below: maxBundleSize}
	for i := range b.control {
		b.control[i] = make([]byte, unix.CmsgSpace(2))
		h := (*unix.Cmsghdr)(unsafe.Pointer(&b.control[i][0]))
		h.Level, h.Type = unix.SOL_UDP, unix.UDP_SEGMENT
		h.SetLen(unix.CmsgLen(2))
	}
	return b
}

// pack puts as many of the frames as there is room for into messages.
func (b *bundles) pack(bufs [][]byte, offset int) {
	bufs = bufs[:min(len(bufs), batchSize)]
	n := 0
	for i := 0; i < len(bufs); n++ {
		first, size := i, len(bufs[i])-offset
		for total, last := 0, size; i < len(bufs); i++ {
			length := len(bufs[i]) - offset
			total += length
			if i > first && (size >= b.below || last < size || length > size || length == 0 || total > maxBundleSize || i-first == maxBundle) {
				break
			}
			last = length
			b.buffers[i].Base = unsafe.SliceData(bufs[i][offset:])
			b.buffers[i].SetLen(length)
		}
		b.inside[n] = i - first
		h := &b.messages[n].header
		h.Iov = &b.buffers[first]
		h.SetIovlen(i - first)
		h.Control = nil
		h.SetControllen(0)
		if i-first > 1 {
			binary.NativeEndian.PutUint16(b.control[n][unix.CmsgLen(0):], uint16(size))
			h.Control = &b.control[n][0]
			h.SetControllen(len(b.control[n]))
		}
	}
	b.count, b.done, b.err = n, 0, nil
}

// frames is how many are in the first n messages.
func (b *bundles) frames(n int) (sum int) {
	for _, c := range b.inside[:n] {
		sum += c
	}
	return sum
}

// smaller reports whether the message that was refused shall be tried again in
// smaller ones: it was a bundle, and the kernel does not cut such.
func (b *bundles) smaller() bool {
	if b.inside[b.done] < 2 || !isAny(b.err, unix.EINVAL, unix.EMSGSIZE, unix.EIO, unix.ENOPROTOOPT, unix.EOPNOTSUPP) {
		return false
	}
	b.below = 0
	if isAny(b.err, unix.EINVAL, unix.EMSGSIZE) {
		b.below = int(b.buffers[b.frames(b.done)].Len)
	}
	return true
}

// joined is the size of the datagrams that a message was joined of, zero where it
// is but one.
func joined(control []byte) int {
	if len(control) < unix.CmsgLen(4) {
		return 0
	}
	h := (*unix.Cmsghdr)(unsafe.Pointer(&control[0]))
	if h.Level != unix.SOL_UDP || h.Type != unix.UDP_GRO {
		return 0
	}
	return int(binary.NativeEndian.Uint32(control[unix.CmsgLen(0):]))
}
