//go:build !linux && !darwin && !windows

package wire

import "fmt"

func openTUN(s Spec) (Device, error) { return openTunnel(s) }
func openTAP(s Spec) (Device, error) { return openTunnel(s) }

func openTunnel(s Spec) (Device, error) {
	return nil, fmt.Errorf("wire %v: %w: want udp:PORT:HOST:PORT", s, errUnsupported)
}
