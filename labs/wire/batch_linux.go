package wire

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// batchSize is how many frames go to and from the kernel in one call.
const batchSize = 64

// message is struct mmsghdr of recvmmsg(2) and sendmmsg(2).
type message struct {
	header unix.Msghdr
	length uint32
}

// batch is the room for one call of either.
type batch struct {
	messages [batchSize]message
	buffers  [batchSize]unix.Iovec

	count int // of the messages that the call is to take
	done  int // those that it has taken
	err   error
}

func newBatch() *batch {
	b := new(batch)
	for i := range b.messages {
		h := &b.messages[i].header
		h.Iov = &b.buffers[i]
		h.SetIovlen(1)
	}
	return b
}

// set makes b the buffer of a message; it has one byte at least.
func (b *batch) set(i int, buffer []byte) {
	b.buffers[i].Base = unsafe.SliceData(buffer)
	b.buffers[i].SetLen(len(buffer))
}

// receive is for RawConn.Read: it is done when there was anything but nothing.
func (b *batch) receive(fd uintptr) bool {
	return b.call(unix.SYS_RECVMMSG, fd)
}

// send is for RawConn.Write.
func (b *batch) send(fd uintptr) bool {
	return b.call(unix.SYS_SENDMMSG, fd)
}

// call never waits, so the runtime need not know of it: it would take a batch of
// packets for a call that blocks, and look for other work and another thread meanwhile.
func (b *batch) call(number, fd uintptr) bool {
	for {
		n, _, errno := unix.RawSyscall6(number, fd, uintptr(unsafe.Pointer(&b.messages[b.done])), uintptr(b.count-b.done), unix.MSG_DONTWAIT, 0, 0)
		switch errno {
		case 0:
			b.done += int(n)
			b.err = nil
			return true
		case unix.EINTR:
		case unix.EAGAIN:
			return false
		default:
			b.err = errno
			return true
		}
	}
}

// rawWriter is what of a syscall.RawConn sending needs.
type rawWriter interface {
	Write(f func(fd uintptr) (done bool)) error
}

// sendAll sends the messages; one that the kernel refuses for a reason that passes
// is lost. It returns how many were taken.
func (b *batch) sendAll(raw rawWriter, send func(uintptr) bool, passing func(error) bool) (taken int, err error) {
	for b.done = 0; b.done < b.count; {
		before := b.done
		b.err = nil
		if err := raw.Write(send); err != nil {
			return taken, err
		}
		taken += b.done - before
		if b.err == nil {
			continue
		}
		if !passing(b.err) {
			return taken, b.err
		}
		b.done++ // that one is lost
	}
	return taken, nil
}
