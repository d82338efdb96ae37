package wire

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
	"golang.zx2c4.com/wireguard/tun"
)

// tunWire is a TUN device with segmentation offload: what the host's TCP sends as
// one packet comes out cut, and what goes in in order goes in as one.
type tunWire struct {
	tun.Device
	index   int
	closed  atomic.Bool
	dropped atomic.Uint64
}

func openTUN(s Spec) (Device, error) {
	fd, made, err := attachTunnel(s, unix.IFF_TUN|unix.IFF_VNET_HDR)
	if err != nil {
		return nil, err
	}
	d, _, err := tun.CreateUnmonitoredTUNFromFD(fd)
	if err != nil {
		unix.Close(fd)
		return nil, refused(s, "set up the device", err)
	}
	t := &tunWire{Device: d}
	if t.index, err = setUpTunnel(s, made); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func (t *tunWire) Layer() Layer    { return Packets }
func (t *tunWire) Dropped() uint64 { return t.dropped.Load() }

func (t *tunWire) Close() error {
	t.closed.Store(true)
	return t.Device.Close()
}

func (t *tunWire) held() (*os.File, int) { return t.File(), t.index }

// Signal takes the carrier from the host's side, or gives it back.
func (t *tunWire) Signal(on bool) error { return setTunnelCarrier(t.File(), on) }

func (t *tunWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		n, err := t.Device.Read(bufs, sizes, offset)
		if errors.Is(err, tun.ErrTooManySegments) {
			t.dropped.Add(1) // at least: it does not say how many
			err = nil
		}
		switch {
		case n > 0:
			return n, nil
		case err == nil:
		case errors.Is(err, os.ErrClosed):
			if !t.closed.Load() { // wireguard says this of a device that was deleted, too
				return 0, unix.ENODEV
			}
			return 0, os.ErrClosed
		case isErrno(err):
			return 0, err
		default:
			t.dropped.Add(1) // a packet that is not what its header says
		}
	}
}

func (t *tunWire) Write(bufs [][]byte, offset int) (int, error) {
	_, err := t.Device.Write(bufs, offset)
	switch {
	case err == nil, isAny(err, unix.EIO, unix.EINVAL, unix.ENOBUFS, unix.ENOMEM):
		return len(bufs), nil // it is down, or the packet is none
	case errors.Is(err, os.ErrClosed):
		return 0, os.ErrClosed
	}
	return 0, err
}

func isErrno(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number)
}
