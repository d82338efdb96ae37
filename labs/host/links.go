package host

import (
	"slices"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// linkFlags are the flags of an interface as ip writes them.
func linkFlags(i *forwarding.Interface) string {
	flags := []string{"BROADCAST", "MULTICAST"}
	switch {
	case i.Shutdown():
	case i.ProtocolUp():
		flags = append(flags, "UP", "LOWER_UP")
	default:
		flags = append([]string{"NO-CARRIER"}, append(flags, "UP")...)
	}
	return strings.Join(flags, ",")
}

func linkState(i *forwarding.Interface) string {
	if i.ProtocolUp() {
		return "UP"
	}
	return "DOWN"
}

// named are the interfaces that a command is about: one, or all.
func (h *Host) named(c *cli.Call) (list []*forwarding.Interface, loopback bool, err error) {
	switch dev := c.Str("dev"); dev {
	case "":
		return h.stack.Interfaces(), true, nil
	case "lo":
		return nil, true, nil
	default:
		i, err := h.find(dev)
		return []*forwarding.Interface{i}, false, err
	}
}

// showLink prints the two lines of an interface.
func (h *Host) showLink(c *cli.Call, i *forwarding.Interface) {
	c.Printf("%d: %s: <%s> mtu %d\n", slices.Index(h.stack.Interfaces(), i)+2, ethName(i), linkFlags(i), i.MTU())
	c.Printf("    link/ether %s brd ff:ff:ff:ff:ff:ff\n", linuxMAC(i.MAC()))
}

const loopbackLine = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n"

func (h *Host) showLinks(c *cli.Call) error {
	list, loopback, err := h.named(c)
	if err != nil {
		return err
	}
	if loopback {
		c.Print(loopbackLine)
	}
	for _, i := range list {
		h.showLink(c, i)
	}
	return nil
}

func (h *Host) showLinksBriefly(c *cli.Call) error {
	c.Printf("%-16s %-14s %s\n", "lo", "UNKNOWN", "00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>")
	for _, i := range h.stack.Interfaces() {
		c.Printf("%-16s %-14s %s <%s>\n", ethName(i), linkState(i), linuxMAC(i.MAC()), linkFlags(i))
	}
	return nil
}

func (h *Host) showAddressesBriefly(c *cli.Call) error {
	c.Printf("%-16s %-14s %s\n", "lo", "UNKNOWN", "127.0.0.1/8")
	for _, i := range h.stack.Interfaces() {
		c.Printf("%-16s %-14s", ethName(i), linkState(i))
		for _, p := range addresses(i) {
			c.Printf(" %v", p)
		}
		c.Println()
	}
	return nil
}
