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

// udpWire carries one frame a datagram. Datagrams pass the host's stack in bundles
// where it can cut and join them (udp(7): UDP_SEGMENT, UDP_GRO).
type udpWire struct {
	conn    *net.UDPConn
	raw     syscall.RawConn
	dropped atomic.Uint64

	in      *batch
	control [batchSize][groLength]byte
	room    [batchSize][]byte
	receive func(uintptr) bool
	next    int    // of the messages of in, to be taken
	rest    []byte // of the latest one
	size    int    // of the frames in it

	mu   sync.Mutex // of Write
	out  *bundles
	send func(uintptr) bool
}

// groLength is the room for the size that the kernel tells of joined datagrams.
const groLength = 64

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
	u := &udpWire{conn: c, raw: raw, in: newBatch(), out: newBundles()}
	// A kernel before 5.0 joins nothing, and says so.
	raw.Control(func(fd uintptr) { unix.SetsockoptInt(int(fd), unix.SOL_UDP, unix.UDP_GRO, 1) })
	for i := range u.room {
		u.room[i] = make([]byte, MaxFrame)
	}
	u.receive, u.send = u.in.receive, u.out.send
	return u, nil
}

func (u *udpWire) Layer() Layer    { return Frames }
func (u *udpWire) BatchSize() int  { return batchSize }
func (u *udpWire) Dropped() uint64 { return u.dropped.Load() }
func (u *udpWire) Close() error    { return u.conn.Close() }

// passing tells the errors that say that no socket is open at the other end, or that the way to it
// is closed just now, from the end of the socket.
func (u *udpWire) passing(err error) bool {
	return !isAny(err, unix.EBADF, unix.ENOTSOCK, os.ErrClosed)
}

func (u *udpWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		if n := u.take(bufs, sizes, offset); n > 0 {
			return n, nil
		}
		if err := u.fill(); err != nil {
			return 0, err
		}
	}
}

// take copies what was received into the buffers, a frame each.
func (u *udpWire) take(bufs [][]byte, sizes []int, offset int) (n int) {
	for n < len(bufs) {
		if len(u.rest) == 0 {
			if u.next == u.in.done {
				return n
			}
			u.begin(u.next)
			u.next++
			continue
		}
		frame := u.rest[:min(u.size, len(u.rest))]
		u.rest = u.rest[len(frame):]
		if len(frame) > len(bufs[n])-offset {
			u.dropped.Add(1)
			continue
		}
		sizes[n] = copy(bufs[n][offset:], frame)
		n++
	}
	return n
}

// begin takes the next message of the batch.
func (u *udpWire) begin(i int) {
	m := &u.in.messages[i]
	if m.header.Flags&unix.MSG_TRUNC != 0 || m.length == 0 {
		u.dropped.Add(1)
		return
	}
	u.rest = u.room[i][:m.length]
	u.size = len(u.rest)
	if size := joined(u.control[i][:m.header.Controllen]); size > 0 {
		u.size = size
	}
}

// fill waits for datagrams.
func (u *udpWire) fill() error {
	u.in.count, u.in.done, u.next = batchSize, 0, 0
	for i := range u.room {
		u.in.set(i, u.room[i])
		h := &u.in.messages[i].header
		h.Control = &u.control[i][0]
		h.SetControllen(groLength)
	}
	u.in.err = nil
	if err := u.raw.Read(u.receive); err != nil {
		return closed(err)
	}
	if u.in.err != nil && !u.passing(u.in.err) {
		return u.in.err
	}
	return nil
}

func (u *udpWire) Write(bufs [][]byte, offset int) (taken int, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for len(bufs) > 0 {
		u.out.pack(bufs, offset)
		if err := u.raw.Write(u.send); err != nil {
			return taken, closed(err)
		}
		n := u.out.frames(u.out.done)
		taken += n
		bufs = bufs[n:]
		switch {
		case u.out.err == nil:
		case !u.passing(u.out.err):
			return taken, u.out.err
		case !u.out.smaller():
			bufs = bufs[u.out.frames(1+u.out.done)-n:] // they are lost
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
