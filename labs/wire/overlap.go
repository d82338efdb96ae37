package wire

import (
	"fmt"
	"net"
	"net/netip"
)

// A hostAddress is an IPv4 address of the host with its network.
type hostAddress struct {
	device string
	prefix netip.Prefix
}

// Warnings are what of the host's own addresses will get in the way of a wire that is
// about to be opened. None of it keeps the wire from being opened.
func Warnings(s Spec) []error {
	if s.Kind != Eth && len(s.Addresses) == 0 {
		return nil
	}
	return overlaps(s, hostAddresses())
}

// overlaps finds them among the addresses that the host has.
func overlaps(s Spec, host []hostAddress) []error {
	var list []error
	for _, h := range host {
		if h.device == s.Device {
			if s.Kind == Eth {
				list = append(list, fmt.Errorf("warning: wire %v: this machine has the address %v on %s and answers beside the router: want an interface without one (`ip addr del %v dev %s`)",
					s, h.prefix, h.device, h.prefix, h.device))
			}
			continue
		}
		for _, p := range s.Addresses {
			switch {
			case p.Addr() == h.prefix.Addr():
				list = append(list, fmt.Errorf("warning: wire %v: %s has the address %v already: want one of a network that this machine does not use", s, h.device, h.prefix))
			case p.Overlaps(h.prefix):
				list = append(list, fmt.Errorf("warning: wire %v: the network of %v overlaps that of %s (%v): what is meant for the router may be answered by others: want a network that this machine does not use",
					s, p, h.device, h.prefix))
			}
		}
	}
	return list
}

// hostAddresses lists them in the order of the system; empty where it does not tell.
func hostAddresses() []hostAddress {
	devices, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var list []hostAddress
	for _, d := range devices {
		addresses, err := d.Addrs()
		if err != nil {
			continue // it has gone meanwhile
		}
		for _, a := range addresses {
			if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().Is4() {
				list = append(list, hostAddress{d.Name, p})
			}
		}
	}
	return list
}
