//go:build darwin || windows

package wire

import (
	"errors"
	"fmt"
	"os"

	"github.com/songgao/water"
)

// tunnel is a TUN or TAP device, one packet or frame a call.
type tunnel struct {
	*water.Interface
	layer Layer
}

func openTUN(s Spec) (Device, error) { return openTunnel(s, Packets) }
func openTAP(s Spec) (Device, error) { return openTunnel(s, Frames) }

func openTunnel(s Spec, layer Layer) (Device, error) {
	c, err := tunnelConfig(s)
	if err != nil {
		return nil, err
	}
	i, err := water.New(c)
	if errors.Is(err, os.ErrPermission) {
		return nil, fmt.Errorf("wire %v: no permission: want to run as an administrator (`sudo`)", s)
	}
	if err != nil {
		return nil, fmt.Errorf("wire %v: %w: %s", s, err, tunnelHint)
	}
	return &tunnel{i, layer}, nil
}

func (t *tunnel) Layer() Layer    { return t.layer }
func (t *tunnel) BatchSize() int  { return 1 }
func (t *tunnel) Dropped() uint64 { return 0 }

func (t *tunnel) Read(bufs [][]byte, sizes []int, offset int) (int, error) {
	for {
		n, err := t.Interface.Read(bufs[0][offset:])
		if err != nil {
			return 0, err
		}
		if n > 0 {
			sizes[0] = n
			return 1, nil
		}
	}
}

func (t *tunnel) Write(bufs [][]byte, offset int) (int, error) {
	taken := 0
	for _, b := range bufs {
		if _, err := t.Interface.Write(b[offset:]); err == nil {
			taken++
		} else if errors.Is(err, os.ErrClosed) {
			return taken, os.ErrClosed
		}
	}
	return taken, nil
}
