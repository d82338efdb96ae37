package ios

import "github.com/ioslab/ioslab/ios/kept"

// printNAT prints what is configured of NAT, but for the interfaces, and then what is
// kept of it.
func printNAT(r *Router, w *writer) {
	before := w.text.Len()
	if r.stopNATLog != nil {
		w.line("ip nat log translations syslog")
	}
	printNATTimeouts(r, w)
	printNATLimits(r, w)
	printNATServices(r, w)
	for _, p := range r.nat.Pools() {
		for _, line := range poolLines(p.Pool) {
			w.line("%s", line)
		}
	}
	for kind := range natKinds {
		for _, rule := range r.nat.Rules() {
			if int(rule.Kind) == kind {
				w.line("%s", ruleLine(rule.Rule))
			}
		}
		for _, s := range r.nat.Statics() {
			if int(s.Kind) == kind {
				w.line("%s", staticLine(s.Static))
			}
		}
	}
	switch {
	case len(r.config.kept.At(kept.NAT).Lines) > 0:
		keptSection(kept.NAT)(r, w)
	case w.text.Len() > before:
		w.bang()
	}
}
