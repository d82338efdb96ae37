package wire

import (
	"errors"
	"fmt"
	"os"

	"github.com/songgao/water"
	"golang.org/x/sys/unix"
)

// tapWire is a TAP device. The host hands it whole frames, one a call.
type tapWire struct {
	*water.Interface
	file  *os.File
	index int
}

func openTAP(s Spec) (Device, error) {
	_, missing := lookUp(s.Device)
	made := missing != nil
	if _, err := os.Stat(clonePath); err != nil {
		return nil, noCloneDevice(s)
	}
	// One that is there stays when we go: water would have it removed.
	i, err := water.New(water.Config{DeviceType: water.TAP, PlatformSpecificParams: water.PlatformSpecificParams{Name: s.Device, Persist: !made}})
	if err != nil {
		return nil, tunnelRefused(s, err)
	}
	file, ok := i.ReadWriteCloser.(*os.File)
	if !ok {
		i.Close()
		return nil, fmt.Errorf("wire %v: the device is not a file", s)
	}
	t := &tapWire{Interface: i, file: file}
	if t.index, err = setUpTunnel(s, made); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func (t *tapWire) Layer() Layer    { return Frames }
func (t *tapWire) BatchSize() int  { return 1 }
func (t *tapWire) Dropped() uint64 { return 0 }

func (t *tapWire) held() (*os.File, int) { return t.file, t.index }

// Signal takes the carrier from the host's side, or gives it back.
func (t *tapWire) Signal(on bool) error { return setTunnelCarrier(t.file, on) }

func (t *tapWire) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		n, err := t.file.Read(bufs[0][offset:])
		if err != nil {
			return 0, closed(err)
		}
		if n > 0 {
			sizes[0] = n
			return 1, nil
		}
	}
}

func (t *tapWire) Write(bufs [][]byte, offset int) (int, error) {
	taken := 0
	for _, b := range bufs {
		_, err := t.file.Write(b[offset:])
		switch {
		case err == nil:
			taken++
		case errors.Is(err, os.ErrClosed):
			return taken, os.ErrClosed
		case !isAny(err, unix.EIO, unix.EINVAL, unix.ENOBUFS, unix.ENOMEM): // else it is down, or the frame is none
			return taken, err
		}
	}
	return taken, nil
}
