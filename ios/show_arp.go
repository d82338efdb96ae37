package ios

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

var showARPCommands = []cli.Command{
	{Modes: []string{modeExec}, Grammar: `show arp "ARP table"`, Run: on(showARP)},
	{
		Modes: []string{modeExec},
		Grammar: `show ip
			arp                      "IP ARP table"
			[ ( A.B.C.D:address      "IP address or hostname of ARP entry"
			  | H.H.H:mac            "48-bit hardware address of ARP entry"
			  | INTERFACE:interface  "Interface" ) ]`,
		Run: on(showARP),
	},
}

func showARP(r *Router, c *cli.Call) error {
	var mac packet.MAC
	if c.Has("mac") {
		mac = typedMAC(c.Str("mac"))
	}
	c.Print("Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n")
	for _, e := range r.stack.ARP() {
		switch {
		case c.Has("address") && e.Address != c.Addr("address"),
			c.Has("mac") && (e.Incomplete || e.MAC != mac),
			c.Has("interface") && e.Interface.Name() != c.Value("interface").(forwarding.Name):
			continue
		}
		c.Print(arpLine(e))
	}
	return nil
}

func arpLine(e forwarding.ARPEntry) string {
	age := fmt.Sprint(int(e.Age / time.Minute))
	if e.Own {
		age = "-"
	}
	if e.Incomplete {
		return arpColumns(e.Address, "0", "Incomplete", "")
	}
	return arpColumns(e.Address, age, e.MAC.String(), e.Interface.String())
}

func arpColumns(a netip.Addr, age, hardware, ifc string) string {
	return fmt.Sprintf("Internet  %-15v%10s   %-14s  ARPA   %s\n", a, age, hardware, ifc)
}

// typedMAC is a hardware address in three groups, in which leading zeros may be
// left out.
func typedMAC(s string) packet.MAC {
	var groups [3]uint16
	fmt.Sscanf(s, "%x.%x.%x", &groups[0], &groups[1], &groups[2])
	var mac packet.MAC
	for i, g := range groups {
		mac[2*i], mac[2*i+1] = byte(g>>8), byte(g)
	}
	return mac
}
