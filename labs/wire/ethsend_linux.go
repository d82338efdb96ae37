package wire

import (
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// packetSender is the packet socket by which frames leave. It is not the one that
// frames come by, and the runtime's poller does not know of it: the kernel tells of
// each frame that is out that there is room again, and each time the poller would
// wake up, which costs more than the frame.
type packetSender struct {
	mu     sync.Mutex // of Write, and of fd while it is closed
	fd     int
	closed atomic.Bool
	out    *batch
	send   func(uintptr) bool
}

func openPacketSender(index int) (*packetSender, error) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_VNET_HDR, 1); err != nil {
		unix.Close(fd)
		return nil, err
	}
	forceBuffer(fd, unix.SO_SNDBUFFORCE, unix.SO_SNDBUF)
	// Without a protocol nothing comes in by it.
	if err := unix.Bind(fd, &unix.SockaddrLinklayer{Ifindex: index}); err != nil {
		unix.Close(fd)
		return nil, err
	}
	p := &packetSender{fd: fd, out: newBatch()}
	p.send = p.out.send
	return p, nil
}

// forceBuffer makes a socket's queue as long as is wanted. The form with FORCE is
// for root; what the other allows is enough for most.
func forceBuffer(fd, force, plain int) {
	if unix.SetsockoptInt(fd, unix.SOL_SOCKET, force, socketBuffer) != nil {
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, plain, socketBuffer)
	}
}

// Close ends a Write that waits.
func (p *packetSender) Close() error {
	if p.closed.Swap(true) {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return unix.Close(p.fd)
}

// sendPatience is after how long a Write that waits looks whether the socket is
// closed, in milliseconds.
const sendPatience = 20

// Write is that of syscall.RawConn: f is called until it has sent.
func (p *packetSender) Write(f func(fd uintptr) bool) error {
	for {
		if p.closed.Load() {
			return os.ErrClosed
		}
		if f(uintptr(p.fd)) {
			return nil
		}
		unix.Poll([]unix.PollFd{{Fd: int32(p.fd), Events: unix.POLLOUT}}, sendPatience)
	}
}

// frames sends them all; the vnetLength bytes before each are there for the header.
func (p *packetSender) frames(bufs [][]byte, offset int, passing func(error) bool) (taken int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(bufs) > 0 {
		p.out.count = min(len(bufs), batchSize)
		for i := range p.out.count {
			b := bufs[i][offset-vnetLength:]
			clear(b[:vnetLength]) // nothing is left to the interface
			p.out.set(i, b)
		}
		bufs = bufs[p.out.count:]
		n, err := p.out.sendAll(p, p.send, passing)
		taken += n
		if err != nil {
			return taken, closed(err)
		}
	}
	return taken, nil
}
