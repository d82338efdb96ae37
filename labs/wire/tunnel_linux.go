package wire

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

const clonePath = "/dev/net/tun"

// attachTunnel opens a TUN or TAP device of that name; made says that it was not
// there before.
func attachTunnel(s Spec, flags uint16) (fd int, made bool, err error) {
	_, err = lookUp(s.Device)
	made = err != nil
	fd, err = unix.Open(clonePath, unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENODEV) {
		return 0, made, noCloneDevice(s)
	}
	if err != nil {
		return 0, made, refused(s, "open "+clonePath, err)
	}
	request, err := unix.NewIfreq(s.Device)
	if err == nil {
		request.SetUint16(flags | unix.IFF_NO_PI)
		err = unix.IoctlIfreq(fd, unix.TUNSETIFF, request)
	}
	if err != nil {
		unix.Close(fd)
		return 0, made, tunnelRefused(s, err)
	}
	return fd, made, nil
}

func noCloneDevice(s Spec) error {
	return fmt.Errorf("wire %v: there is no %s: want `sudo modprobe tun`, or in a container --device=%s", s, clonePath, clonePath)
}

// tunnelRefused says why a device of that name cannot be had.
func tunnelRefused(s Spec, err error) error {
	switch {
	case errors.Is(err, unix.EBUSY):
		return fmt.Errorf("wire %v: the name %s is taken: another process holds that device: want another name", s, s.Device)
	case errors.Is(err, unix.EINVAL):
		return fmt.Errorf("wire %v: the name %s is taken by an interface of another kind: want another name", s, s.Device)
	}
	return refused(s, "make "+s.Device, err)
}

// attached reports whether the device of an open file still exists.
func attached(f *os.File) bool {
	return control(f, func(fd int) error {
		request, err := unix.NewIfreq("")
		if err != nil {
			return err
		}
		return unix.IoctlIfreq(fd, unix.TUNGETIFF, request)
	}) == nil
}

// control calls f with the descriptor of an open file.
func control(file *os.File, f func(fd int) error) error {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var inner error
	if err := raw.Control(func(fd uintptr) { inner = f(int(fd)) }); err != nil {
		return err
	}
	return inner
}

// setTunnelCarrier is TUNSETCARRIER of Linux 5.0; an older one has the carrier up
// for good.
func setTunnelCarrier(f *os.File, on bool) error {
	value := 0
	if on {
		value = 1
	}
	return control(f, func(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TUNSETCARRIER, value) })
}
