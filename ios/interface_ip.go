package ios

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// noAddress takes an interface's addresses away.
var noAddress netip.Prefix

var interfaceIPCommands = []cli.Command{
	interfaceRow(`ip
		address       "IP address"
		A.B.C.D:host  "IP address"
		A.B.C.D:mask  "IP subnet mask"
		[ secondary   "Secondary address" ]`,
		setAddress, unsetAddress, "ip address 10.1.1.1 255.255.255.0", "ip address 10.9.1.1 255.255.255.0 secondary"),
	standard(interfaceRow(`ip mtu "Largest IP packet" <68-17940>:bytes "MTU (bytes)"`,
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			if c.Int("bytes") > i.MTU() {
				return cli.InvalidAt("bytes")
			}
			i.SetIPMTU(c.Int("bytes"))
			return nil
		},
		func(_ *Router, i *forwarding.Interface, _ *cli.Call) error { i.SetIPMTU(0); return nil },
		"ip mtu 1400"), "ip mtu 1500"),
	ipSwitch("unreachables", "Send ICMP unreachables", true,
		func(i *forwarding.Interface) *bool { return &i.Unreachables }),
	ipSwitch("redirects", "Send ICMP redirects", true,
		func(i *forwarding.Interface) *bool { return &i.Redirects }),
	ipSwitch("proxy-arp", "Proxy ARP", true,
		func(i *forwarding.Interface) *bool { return &i.ProxyARP }),
	ipSwitch("directed-broadcast", "Forward directed broadcasts", false,
		func(i *forwarding.Interface) *bool { return &i.DirectedBroadcast }),
	standard(interfaceRow(`arp "ARP" timeout "ARP cache timeout" <0-2147483>:seconds "Seconds"`,
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			i.ARPTimeout = time.Duration(c.Int("seconds")) * time.Second
			return nil
		},
		func(_ *Router, i *forwarding.Interface, _ *cli.Call) error {
			i.ARPTimeout = forwarding.DefaultARPTimeout
			return nil
		},
		"arp timeout 300"), "arp timeout 14400"),
}

// ipSwitch is a command that turns something on or off.
func ipSwitch(word, help string, standard bool, field func(*forwarding.Interface) *bool) cli.Command {
	set := func(value func(c *cli.Call) bool) interfaceHandler {
		return func(_ *Router, i *forwarding.Interface, c *cli.Call) error { *field(i) = value(c); return nil }
	}
	row := interfaceRow("ip "+word+` "`+help+`"`,
		set(func(*cli.Call) bool { return true }),
		set(func(c *cli.Call) bool { return c.Default && standard }))
	on, off := []string{"ip " + word}, []string{"no ip " + word}
	if standard {
		row.Examples, row.Standard = off, on
	} else {
		row.Examples, row.Standard = on, off
	}
	return row
}

func setAddress(r *Router, i *forwarding.Interface, c *cli.Call) error {
	if i.Name().Kind == forwarding.Null {
		return cli.InvalidAt("address")
	}
	p, err := hostAddress(i, c.Addr("host"), c.Addr("mask"))
	if err != nil {
		return err
	}
	old := i.Address()
	if c.Has("secondary") {
		if p.Addr() == i.Address().Addr() {
			return refuse("Secondary can't be same as primary")
		}
		err = i.AddSecondary(p)
	} else {
		err = i.SetAddress(p)
	}
	if err == nil {
		r.settings(i).method = r.method()
		r.readdressed(i, old)
	}
	return err
}

// method is how an address came to be, as `show ip interface brief` has it.
func (r *Router) method() string {
	if r.loading {
		return "NVRAM"
	}
	return "manual"
}

// hostAddress is an address that an interface may have, or what IOS says of it.
func hostAddress(i *forwarding.Interface, a, mask netip.Addr) (netip.Prefix, error) {
	bits, ok := maskBits(mask)
	if !ok {
		return noAddress, refuse("Bad mask 0x%X for address %v", mask.As4(), a)
	}
	if !a.IsGlobalUnicast() || a.As4()[0] == 0 || a.As4()[0] >= 240 {
		return noAddress, refuse("Not a valid host address - %v", a)
	}
	p := netip.PrefixFrom(a, bits)
	switch {
	case bits == 0, bits < 31 && (a == p.Masked().Addr() || a == broadcastOf(p)), bits == 32 && i.Name().Kind.Physical():
		return noAddress, refuse("Bad mask /%d for address %v", bits, a)
	}
	return p, nil
}

// maskBits is the length of a netmask; false where it has holes.
func maskBits(mask netip.Addr) (bits int, ok bool) {
	b := mask.As4()
	v := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	for v<<bits != 0 {
		if v<<bits>>31 == 0 {
			return 0, false
		}
		bits++
	}
	return bits, true
}

// netmask is the mask of a prefix as it is written in a configuration.
func netmask(bits int) netip.Addr {
	v := uint32(uint64(1)<<32 - uint64(1)<<(32-bits))
	return netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)})
}

// broadcastOf is the highest address of a prefix.
func broadcastOf(p netip.Prefix) netip.Addr {
	b, mask := p.Masked().Addr().As4(), netmask(p.Bits()).As4()
	for n := range b {
		b[n] |= ^mask[n]
	}
	return netip.AddrFrom4(b)
}

func unsetAddress(r *Router, i *forwarding.Interface, c *cli.Call) error {
	if !c.Has("mask") {
		r.takeAddress(i)
		return nil
	}
	bits, ok := maskBits(c.Addr("mask"))
	p := netip.PrefixFrom(c.Addr("host"), bits)
	switch {
	case ok && c.Has("secondary") && i.RemoveSecondary(p):
	case !ok || c.Has("secondary") || p != i.Address():
		return refuse("Invalid address")
	case len(i.Secondary()) > 0:
		return refuse("Must delete secondary before deleting primary")
	default:
		r.takeAddress(i)
	}
	return nil
}

// takeAddress leaves an interface without an address.
func (r *Router) takeAddress(i *forwarding.Interface) {
	old := i.Address()
	i.SetAddress(noAddress) // which clashes with nothing
	r.settings(i).method = r.method()
	r.readdressed(i, old)
}

func printAddresses(_ *Router, i *forwarding.Interface, w *writer) {
	if i.Name().Kind == forwarding.Null {
		return
	}
	for _, p := range i.Secondary() {
		w.line(" ip address %v %v secondary", p.Addr(), netmask(p.Bits()))
	}
	if p := i.Address(); p.IsValid() {
		w.line(" ip address %v %v", p.Addr(), netmask(p.Bits()))
	} else if len(i.Secondary()) == 0 {
		w.line(" no ip address")
	}
}

func printIPSwitches(_ *Router, i *forwarding.Interface, w *writer) {
	for _, s := range []struct {
		on, standard bool
		line         string
	}{
		{i.Redirects, true, "ip redirects"},
		{i.Unreachables, true, "ip unreachables"},
		{i.ProxyARP, true, "ip proxy-arp"},
		{i.DirectedBroadcast, false, "ip directed-broadcast"},
	} {
		switch {
		case s.on == s.standard:
		case s.on:
			w.line(" %s", s.line)
		default:
			w.line(" no %s", s.line)
		}
	}
	if i.IPMTU() != i.MTU() {
		w.line(" ip mtu %d", i.IPMTU())
	}
}
