//go:build !linux

package wire

import (
	"errors"
	"fmt"
)

// errUnsupported is why a kind of wire cannot be opened on this system.
var errUnsupported = errors.New("not on this system")

func openEth(s Spec) (Device, error) {
	return nil, fmt.Errorf("wire %v: an interface of the host can be opened on Linux only: %w: want udp:PORT:HOST:PORT", s, errUnsupported)
}
