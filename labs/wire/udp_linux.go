package wire

import (
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

func portTaken(err error) bool { return errors.Is(err, unix.EADDRINUSE) }

// udpWire carries one frame a datagram, batches of them a call.
type udpWire struct {
	spec    Spec
	conn    *net.UDPConn
	raw     syscall.RawConn
	dropped atomic.Uint64

	in      *batch
	receive func(uintptr) bool

	mu   sync.Mutex // of Write
	out  *batch
	send func(uintptr) bool
}

func openUDP(s Spec) (Device, error) {
	c, err := dialUDP(s)
	if err != nil {
		return nil, err
	}
	raw, err := c.SyscallConn()
	if err != nil {
		c.Close()
		return nil, err
	}
	u := &udpWire{spec: s, conn: c, raw: raw, in: newBatch(), out: newBatch()}
	u.receive, u.send = u.in.receive, u.out.send
	return u, nil
}

func (u *udpWire) Name() string    { return u.spec.String() }
func (u *udpWire) Layer() Layer    { return Frames }
func (u *udpWire) MTU() int        { return DefaultMTU }
func (u *udpWire) BatchSize() int  { return batchSize }
func (u *udpWire) Dropped() uint64 { return u.dropped.Load() }
func (u *udpWire) Close() error    { return u.conn.Close() }

// passing tells what says that nobody is at the other end, or that the way to it
// is closed just now, from the end of the socket.
func (u *udpWire) passing(err error) bool {
	return !isAny(err, unix.EBADF, unix.ENOTSOCK, os.ErrClosed)
}

func (u *udpWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		u.in.count, u.in.done = min(len(bufs), batchSize), 0
		for i := range u.in.count {
			u.in.set(i, bufs[i][offset:])
		}
		if err := u.raw.Read(u.receive); err != nil {
			return 0, closed(err)
		}
		if u.in.err != nil {
			if !u.passing(u.in.err) {
				return 0, u.in.err
			}
			u.in.err = nil
			continue
		}
		n := 0
		for i := range u.in.done {
			m := &u.in.messages[i]
			if m.header.Flags&unix.MSG_TRUNC != 0 || m.length == 0 {
				u.dropped.Add(1)
				continue
			}
			if n != i { // close the gap
				copy(bufs[n][offset:], bufs[i][offset:offset+int(m.length)])
			}
			sizes[n] = int(m.length)
			n++
		}
		if n > 0 {
			return n, nil
		}
	}
}

func (u *udpWire) Write(bufs [][]byte, offset int) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	taken := 0
	for len(bufs) > 0 {
		u.out.count = min(len(bufs), batchSize)
		for i := range u.out.count {
			u.out.set(i, bufs[i][offset:])
		}
		bufs = bufs[u.out.count:]
		n, err := u.out.sendAll(u.raw, u.send, u.passing)
		taken += n
		if err != nil {
			return taken, closed(err)
		}
	}
	return taken, nil
}

// closed makes the error of a closed socket the one that is promised.
func closed(err error) error {
	if errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrClosed) {
		return os.ErrClosed
	}
	return err
}
