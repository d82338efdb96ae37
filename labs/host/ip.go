package host

import (
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// linuxMAC writes a hardware address as Linux does.
func linuxMAC(m packet.MAC) string {
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5])
}

func addresses(i *forwarding.Interface) []netip.Prefix {
	var list []netip.Prefix
	if p := i.Address(); p.IsValid() {
		list = append(list, p)
	}
	return append(list, i.Secondary()...)
}

func (h *Host) showAddresses(c *cli.Call) error {
	list, loopback, err := h.named(c)
	if err != nil {
		return err
	}
	if loopback {
		c.Print(loopbackLine + "    inet 127.0.0.1/8 scope host lo\n")
	}
	for _, i := range list {
		h.showLink(c, i)
		for _, p := range addresses(i) {
			c.Printf("    inet %v scope global %s\n", p, ethName(i))
		}
	}
	return nil
}

func (h *Host) addAddress(c *cli.Call) error {
	i, err := h.find(c.Str("dev"))
	if err != nil {
		return err
	}
	p := c.Value("prefix").(netip.Prefix)
	if i.Address().IsValid() {
		err = i.AddSecondary(p)
	} else {
		err = i.SetAddress(p)
	}
	if err != nil {
		return errExists
	}
	return nil
}

func (h *Host) deleteAddress(c *cli.Call) error {
	i, err := h.find(c.Str("dev"))
	if err != nil {
		return err
	}
	p := c.Value("prefix").(netip.Prefix)
	switch {
	case i.RemoveSecondary(p):
		return nil
	case i.Address() != p:
		return errAbsent
	}
	// The others stay when the first goes.
	rest := append([]netip.Prefix(nil), i.Secondary()...)
	i.SetAddress(netip.Prefix{}) // to take addresses away cannot fail
	for n, p := range rest {
		if n == 0 {
			err = i.SetAddress(p)
		} else {
			err = i.AddSecondary(p)
		}
		if err != nil {
			return errExists
		}
	}
	return nil
}

func (h *Host) setLink(c *cli.Call) error {
	i, err := h.find(c.Str("dev"))
	if err != nil {
		return err
	}
	i.SetShutdown(c.Has("down"))
	return nil
}

func (h *Host) showRoutes(c *cli.Call) error {
	for _, r := range h.stack.Table().Routes() {
		dst := r.Prefix.String()
		if r.Prefix == anywhere() {
			dst = "default"
		}
		for _, p := range r.Paths {
			switch {
			case p.NextHop.IsValid():
				c.Printf("%s via %v dev %s\n", dst, p.NextHop, ethName(p.Out))
			case r.Source == forwarding.Connected:
				c.Printf("%s dev %s scope link src %v\n", dst, ethName(p.Out), p.Out.Address().Addr())
			default:
				c.Printf("%s dev %s scope link\n", dst, ethName(p.Out))
			}
		}
	}
	return nil
}

// route reads the route that a command is about.
func (h *Host) route(c *cli.Call) (forwarding.StaticRoute, error) {
	r := forwarding.StaticRoute{Prefix: anywhere(), Distance: 1}
	if !c.Has("default") {
		r.Prefix = c.Value("prefix").(netip.Prefix)
		if r.Prefix != r.Prefix.Masked() {
			return r, cli.InvalidAt("prefix")
		}
	}
	if c.Has("via") {
		r.NextHop = c.Addr("via")
	}
	if c.Has("dev") {
		i, err := h.find(c.Str("dev"))
		if err != nil {
			return r, err
		}
		r.Interface = i.Name()
	}
	return r, nil
}

func (h *Host) addRoute(c *cli.Call) error {
	r, err := h.route(c)
	if err != nil {
		return err
	}
	if !r.NextHop.IsValid() && r.Interface.Parts == 0 {
		return cli.Incomplete()
	}
	if r.NextHop.IsValid() && !h.onLink(r.NextHop) {
		return errNoWay
	}
	if c.Has("replace") {
		h.stack.RemoveStatic(forwarding.StaticRoute{Prefix: r.Prefix})
	} else if h.stack.Table().Get(r.Prefix) != nil {
		return errExists
	}
	if err := h.stack.AddStatic(r); err != nil {
		return errNoWay
	}
	return nil
}

// onLink reports whether the address is in the subnet of an interface, up or not.
func (h *Host) onLink(a netip.Addr) bool {
	for _, i := range h.stack.Interfaces() {
		for _, p := range addresses(i) {
			if p.Contains(a) {
				return true
			}
		}
	}
	return false
}

func (h *Host) deleteRoute(c *cli.Call) error {
	r, err := h.route(c)
	if err != nil {
		return err
	}
	if !h.stack.RemoveStatic(r) {
		return errNoSuch
	}
	return nil
}

func (h *Host) showNeighbours(c *cli.Call) error {
	for _, e := range h.stack.ARP() {
		switch {
		case e.Own:
		case e.Asking:
			c.Printf("%v dev %s INCOMPLETE\n", e.Address, ethName(e.Interface))
		case e.Incomplete:
			c.Printf("%v dev %s FAILED\n", e.Address, ethName(e.Interface))
		default:
			c.Printf("%v dev %s lladdr %s REACHABLE\n", e.Address, ethName(e.Interface), linuxMAC(e.MAC))
		}
	}
	return nil
}

func (h *Host) showARP(c *cli.Call) error {
	for _, e := range h.stack.ARP() {
		switch {
		case e.Own:
		case e.Incomplete || e.Asking:
			c.Printf("? (%v) at <incomplete> on %s\n", e.Address, ethName(e.Interface))
		default:
			c.Printf("? (%v) at %s [ether] on %s\n", e.Address, linuxMAC(e.MAC), ethName(e.Interface))
		}
	}
	return nil
}

// showWay shows which way a packet would take.
func (h *Host) showWay(c *cli.Call) error {
	target := c.Addr("target")
	src, ok := h.stack.SourceFor(target)
	if !ok {
		return errNoWay
	}
	if src == target {
		c.Printf("local %v dev lo src %v\n", target, src)
		return nil
	}
	p := h.stack.Table().Lookup(target).Paths[0]
	via := ""
	if p.NextHop.IsValid() {
		via = fmt.Sprintf(" via %v", p.NextHop)
	}
	c.Printf("%v%s dev %s src %v\n", target, via, ethName(p.Out), src)
	return nil
}
