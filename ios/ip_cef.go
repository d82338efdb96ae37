package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// cefCommands decide what CEF switches. The rest is the processor's work, which
// `debug ip packet` shows.
var cefCommands = []cli.Command{
	{
		Modes: []string{modeConfig}, Grammar: `ip cef "Cisco Express Forwarding"`,
		Run:   on(func(r *Router, _ *cli.Call) error { r.stack.CEF, r.config.cef = true, true; return nil }),
		Unset: on(func(r *Router, c *cli.Call) error { r.stack.CEF, r.config.cef = c.Default, !c.Default; return nil }),
		Examples: []string{
			"no ip cef",
		},
	},
	standard(interfaceRow("ip route-cache \"Switch packets without the processor\" [ cef \"Switch packets by CEF\" ]",
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error { setRouteCache(i, c, true); return nil },
		func(_ *Router, i *forwarding.Interface, c *cli.Call) error {
			setRouteCache(i, c, c.Default)
			return nil
		},
		"no ip route-cache", "no ip route-cache cef"), "ip route-cache"),
}

// setRouteCache is `ip route-cache`, without which there is no CEF either.
func setRouteCache(i *forwarding.Interface, c *cli.Call, on bool) {
	i.CEFSwitching = on
	if !c.Has("cef") {
		i.FastSwitching = on
	}
}

// printCEF prints what has been said of CEF; that it is on need not be.
func printCEF(r *Router, w *writer) {
	switch {
	case !r.config.cef:
		return
	case r.stack.CEF:
		w.line("ip cef")
	default:
		w.line("no ip cef")
	}
	w.bang()
}

// printRouteCache prints what an interface does not switch.
func printRouteCache(_ *Router, i *forwarding.Interface, w *writer) {
	if !i.CEFSwitching {
		w.line(" no ip route-cache cef")
	}
	if !i.FastSwitching {
		w.line(" no ip route-cache")
	}
}

// showSwitching is what `show ip interface` says of switching.
func (r *Router) showSwitching(i *forwarding.Interface, w *writer) {
	fast, cef := i.FastSwitching, i.CEFSwitching && r.stack.CEF
	vector, flags := "IP Null turbo vector", ""
	switch {
	case cef:
		vector = "IP CEF Fast switching turbo vector"
	case fast:
		vector = "IP Fast switching turbo vector"
	}
	if fast {
		flags = "Fast"
	}
	switch {
	case cef && fast:
		flags += ", CEF"
	case cef:
		flags = "CEF"
	case r.stack.CEF && fast:
		flags += ", No CEF"
	case r.stack.CEF:
		flags = "No CEF"
	case !fast:
		flags = "None"
	}
	w.line("  IP fast switching is %s", enabled(fast))
	w.line("  IP fast switching on the same interface is disabled")
	w.line("  IP Flow switching is disabled")
	w.line("  IP CEF switching is %s", enabled(cef))
	w.line("  %s", vector)
	w.line("  IP multicast fast switching is enabled")
	w.line("  IP multicast distributed fast switching is disabled")
	w.line("  IP route-cache flags are %s", flags)
}
