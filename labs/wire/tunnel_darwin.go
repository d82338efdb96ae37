package wire

import (
	"fmt"

	"github.com/songgao/water"
)

const tunnelHint = "want tun:utun7 or such; tap: needs the tuntaposx driver, and a name such as tap0"

func tunnelConfig(s Spec) (water.Config, error) {
	if len(s.Addresses) > 0 {
		return water.Config{}, fmt.Errorf("wire %v: addresses are given on Linux only: want %v:%s, and its address by ifconfig", s, s.Kind, s.Device)
	}
	c := water.Config{DeviceType: water.TUN, PlatformSpecificParams: water.PlatformSpecificParams{Name: s.Device}}
	if s.Kind == TAP {
		c.DeviceType, c.Driver = water.TAP, water.MacOSDriverTunTapOSX
	}
	return c, nil
}
