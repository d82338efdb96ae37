package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

var clearIPCommands = []cli.Command{
	privileged(`clear arp-cache "Clear the ARP table"`,
		func(r *Router, _ *cli.Call) error { r.stack.ClearARP(); return nil }),
	privileged(`clear counters "Set counters of interfaces to zero" [ INTERFACE:interface "Interface" ]`, clearCounters),
}

func clearCounters(r *Router, c *cli.Call) error {
	list, err := r.chosenInterfaces(c, "interface")
	if err != nil {
		return err
	}
	which, said := "all interfaces", "on all interfaces"
	if c.Has("interface") {
		which, said = "this interface", "on interface "+list[0].String()
	}
	yes, err := c.Confirm("Clear \"show interface\" counters on " + which + " [confirm]")
	if err != nil || !yes {
		return nil
	}
	for _, i := range list {
		i.ClearCounters()
	}
	r.log.Message("CLEAR", logging.Notifications, "COUNTERS", "Clear counter "+said+" by console")
	return nil
}
