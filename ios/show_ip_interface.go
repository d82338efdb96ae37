package ios

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var showIPInterfaceCommands = []cli.Command{{
	Modes: []string{modeExec},
	Grammar: `show ip
		interface           "IP of the interfaces"
		[ ( brief           "One line an interface"
		  | INTERFACE:name  "Interface"
		    [ brief         "One line an interface" ] ) ]`,
	Run: on(func(r *Router, c *cli.Call) error {
		list, err := r.chosenInterfaces(c, "name")
		if err != nil {
			return err
		}
		if c.Has("brief") {
			showIPBrief(r, c, list)
			if r.natStarted && !c.Has("name") {
				c.Print(briefLine(interfaceOfNAT, "unassigned", "unset", "up", "up"))
			}
			return nil
		}
		for _, i := range list {
			c.Print(r.ipInterfaceStatus(i))
		}
		return nil
	}),
}}

func showIPBrief(r *Router, c *cli.Call, list []*forwarding.Interface) {
	c.Print("Interface                  IP-Address      OK? Method Status                Protocol\n")
	for _, i := range list {
		address := "unassigned"
		if a := i.Address(); a.IsValid() {
			address = a.Addr().String()
		}
		c.Print(briefLine(i.String(), address, r.settings(i).method, i.Status().String(), protocolState(i)))
	}
}

func briefLine(ifc, address, method, status, protocol string) string {
	return fmt.Sprintf("%-26.26s %-15s YES %-6s %-21s %-8s\n", ifc, address, method, status, protocol)
}

// ipInterfaceStatus is the text of `show ip interface` about one interface.
func (r *Router) ipInterfaceStatus(i *forwarding.Interface) string {
	var w writer
	w.line("%v is %v, line protocol is %s", i, i.Status(), protocolState(i))
	if !i.Address().IsValid() {
		w.line("  Internet protocol processing disabled")
		return w.text.String()
	}
	determined := "non-volatile memory"
	if r.settings(i).method == "manual" {
		determined = "setup command"
	}
	w.line("  Internet address is %v", i.Address())
	w.line("  Broadcast address is 255.255.255.255")
	w.line("  Address determined by %s", determined)
	w.line("  MTU is %d bytes", i.IPMTU())
	w.line("  Helper address is not set")
	w.line("  Directed broadcast forwarding is %s", enabled(i.DirectedBroadcast))
	for _, p := range i.Secondary() {
		w.line("  Secondary address %v", p)
	}
	w.line("  Outgoing access list is %s", orNotSet(accessListName(i, false)))
	w.line("  Inbound  access list is %s", orNotSet(accessListName(i, true)))
	w.line("  Proxy ARP is %s", enabled(i.ProxyARP))
	w.line("  Local Proxy ARP is disabled")
	w.line("  Security level is default")
	w.line("  Split horizon is enabled")
	w.line("  ICMP redirects are %s sent", always(i.Redirects))
	w.line("  ICMP unreachables are %s sent", always(i.Unreachables))
	w.line("  ICMP mask replies are never sent")
	r.showSwitching(i, &w)
	w.text.WriteString(ipServicesStatus)
	if name := policyName(i.RouteMap); name == "" {
		w.line("  Policy routing is disabled")
	} else {
		w.line("  Policy routing is enabled, using route map %s", name)
	}
	if i.NAT == forwarding.None {
		w.line("  Network address translation is disabled")
	} else {
		w.line("  Network address translation is enabled, interface in domain %s", i.NAT)
	}
	w.text.WriteString(ipAccountingStatus)
	return w.text.String()
}

// ipServicesStatus is about what is not there.
const ipServicesStatus = `  Router Discovery is disabled
  IP output packet accounting is disabled
  IP access violation accounting is disabled
  TCP/IP header compression is disabled
  RTP/IP header compression is disabled
`

// ipAccountingStatus goes on with that, below the lines of what there is.
const ipAccountingStatus = `  BGP Policy Mapping is disabled
  WCCP Redirect outbound is disabled
  WCCP Redirect inbound is disabled
  WCCP Redirect exclude is disabled
`

func enabled(on bool) string {
	if on {
		return "enabled"
	}
	return "disabled"
}

func always(on bool) string {
	if on {
		return "always"
	}
	return "never"
}

func orNotSet(name string) string {
	if name == "" {
		return "not set"
	}
	return name
}
