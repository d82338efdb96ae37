package wire

import (
	"fmt"

	"github.com/songgao/water"
)

const tunnelHint = "want the name of an adapter of the tap-windows driver (it comes with OpenVPN)"

func tunnelConfig(s Spec) (water.Config, error) {
	c := water.Config{DeviceType: water.TUN}
	c.ComponentID, c.InterfaceName = "tap0901", s.Device
	switch {
	case s.Kind == TAP && len(s.Addresses) > 0:
		return c, fmt.Errorf("wire %v: the address of an adapter is given by netsh: want tap:%s", s, s.Device)
	case s.Kind == TAP:
		c.DeviceType = water.TAP
	case len(s.Addresses) != 1: // for the driver has to answer ARP in the router's place
		return c, fmt.Errorf("wire %v: the driver has to know the adapter's address: want tun:%s,198.51.100.2/24 or such", s, s.Device)
	default:
		c.Network = s.Addresses[0].String()
	}
	return c, nil
}
