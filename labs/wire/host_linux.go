package wire

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// hostLink is what is asked of an interface of the host.
type hostLink struct {
	index   int
	up      bool // set up
	carrier bool // and its other end is there
}

// lookUp asks the kernel for an interface.
func lookUp(name string) (hostLink, error) {
	l, err := netlink.LinkByName(name)
	if err != nil {
		return hostLink{}, err
	}
	a := l.Attrs()
	const up, running = unix.IFF_UP, unix.IFF_RUNNING
	return hostLink{a.Index, a.RawFlags&up != 0, a.RawFlags&up != 0 && a.RawFlags&running != 0}, nil
}

// hostInterface finds the interface of an eth wire.
func hostInterface(s Spec) (hostLink, error) {
	l, err := lookUp(s.Device)
	var missing netlink.LinkNotFoundError
	switch {
	case errors.As(err, &missing):
		return l, fmt.Errorf("wire %v: %w %s: want one that `ip link` shows", s, ErrNoInterface, s.Device)
	case err != nil:
		return l, refused(s, "look for "+s.Device, err)
	}
	return l, nil
}

// setUp sets an interface up.
func setUp(s Spec) error {
	l, err := netlink.LinkByName(s.Device)
	if err == nil {
		err = netlink.LinkSetUp(l)
	}
	if err != nil {
		return refused(s, "set "+s.Device+" up", err)
	}
	return nil
}

const (
	// deviceMTU is that of a device that was made, as of a router's interfaces.
	deviceMTU = 1500
	// queueLength is how many packets wait for it: what comes in a burst from the
	// host's TCP must not get lost there.
	queueLength = 5000
)

// setUpTunnel makes a device ready. One that was there before belongs to the user who
// made it: it needs no permission as long as it is up and has its addresses.
func setUpTunnel(s Spec, made bool) (index int, err error) {
	l, err := netlink.LinkByName(s.Device)
	if err != nil {
		return 0, refused(s, "look for "+s.Device, err)
	}
	if made {
		if err := netlink.LinkSetMTU(l, deviceMTU); err != nil {
			return 0, refused(s, "set the MTU of "+s.Device, err)
		}
		if err := netlink.LinkSetTxQLen(l, queueLength); err != nil {
			return 0, refused(s, "set the queue of "+s.Device, err)
		}
	}
	has, err := netlink.AddrList(l, netlink.FAMILY_V4)
	if err != nil {
		return 0, refused(s, "look at the addresses of "+s.Device, err)
	}
	for _, p := range s.Addresses {
		a, err := netlink.ParseAddr(p.String())
		if err != nil {
			return 0, refused(s, "set the address", err)
		}
		if slices.ContainsFunc(has, func(h netlink.Addr) bool { return h.IPNet.String() == a.IPNet.String() }) {
			continue // to give it again takes the permission all the same
		}
		if err := netlink.AddrAdd(l, a); err != nil && !errors.Is(err, fs.ErrExist) {
			return 0, refused(s, fmt.Sprintf("give %s the address %v", s.Device, p), err)
		}
	}
	if l.Attrs().RawFlags&unix.IFF_UP == 0 {
		err = setUp(s)
	}
	return l.Attrs().Index, err
}

// A tunnel is a device that lives as long as we hold it open.
type tunnel interface {
	held() (file *os.File, index int)
}

// well reports whether a device is still there, and up. An eth wire needs a carrier
// besides; that of a tunnel is ours to give. One that was moved into another
// namespace is beyond our sight and taken to be up.
func well(s Spec, d Device) (there, up bool) {
	switch d := d.(type) {
	case tunnel:
		file, index := d.held()
		l, err := lookUp(s.Device)
		return attached(file), err != nil || l.index != index || l.up
	case *ethWire:
		return d.well(hostInterface(s))
	}
	return true, true
}

// well is what the kernel's answer about the interface comes to. That it could not
// be asked, as for want of a descriptor, says nothing of the interface.
func (e *ethWire) well(l hostLink, err error) (there, up bool) {
	switch {
	case errors.Is(err, ErrNoInterface):
		return false, false
	case err != nil:
		return true, e.carrier
	}
	e.carrier = l.carrier
	return l.index == e.index, l.carrier
}
