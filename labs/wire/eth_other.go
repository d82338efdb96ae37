//go:build !linux

package wire

import "fmt"

func openEth(s Spec) (Device, error) {
	return nil, fmt.Errorf("wire %v: an interface of the host can be opened on Linux only: %w: want udp:PORT:HOST:PORT", s, errUnsupported)
}
