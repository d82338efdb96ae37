package ios

import (
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
)

// interfaceLines is the order of an interface's lines in the running
// configuration.
var interfaceLines = []func(r *Router, i *forwarding.Interface, w *writer){
	printDescription, printLinkFigures, keptOfInterface("vrf", "ip vrf", "encapsulation"),
	printAddresses, printAccessGroups, printIPSwitches, printNATSide, printPolicy, printRouteCache, keptOfInterface("ip"),
	printTimers, printShutdown, printLinkSettings, keptOfInterface(""), printAppliedCryptoMap,
}

// printInterfaces prints what exists in software first, then the hardware.
func printInterfaces(r *Router, w *writer) {
	for _, physical := range []bool{false, true} {
		for _, i := range r.stack.Interfaces() {
			if i.Name().Kind.Physical() != physical || i.Name().Kind == forwarding.Null && i.Unreachables {
				continue
			}
			w.text.WriteString(r.interfaceText(i))
			w.bang()
			r.printKeptInterfaces(w, func(k kept.Interface) bool { of, sub := k.Sub(); return sub && of == i.String() })
		}
		order := kept.BeforeHardware
		if physical {
			order = kept.AfterHardware
			r.printKeptInterfaces(w, func(k kept.Interface) bool { return k.Order() == kept.Hardware && !r.isSubinterface(k) })
		}
		r.printKeptInterfaces(w, func(k kept.Interface) bool { return k.Order() == order })
	}
}

func (r *Router) interfaceText(i *forwarding.Interface) string {
	var w writer
	w.line("interface %s", i)
	for _, print := range interfaceLines {
		print(r, i, &w)
	}
	return w.text.String()
}

// interfaceConfig is the text of `show running-config interface`, from its first
// mark to `end`.
func (r *Router) interfaceConfig(n forwarding.Name) string {
	var w writer
	w.bang()
	if i := r.stack.Interface(n); i != nil {
		w.text.WriteString(r.interfaceText(i))
	}
	w.line("end")
	return w.text.String()
}

func printDescription(_ *Router, i *forwarding.Interface, w *writer) {
	if i.Description != "" {
		w.line(" description %s", i.Description)
	}
}

func printShutdown(r *Router, i *forwarding.Interface, w *writer) {
	down := i.Shutdown()
	if s := r.settings(i); s.withheld {
		down = s.shutdown
	}
	if down {
		w.line(" shutdown")
	}
}

func printAppliedCryptoMap(r *Router, i *forwarding.Interface, w *writer) {
	if name := r.keys.Applied(i.String()); name != "" {
		w.line(" crypto map %s", name)
	}
}
